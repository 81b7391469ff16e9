"""SRT, WebVTT and LRC text to timed lines. Forgiving in form, strict in size; tags and positions are dropped.

SRT: "00:00:01,000 --> 00:00:02,500" above its lines. VTT: the same with points, an optional header, notes and styles.
LRC: "[01:02.50]line", several stamps a line allowed, [offset:ms]; a line lasts until the next, the last one 4 s.
(W3C WebVTT; SubRip and LRC as players read them.)
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from fractions import Fraction

from reelscore.edit.refusals import refuse
from reelscore.values.time import Seconds

MOST_CUES = 10_000
LAST_LINE = Fraction(4)
LONGEST_LINE = Fraction(8)
_STAMP = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_ARROW = re.compile(rf"^\s*{_STAMP}\s*-->\s*{_STAMP}[^\n]*$", re.MULTILINE)
_LRC_LINE = re.compile(r"^((?:\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]\s*)+)(.*)$", re.MULTILINE)
_LRC_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_LRC_OFFSET = re.compile(r"\[offset:\s*([+-]?\d{1,7})\]", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words from one moment to another."""

    start: Seconds
    end: Seconds
    words: str


def read_captions(text: str) -> tuple[Cue, ...]:
    """All lines in order of time, none overlapping the next. Raises EditError where there are none, or far too many."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = _blocks(text) if "-->" in text else _lyrics(text)
    cues = sorted((cue for cue in cues if cue.words and cue.end > cue.start), key=lambda cue: (cue.start, cue.end))
    if not cues or len(cues) > MOST_CUES:
        raise refuse("no_captions")
    following = [*(cue.start for cue in cues[1:]), cues[-1].end]
    apart = (Cue(c.start, min(c.end, after), c.words) for c, after in zip(cues, following, strict=True))
    return tuple(cue for cue in apart if cue.end > cue.start)


def _blocks(text: str) -> list[Cue]:
    arrows = list(_ARROW.finditer(text))
    cues: list[Cue] = []
    for n, arrow in enumerate(arrows):
        end = arrows[n + 1].start() if n + 1 < len(arrows) else len(text)
        lines = text[arrow.end() : end].strip("\n").split("\n\n")[0].splitlines()
        groups = arrow.groups()
        cues.append(Cue(_seconds(*groups[:4]), _seconds(*groups[4:]), _clean("\n".join(lines))))
    return cues


def _lyrics(text: str) -> list[Cue]:
    offset = _LRC_OFFSET.search(text)
    early = Fraction(int(offset[1]), 1000) if offset else Fraction(0)
    lines: list[tuple[Seconds, str]] = []
    for found in _LRC_LINE.finditer(text):
        for minutes, secs, part in _LRC_STAMP.findall(found[1]):
            lines.append((max(Fraction(0), _seconds(None, minutes, secs, part or "0") - early), _clean(found[2])))
    lines.sort()
    ends = [*(at for at, _ in lines[1:]), lines[-1][0] + LAST_LINE] if lines else []
    return [Cue(at, min(end, at + LONGEST_LINE), words) for (at, words), end in zip(lines, ends, strict=True)]


def _seconds(hours: str | None, minutes: str, secs: str, part: str) -> Seconds:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + Fraction(int(part), 10 ** len(part))


def _clean(words: str) -> str:
    """Plain lines, without tags; entities as letters."""
    plain = html.unescape(_TAGS.sub("", words))
    lines = (" ".join("".join(c for c in line if c.isprintable()).split()) for line in plain.splitlines())
    return "\n".join(line for line in lines if line)[:2000]
