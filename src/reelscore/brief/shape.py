"""The course of a piece in words: "calm, then builds", "starts soft, big finish", 前奏安静, 由弱到强.

The prompt is cut into steps at clauses, at "then" and at "from ... to ...". A step says where it stands (a section,
a beginning, an end, or simply its turn) and what it wants there. What is said of one place is not a wish for the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelscore.brief.company import is_feeling
from reelscore.brief.lexicon import Found
from reelscore.brief.marks import Marks
from reelscore.brief.parts import is_part
from reelscore.brief.tables import ambiguous, shift_of
from reelscore.brief.timed import CLIMAX, times_of_segments
from reelscore.brief.windows import PARTS
from reelscore.values.time import Seconds

_OF_A_FILM = re.compile(  # "the end of my film", "an intro for a show"; not "the end of the track"
    r"\s+(?:of|for)\s+(?:my|our|your|his|her|their|an?|the|this)\s+(?!song|track|piece|music|tune|loop|\d)",
    re.IGNORECASE,
)
_WANTS = ("mood", "force", "tempo")
_PEAKS = ("climax", "peak", "high point", "高潮", "顶点", "drop", "the drop")
_ENDS = {
    "first half": ("start", "before half"),
    "second half": ("middle", "end"),
    "first third": ("start", "before third"),
    "middle third": ("after third", "before last"),
    "last third": ("last third", "end"),
}
# Where a step stands, as a share of the piece.
PLACES = {"start": 0.0, "before third": 0.31, "after third": 0.34, "before half": 0.46, "middle": 0.5}
PLACES |= {"before last": 0.65, "last third": 0.68, "late": 0.75, "end": 1.0}
_ROOM = 0.8  # of a pull, from what leads to a rise to where it goes
_PLACE = {"intro": "start", "theme": "middle", "build": "middle", "break": "middle", "lift": "late", "ending": "end"}


@dataclass(frozen=True, slots=True)
class Step:
    """A wish for one place. `energy` -1..1 is a pull down or up; "turn" places follow each other in order."""

    place: str  # one of PLACES; while reading also "turn" and the parts of _ENDS
    energy: float
    valence: float | None
    mood: str
    words: str
    at: Seconds | None = None  # the second it begins at, where one was named
    ramp: bool = False  # it grows (or fades) from there; else it is there at once
    sudden: bool = False  # nothing leads to it: what was before holds until then
    drawn: bool = False  # a point of a drawn curve: straight lines lead to and from it


def steps_of(marks: Marks, spent: set[Found], duration: Seconds | None = None) -> tuple[Step, ...]:
    """The course described, in order; () where the prompt describes none. Phrases used for one place are spent."""
    segments = _segments(marks, spent)
    placed = [_placed(marks, segment) for segment in segments]
    times = times_of_segments(marks, segments, duration)
    chained = any(opened for _, opened, _ in placed) or bool(times)
    begins = next((i for i, (place, _, _) in enumerate(placed) if place == "start" or _from(marks, segments[i])), 0)
    steps: list[Step] = []
    used: list[tuple[bool, list[Found]]] = []
    for i, (place, _, founds) in enumerate(placed):
        wants = [found for found in founds if _is_want(marks, found) and found not in spent]
        shapes = [found.value("shape") for found in founds]
        if place == "" and (
            "rise" in shapes or "fall" in shapes or (wants and chained and begins <= i < len(placed) - 1)
        ):
            place = "turn"
        if place == "" and wants and i in times and times[i].firm:
            place = "turn"
        made = _step(marks, place, wants, shapes, founds) if place else []
        if i in times and made and (times[i].firm or place):
            made = [replace(made[0], at=times[i].at, ramp=made[0].ramp or "soft_end" in shapes), *made[1:]]
            if "rise" in shapes and not times[i].onward and any(_is_peak(marks, found) for found in founds):
                made = [replace(made[0], energy=1.0, ramp=False, drawn=True)]  # it has risen by then
        climaxes = i in times and not made and any(marks.words(found).lower() in CLIMAX for found in founds)
        if climaxes:
            made = [Step("late", 1.0, None, "", marks.words(founds[0]), at=times[i].at, drawn=True)]
        if i in times and not made and place == "turn" and steps:
            made = [_as_usual(steps[-1], times[i].at)]
        if (
            made
            and steps
            and made[0].place == steps[-1].place == "turn"
            and not wants
            and made[0].energy == steps[-1].energy
            and made[0].at is None
        ):
            continue  # "gradually builds up" is one rise
        steps.extend(made)
        if made:
            used.append((place != "turn", wants))
    if len(segments) in times and steps:  # "..., the first 5 seconds quiet": the rest is as usual
        steps.append(_as_usual(steps[-1], times[len(segments)].at))
        used.append((True, []))
    several = sum(bool(wants) for _, wants in used) > 1
    for scoped, wants in used:
        if scoped or several:
            spent.update(wants)
    return _settled(steps)


def _as_usual(before: Step, at: Seconds) -> Step:
    """What follows a part that was told how to be, where nothing is said of what follows."""
    usual = 0.5 if before.energy < -0.3 else -0.5 if before.energy > 0 else 0.0
    return Step("turn", usual, None, "", before.words, at=at)


def _from(marks: Marks, segment: list[Found]) -> bool:
    """Does "from" open it, as in "from calm to huge", 从安静到激昂?"""
    first = segment[0].first
    typed = {marks.text.words[word].text for word in (first, first - 1) if word >= 0}
    return bool(typed & {"from", "从", "由"}) and any(found.has(*_WANTS) for found in segment)


def _is_peak(marks: Marks, found: Found) -> bool:
    """Is it what a rise leads to: "builds to a climax at 1:10", "swells when the logo appears at 0:27"?"""
    return marks.words(found).lower() in _PEAKS or (found.has("hit") and not found.has("shape"))


def _is_want(marks: Marks, found: Found) -> bool:
    """Does it say how the music is to be at a place? An occasion ("wedding") is the whole film's."""
    return found.has(*_WANTS) and not found.has("use") and is_feeling(marks, found)


