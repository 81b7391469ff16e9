"""The course of a piece in words: "calm, then builds", "starts soft, big finish", 前奏安静, 由弱到强.

The prompt is cut into steps at clauses, at "then" and at "from ... to ...". A step says where it stands (a section,
a beginning, an end, or simply its turn) and what it wants there. What is said of one place is not a wish for the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reelscore.brief.company import is_feeling
from reelscore.brief.lexicon import Found
from reelscore.brief.marks import Marks
from reelscore.brief.tables import shift_of
from reelscore.brief.timed import times_of_segments
from reelscore.values.time import Seconds

_WANTS = ("mood", "force", "tempo")
_PLACE = {"intro": "start", "theme": "middle", "build": "middle", "break": "middle", "lift": "late", "ending": "end"}


@dataclass(frozen=True, slots=True)
class Step:
    """A wish for one place. `energy` -1..1 is a pull down or up; "turn" places follow each other in order."""

    place: str  # "start", "middle", "late", "end", "turn"
    energy: float
    valence: float | None
    mood: str
    words: str
    at: Seconds | None = None  # the second it begins at, where one was named
    ramp: bool = False  # it grows (or fades) from there; else it is there at once
    drawn: bool = False  # a point of a drawn curve: straight lines lead to and from it


def steps_of(marks: Marks, spent: set[Found]) -> tuple[Step, ...]:
    """The course described, in order; () where the prompt describes none. Phrases used for one place are spent."""
    segments = _segments(marks, spent)
    placed = [_placed(marks, segment) for segment in segments]
    times = times_of_segments(marks, segments)
    chained = any(opened for _, opened, _ in placed) or bool(times)
    steps: list[Step] = []
    used: list[tuple[bool, list[Found]]] = []
    for i, (place, _, founds) in enumerate(placed):
        wants = [found for found in founds if found.has(*_WANTS) and found not in spent and is_feeling(marks, found)]
        shapes = [found.value("shape") for found in founds]
        if place == "" and ("rise" in shapes or "fall" in shapes or (wants and chained and i + 1 < len(placed))):
            place = "turn"
        if place == "" and wants and i in times and times[i].firm:
            place = "turn"
        made = _step(marks, place, wants, shapes, founds) if place else []
        if i in times and made and (times[i].firm or place):
            made = [replace(made[0], at=times[i].at), *made[1:]]
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
    several = sum(bool(wants) for _, wants in used) > 1
    for scoped, wants in used:
        if scoped or several:
            spent.update(wants)
    return _settled(steps)


def _segments(marks: Marks, spent: set[Found]) -> list[list[Found]]:
    segments: list[list[Found]] = [[]]
    for found in marks.found:
        if found in spent:
            continue
        to = marks.words(found).lower() in ("to", "到") and _between_wants(marks, found)
        then = found.value("shape") == "then" and (
            marks.words(found) not in ("到", "后", "再", "before", "into", "later") or to
        )
        last = segments[-1][-1].last if segments[-1] else 0
        divided = any(marks.divided(word) for word in range(last, found.first + 1))
        begins = _begins(found) and not _felt(marks, found)
        if divided or then or to or begins or _turns(marks, segments[-1], found):
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
    if before and before.has("use", "loudness") and not before.has(*_WANTS):
        return False
    timed = (found.first - 1 in marks.closed and not marks.divided(found.first)) or (
        found.last in marks.closed and not marks.divided(found.last)
    )
    return not timed and not (after and after.has("music"))


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
    opened = segment[0].value("shape") == "then" or marks.words(segment[0]).lower() in ("to", "到")
    for found in segment:
        shape = found.value("shape")
        if shape in ("starts", "soft_start", "strong_start"):
            return "start", opened, segment
        if shape in ("ends", "finish", "soft_end"):
            return "end", opened, segment
    for found in segment:
        section = found.value("section")
        if section and not found.has("shape") and _is_place(marks, found):
            return _PLACE[section], opened, segment
    if any(found.value("shape") == "drop" for found in segment):
        return "late", opened, segment
    return ("turn" if opened else ""), opened, segment


def _step(marks: Marks, place: str, wants: list[Found], shapes: list[str | None], founds: list[Found]) -> list[Step]:
    telling = [found for found in founds if found.has("shape", "section", *_WANTS)]
    words = marks.text.between(telling[0].first, telling[-1].last)
    moods = [found.value("mood") for found in wants if found.has("mood")]
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
        return [replace(step, energy=0.9)]
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
    turns = [step for step in steps if step.place == "turn"]
    others = [step for step in steps if step.place != "turn"]
    if not turns:
        return tuple(others)
    if len(turns) == 1:
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
    order = {"start": 0, "middle": 1, "late": 2, "end": 3}
    return tuple(sorted([*settled, *others], key=lambda step: order[step.place]))


def _timed(steps: list[Step]) -> tuple[Step, ...]:
    """A course with seconds named: what stands before the first of them is the start, what stands behind is late."""
    settled: list[Step] = []
    for step in steps:
        place = step.place
        if place == "turn":
            place = "late" if any(one.at is not None for one in settled) else "start" if step.at is None else "middle"
        settled.append(replace(step, place=place))
    if settled[0].at:
        opposite = -0.5 if settled[0].energy > 0 else 0.5 if settled[0].energy < -0.3 else 0.0
        settled.insert(0, Step("start", opposite, None, "", settled[0].words))
    return tuple(settled)
