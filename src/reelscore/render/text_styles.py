"""What each text style looks like. Sizes are shares of the canvas' shorter side, places shares of the canvas.

Safe areas: on wide canvases everything stays within 5 % of the sides (EBU R 95); on tall ones clear of what phone
players lay over the top tenth and the bottom fifth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reelscore.render.typefaces import SANS, SERIF


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words are set. `outline`, `shadow`, `padding`, `spacing` (between letters) are shares of the size."""

    size: float
    weight: str = "Bold"
    family: str = SANS
    italic: bool = False
    colour: str = "#ffffff"
    x: float = 0.5
    y: float = 0.5
    anchor: str = "middle"  # or "bottom": more lines grow upwards
    align: str = "center"
    width: float = 0.86  # of the canvas, at most
    height: float = 0.7
    line: float = 1.22  # distance of baselines, of the size
    spacing: float = 0.0
    outline: float = 0.0
    shadow: float = 0.0
    box: str = ""
    padding: float = 0.45
    upper: bool = False
    balanced: bool = True  # lines of like length
    rest: float = 1.0  # size of all lines after the first
    rest_weight: str = ""
    bar: str = ""  # colour of a bar beside the box
    rule: bool = False  # a short line below


_WIDE = {
    "title": TextStyle(0.105, weight="Ultra-Bold", y=0.48, shadow=0.07, spacing=-0.012, line=1.14),
    "subtitle": TextStyle(0.052, weight="Medium", y=0.615, shadow=0.09, width=0.8),
    "lower_third": TextStyle(
        0.05, weight="Bold", x=0.06, y=0.82, align="left", width=0.6, box="#0b0d12b8", padding=0.55, rest=0.74,
        rest_weight="Regular", bar="#ffc53d", balanced=False, line=1.3,
    ),
    "caption": TextStyle(
        0.05, weight="Semi-Bold", y=0.92, anchor="bottom", width=0.8, height=0.3, outline=0.075, shadow=0.05, line=1.25
    ),
    "chapter": TextStyle(0.058, weight="Semi-Bold", y=0.5, spacing=0.22, upper=True, shadow=0.06, rule=True, line=1.4),
    "credit": TextStyle(0.042, weight="Regular", width=0.7, height=0.86, shadow=0.06, line=1.5, balanced=False),
    "quote": TextStyle(
        0.062, weight="Regular", family=SERIF, italic=True, width=0.72, shadow=0.07, line=1.38, rest=1.0
    ),
}  # fmt: skip
_TALL = {
    "title": {"y": 0.40},
    "subtitle": {"y": 0.52, "size": 0.056},
    "lower_third": {"y": 0.70, "width": 0.78, "x": 0.06, "size": 0.056},
    "caption": {"y": 0.78, "size": 0.062, "width": 0.82},
    "chapter": {"y": 0.42},
    "quote": {"y": 0.42, "size": 0.068, "width": 0.82},
    "credit": {"width": 0.8},
}


def style_of(name: str, canvas: tuple[int, int]) -> TextStyle:
    """The style on a canvas of this shape; an unknown one (the edit refuses it) is a title."""
    wide = _WIDE.get(name, _WIDE["title"])
    return replace(wide, **_TALL.get(name, {})) if canvas[1] > canvas[0] else wide  # type: ignore[arg-type]


def safe_area(canvas: tuple[int, int]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in pixels, within which words stay."""
    width, height = canvas
    if height > width:
        return 0.05 * width, 0.10 * height, 0.95 * width, 0.82 * height
    return 0.05 * width, 0.05 * height, 0.95 * width, 0.95 * height


STYLES = tuple(_WIDE)
