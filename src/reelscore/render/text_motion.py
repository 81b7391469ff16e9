"""How words come and go. Every animation is a function of a share: 0 not there yet, 1 in place.

Going is coming backwards, except that what slides goes on in its direction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sin

IN_SECONDS, OUT_SECONDS = 0.6, 0.45
MOST_OF_LENGTH = 0.4  # an animation takes at most this share of the text's time
TYPED_A_SECOND = 22.0  # letters


@dataclass(frozen=True, slots=True)
class Motion:
    """Moved by (x, y) in sizes of the letters, scaled about the middle, blurred (in sizes), seen to a share.

    `typed` is the share of letters that are there.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    blur: float = 0.0
    opacity: float = 1.0
    typed: float = 1.0

    @property
    def still(self) -> bool:
        return (self.x, self.y, self.scale, self.blur) == (0.0, 0.0, 1.0, 0.0)


AT_REST = Motion()


def _ease_out(share: float) -> float:
    return 1 - (1 - share) ** 3


def _smooth(share: float) -> float:
    return share * share * (3 - 2 * share)


def _fade(share: float, going: bool) -> Motion:
    return Motion(opacity=_smooth(share))


def _rise(share: float, going: bool) -> Motion:
    return Motion(y=(-0.7 if going else 0.7) * (1 - _ease_out(share)), opacity=_smooth(min(1.0, share * 1.5)))


def _fall(share: float, going: bool) -> Motion:
    return Motion(y=(0.7 if going else -0.7) * (1 - _ease_out(share)), opacity=_smooth(min(1.0, share * 1.5)))


def _slide_left(share: float, going: bool) -> Motion:
    return Motion(x=(-2.4 if going else 2.4) * (1 - _ease_out(share)), opacity=_smooth(min(1.0, share * 1.6)))


def _slide_right(share: float, going: bool) -> Motion:
    return Motion(x=(2.4 if going else -2.4) * (1 - _ease_out(share)), opacity=_smooth(min(1.0, share * 1.6)))


def _type(share: float, going: bool) -> Motion:
    return Motion(opacity=_smooth(share)) if going else Motion(typed=share)


def _pop(share: float, going: bool) -> Motion:
    grown = 0.6 + 0.4 * _ease_out(share) + (0.0 if going else 0.09 * sin(pi * min(1.0, share * 1.1)) * share)
    return Motion(scale=grown if share < 1 else 1.0, opacity=_smooth(min(1.0, share * 2.2)))


def _blur(share: float, going: bool) -> Motion:
    return Motion(blur=0.35 * (1 - _smooth(share)) ** 1.5, opacity=_smooth(share))


ANIMATIONS: dict[str, Callable[[float, bool], Motion]] = {
    "fade": _fade,
    "rise": _rise,
    "fall": _fall,
    "slide_left": _slide_left,
    "slide_right": _slide_right,
    "type": _type,
    "pop": _pop,
    "blur": _blur,
}


def motion_at(second: float, length: float, coming: str, going: str, letters: int) -> Motion:
    """What the animations do `second` seconds after words of `length` seconds begin."""
    come = ANIMATIONS.get(coming)
    wanted = letters / TYPED_A_SECOND if coming == "type" else IN_SECONDS
    lasts = min(wanted, (0.75 if coming == "type" else MOST_OF_LENGTH) * length)
    if come is not None and second < lasts:
        return come(min(1.0, max(0.0, second / lasts)), False)
    go, left = ANIMATIONS.get(going), length - second
    lasts = min(OUT_SECONDS, MOST_OF_LENGTH * length)
    if go is not None and left < lasts:
        return go(min(1.0, max(0.0, left / lasts)), True)
    return AT_REST
