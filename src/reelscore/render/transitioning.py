"""What a transition is, and where they are found.

One file in `transitions/` is one transition, `TRANSITION`. It sees two whole pictures of the canvas' size, either both
opaque or both with opacity (premultiplied), and a share 0..1 of the way; it writes the picture between them. Planes
are treated alike: what is done to luma at full size is done to chroma at half.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from reelscore.errors import DataError, one_of
from reelscore.render.planes import Plane, Planes

DEFAULT_DIRECTION = "left"


@dataclass(frozen=True, slots=True)
class Manner:
    """What the edit says about a transition besides its name."""

    direction: str = DEFAULT_DIRECTION  # where the new picture moves to
    colour: str = "#000000"


Draw = Callable[[Planes, Planes, float, Manner, Planes], None]


@dataclass(frozen=True, slots=True)
class PictureTransition:
    """`draw(first, second, share, manner, out)`; `out` is neither of the two."""

    name: str
    help: str
    draw: Draw


@lru_cache(maxsize=1)
def transitions() -> dict[str, PictureTransition]:
    """Every transition by name."""
    import reelscore.render.transitions as folder

    names = sorted(found.name for found in iter_modules(folder.__path__))
    loaded = [import_module(f"{folder.__name__}.{name}").TRANSITION for name in names]
    return {one.name: one for one in loaded}


def named(name: str) -> PictureTransition:
    found = transitions().get(name)
    if found is None:
        raise DataError(f'No transition is called "{name}".', one_of(name, transitions()))
    return found


def eased(share: float) -> float:
    """Slowly off, slowly in."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def plane_triples(first: Planes, second: Planes, out: Planes) -> list[tuple[Plane, Plane, Plane]]:
    """The planes of all three side by side, opacity last where there is any."""
    found = list(zip(first.colour, second.colour, out.colour, strict=True))
    if out.a is not None and first.a is not None and second.a is not None:
        found.append((first.a, second.a, out.a))
    return found