def _segments(marks: Marks, spent: set[Found]) -> list[list[Found]]:
    segments: list[list[Found]] = [[]]
    for found in marks.found:
        if found in spent:
            continue
        to = marks.words(found).lower() in ("to", "到", "后", "再") and _between_wants(marks, found)
        then = found.value("shape") == "then" and (
            marks.words(found) not in ("到", "后", "再", "before", "into", "later") or to
        )
        last = segments[-1][-1].last if segments[-1] else 0
        divided = any(marks.divided(word) for word in range(last, found.first + 1))
        begins = _begins(found) and not _felt(marks, found)
        bare = [one.value("shape") for one in segments[-1]] == ["then"]  # "then | builds" is one
        if divided or ((then or to or begins) and not bare) or _turns(marks, segments[-1], found):
            segments.append([])
        segments[-1].append(found)
    return [segment for segment in segments if segment]


def _turns(marks: Marks, segment: list[Found], found: Found) -> bool:
    """Does a second place begin here: "first half calm | second half fast", "calm intro | big outro"?"""
    if not found.has("section", *_WANTS):
        return False
    kinds = ["place" if _is_place(marks, one) else "want" for one in segment if one.has("section", *_WANTS)]
    if {"place", "want"} - set(kinds):
        return False
    return _is_place(marks, found) if kinds[0] == "place" else found.has(*_WANTS) and not _is_place(marks, found)


def _is_place(marks: Marks, found: Found) -> bool:
    """Is a section's name a place in the piece, or the piece itself ("youtube intro", "5 second intro for a show")?"""
    if not found.has("section"):
        return False
    before, after = marks.preceding(found), marks.following(found)
    if _OF_A_FILM.match(marks.text.plain[marks.text.words[found.last - 1].end :][:40]):
        return False
    if before and before.has("use", "loudness") and not before.has(*_WANTS):
        return False
    return not _timed_beside(marks, found) and not (after and after.has("music"))


def _timed_beside(marks: Marks, found: Found) -> bool:
    """Does a length stand beside it that is the whole piece's: "5 second intro"?"""
    words = marks.text.words
    for word, divided in ((found.first - 1, found.first), (found.last, found.last)):
        if word in marks.closed and not marks.divided(divided):
            at = words[word].start
            beside = next((q for q in marks.quantities if q.start <= at < q.end), None)
            return beside is None or not is_part(marks, beside)
    return False


def _begins(found: Found) -> bool:
    return found.has("shape") and found.value("shape") in (
        "starts",
        "ends",
        "rise",
        "fall",
        "finish",
        "soft_end",
        "drop",
    )


def _felt(marks: Marks, found: Found) -> bool:
    """Is it the noun of a feeling ("a dark start"), and no verb?"""
    before = marks.preceding(found)
    return found.has("section") and before is not None and before.has(*_WANTS) and not marks.divided(found.first)


def _between_wants(marks: Marks, found: Found) -> bool:
    after, before = marks.following(found), marks.preceding(found)
    while after and (after.has("small", "without_filler") and not after.has(*_WANTS)):
        after = marks.following(after)
    return bool(after and before and after.has(*_WANTS) and before.has(*_WANTS))


def _placed(marks: Marks, segment: list[Found]) -> tuple[str, bool, list[Found]]:
    """Where a segment stands, whether it follows a "then", and its phrases."""
    first = segment[0]
    timed = first.first - 1 in marks.closed and not marks.divided(first.first)  # 后 of "20秒后" belongs to its time
    opened = (first.value("shape") == "then" and not timed) or marks.words(first).lower() in ("to", "到")
    for found in segment:
        shape = found.value("shape")
        if shape in ("starts", "soft_start", "strong_start"):
            return "start", opened, segment
        if shape in ("ends", "finish", "soft_end"):
            return "end", opened, segment
    for found in segment:
        section = found.value("section")
        if section and marks.words(found).lower() in PARTS:
            return PARTS[marks.words(found).lower()], opened, segment
        if section and not found.has("shape") and _is_place(marks, found):
            return _PLACE[section], opened, segment
    if any(found.value("shape") == "drop" for found in segment):
        return ("middle" if opened else "late"), opened, segment
    return ("turn" if opened else ""), opened, segment


