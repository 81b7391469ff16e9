"""Histories to store: films of a few clips, edited a few times."""

from __future__ import annotations

from fractions import Fraction

from reelscore.editing import History, apply, begin
from reelscore.values.command import Plain
from reelscore.values.facts import Facts
from reelscore.values.timeline import Media


def clip(n: int = 1) -> Media:
    return Media(f"sha256:{n:064x}", "video", f"clip{n}.mp4", Fraction(10), 1920, 1080, Fraction(30000, 1001), True)


def film(clips: int = 2) -> History:
    return begin([clip(n) for n in range(1, clips + 1)], title="Rome & “Zürich” 你好 🎬", message="make a film")


def edited(history: History, percent: int) -> History:
    """The history with one version more: everything as loud as this."""
    louder: dict[str, Plain] = {"which": "clip 1", "to": percent}
    return apply(history, [("volume", louder)], Facts(), message=f"{percent}%")[0]


def long(versions: int, clips: int = 2) -> History:
    """A history of this many versions."""
    history = film(clips)
    for n in range(versions - len(history.versions)):
        history = edited(history, 20 + n % 150)
    return history
