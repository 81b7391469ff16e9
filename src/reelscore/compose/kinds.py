"""What each section is for, when a picture or a course steers: kinds from energies, and from what cues ask for."""

from __future__ import annotations

from reelscore.compose.bars import Ground
from reelscore.values.brief import Brief

_LABELS = {"opening": "intro", "intro": "intro", "build": "build", "lift": "lift", "break": "break"}


def divided(lengths: list[int], kinds: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """An intro or a build of eight bars tells too little: four of them become theme."""
    new_lengths: list[int] = []
    new_kinds: list[str] = []
    for count, kind in zip(lengths, kinds, strict=True):
        parts = [(count, kind)]
        if count >= 7 and kind == "intro":
            parts = [(4, "intro"), (count - 4, "theme")]
        elif count >= 7 and kind == "build":
            parts = [(count - 4, "theme"), (4, "build")]
        for part, name in parts:
            new_lengths.append(part)
            new_kinds.append(name)
    return new_lengths, new_kinds


def kinds_of(
    brief: Brief, ground: Ground, starts: list[int], lengths: list[int], heat: list[float | None]
) -> tuple[str, ...]:
    count = len(lengths)
    known = [h for h in heat if h is not None]
    if len(known) < 2 or max(known) - min(known) < 0.12:
        kinds = _arc(count)
    else:
        low, high = min(known), max(known)
        kinds = [_kind_of((h - low) / (high - low) if h is not None else 0.5) for h in heat]
        _shape(kinds, [h if h is not None else (low + high) / 2 for h in heat])
    for i, label in enumerate(_cue_labels(brief, ground, starts, lengths)):
        if label and (label != "intro" or i == 0) and count > 1:
            kinds[i] = label
    return tuple(kinds)


def _arc(count: int) -> list[str]:
    """Kinds for an even picture: an opening, then themes, lifts and breaks in turn, a lift at the end."""
    if count < 3:
        return ["theme", "lift"][:count]
    turns = ("theme", "lift", "theme", "lift", "break") if count > 6 else ("theme", "theme", "lift", "break", "lift")
    kinds = ["intro", *(turns[i % 5] for i in range(count - 1))]
    kinds[-1] = "lift"
    if count > 5 and kinds[-2] in ("theme", "lift"):
        kinds[-2] = "build"
    return kinds


def _kind_of(level: float) -> str:
    return "lift" if level > 0.7 else "break" if level < 0.22 else "theme"


def _shape(kinds: list[str], heat: list[float]) -> None:
    """Make musical sense of energies: an intro first, one build before a lift, no two breaks in a row."""
    count = len(kinds)
    for i in range(1, count):
        if kinds[i] == "break" and kinds[i - 1] in ("break", "intro"):
            kinds[i] = "theme"
    if count >= 3 and kinds[0] != "lift":
        kinds[0] = "intro"
    elif kinds[0] == "break":
        kinds[0] = "theme"
    for i in range(2, count):
        if kinds[i] == "lift" and kinds[i - 1] == "theme" and heat[i] > heat[i - 1] and "theme" in kinds[: i - 1]:
            kinds[i - 1] = "build"
    if count >= 3 and "lift" not in kinds:
        kinds[max(range(1, count), key=lambda i: heat[i])] = "lift"
    if count >= 2 and kinds[1] == "break" and kinds[0] == "intro":
        kinds[1] = "theme"


def _cue_labels(brief: Brief, ground: Ground, starts: list[int], lengths: list[int]) -> list[str]:
    """For each section the kind its cue asks for, or ""."""
    labels = []
    for start, count in zip(starts, lengths, strict=True):
        begin = ground.measures[start].at
        end = ground.measures[start + count - 1].at + ground.measures[start + count - 1].seconds
        found = ""
        for cue in brief.cues:
            overlap = min(end, float(cue.span.end)) - max(begin, float(cue.span.start))
            if overlap > (end - begin) * 0.6:
                found = _LABELS.get(cue.label, "")
        labels.append(found)
    return labels