def _step(marks: Marks, place: str, wants: list[Found], shapes: list[str | None], founds: list[Found]) -> list[Step]:
    telling = [found for found in founds if found.has("shape", "section", *_WANTS)]
    if not telling:
        return []
    words = marks.text.between(telling[0].first, telling[-1].last)
    occasion = any(found.has("use") for found in marks.found)
    told = [f for f in wants if not (occasion and marks.words(f).lower() in ambiguous()["stirring"])]
    moods = [found.value("mood") for found in told if found.has("mood")]
    mood = next((name for name in moods if name), "")
    entry = marks.lexicon.vocabulary.moods.get(mood)
    pull = entry.arousal if entry else 0.0
    pull += sum(3 * shift_of(found.value("force") or "soft")[0] for found in wants if found.has("force"))
    pull += sum(3 * (float(found.value("tempo") or 1) - 1) for found in wants if found.has("tempo"))
    step = Step(place, max(-1.0, min(1.0, pull)), entry.valence if entry else None, mood, words)
    if "rise" in shapes:
        return [replace(step, place="turn", energy=max(0.8, step.energy), ramp=True)]
    if "fall" in shapes:
        return [replace(step, place="end" if place == "end" else "turn", energy=-0.7, ramp=True)]
    if "drop" in shapes:
        return [replace(step, energy=0.9, sudden=True)]
    if "finish" in shapes:
        return [replace(step, place="end", energy=1.0)]
    if "soft_end" in shapes:
        return [replace(step, place="end", energy=-0.8)]
    if "soft_start" in shapes:
        return [replace(step, place="start", energy=-0.8)]
    if "strong_start" in shapes:
        return [replace(step, place="start", energy=0.7)]
    return [step] if wants else []


def _settled(steps: list[Step]) -> tuple[Step, ...]:
    """Turns given places: a lone one follows what stands at the start; several share the piece in order."""
    if any(step.at is not None for step in steps):
        return _timed(steps)
    steps = [part for step in steps for part in _halved(step)]
    turns = [step for step in steps if step.place == "turn"]
    others = [step for step in steps if step.place != "turn"]
    if not turns:
        return tuple(others)
    if len(turns) == 1 and steps[0] is turns[0] and others and not (turns[0].ramp or others[0].place == "start"):
        settled = [replace(turns[0], place="start")]  # "sad, hopeful halfway"
    elif len(turns) == 1:
        settled = [replace(turns[0], place="late")]
        if turns[0].energy > 0 and not any(step.place == "start" for step in others):
            settled.insert(0, Step("start", -0.5, None, "", turns[0].words))
        if turns[0].energy < 0 and not any(step.place == "end" for step in others):
            settled = [replace(turns[0], place="end")]
    else:
        first = "middle" if any(step.place == "start" for step in others) else "start"
        names = [first, "late"] if len(turns) == 2 else [first, "middle", "late"]
        settled = [
            replace(turn, place=names[min(i * len(names) // len(turns), len(names) - 1)])
            for i, turn in enumerate(turns)
        ]
        if settled[-1].place == "late" and not any(step.place == "end" for step in others):
            settled.append(replace(settled[-1], place="end"))
    return _with_room(sorted([*settled, *others], key=lambda step: PLACES[step.place]))


def _with_room(steps: Sequence[Step]) -> tuple[Step, ...]:
    """What leads to a rise lies below it: "epic trailer music building to a climax" does not begin at its peak."""
    placed: list[Step] = []
    for k, step in enumerate(steps):
        rise = next((later for later in steps[k + 1 :] if later.ramp and later.energy > 0), None)
        told = step.place == "start" and not step.mood  # "starts strong, builds further"
        low = rise is not None and not step.ramp and not told and step.energy > rise.energy - _ROOM
        placed.append(replace(step, energy=rise.energy - _ROOM) if low and rise else step)
    return tuple(placed)


def _halved(step: Step) -> list[Step]:
    """A half or a third is the same from its beginning to its end."""
    return [replace(step, place=place) for place in _ENDS.get(step.place, (step.place,))]


def _timed(steps: list[Step]) -> tuple[Step, ...]:
    """A course with seconds named: what stands before the first of them is the start, what stands behind is late."""
    settled: list[Step] = []
    for step in steps:
        place = step.place
        if place == "turn":
            place = "late" if any(one.at is not None for one in settled) else "middle" if step.at else "start"
        settled.append(replace(step, place=place))
    if settled[0].ramp and settled[0].energy > 0 and not settled[0].at and len(settled) > 1 and settled[1].at:
        low = replace(settled[0], energy=-0.4, ramp=False)
        settled[:1] = [low, replace(settled[0], ramp=False, at=settled[1].at, drawn=True)]
    if settled[0].at:
        opposite = -0.5 if settled[0].energy > 0 else 0.5 if settled[0].energy < -0.3 else 0.0
        settled.insert(0, Step("start", opposite, None, "", settled[0].words))
    return tuple(settled)
