"""What is typed for options, read: lengths, bars, what a revision shall change. BriefError where it makes no sense."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from reelscore.edges.cli.words import one_line
from reelscore.errors import BriefError
from reelscore.values.time import Seconds, seconds
from reelscore.values.timeline import Request

if TYPE_CHECKING:
    from pathlib import Path


def clock(text: str, option: str = "--duration") -> Seconds:
    """ "90", "1:30", "0:01:30.5" or "90s" as seconds; BriefError otherwise."""
    match = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,6})?)\s*s?", text.strip())
    if not match:
        raise BriefError(f"{option} {text!r} is not a time.", 'Give seconds ("60") or minutes ("1:30").')
    hours, minutes, rest = match.groups()
    return seconds(rest) + 60 * int(minutes or 0) + 3600 * int(hours or 0)


def check_takes(count: int, most: int = 20) -> None:
    """BriefError for a number of variations that cannot be."""
    if not 1 <= count <= most:
        raise BriefError(f"--variations {count} is out of range.", f"Give a number from 1 to {most}.")


def check_no_score(bundle: Path | None, report: Path | None) -> None:
    """A trained model gives sound, not notes: BriefError for a bundle or a report."""
    if bundle or report:
        raise BriefError("A trained model writes no notes.", "Leave --bundle and --report out, or use the composer.")


def revision(change: str, bars: str, section: str, keep: str, transpose: int, take: int) -> Request:
    """What `revise` was asked for. Raises BriefError where that is nothing, or contradicts itself."""
    if sum(map(bool, (keep, transpose, change.strip()))) > 1 or (bars and section) or (keep and (bars or section)):
        raise BriefError(
            "These wishes do not go together.", "Give a change, --keep or --transpose; --bars or --section."
        )
    if not (change.strip() or bars or section or keep or transpose):
        raise BriefError("Nothing says what to change.", 'Try "darker", --bars 9-16, --section lift, --keep harmony.')
    if abs(transpose) > 12:
        raise BriefError(f"--transpose {transpose} is too far.", "Give -12 to 12 semitones.")
    first, last = _bars(bars) if bars else (-1, -1)
    wishes = ((("higher" if transpose > 0 else "lower"), str(Fraction(abs(transpose), 2))),) if transpose else ()
    kind = "vary" if keep else "change" if change.strip() or transpose else "regenerate"
    return Request("revise", kind, "", change.strip(), keep, section, first, last, take, wishes)


def _bars(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,4})\s*(?:[-–~]\s*(\d{1,4}))?\s*", text)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        raise BriefError(f'--bars "{one_line(text)[:40]}" are no bars.', 'Count from 1: "9-16", or "9".')
    return first - 1, last - 1
