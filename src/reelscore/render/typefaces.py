"""The typefaces that come with the install, made known to the typesetter.

Latin, Greek and Cyrillic: Noto Sans and Noto Serif; Chinese, Japanese and Korean: Noto Sans CJK, whose regional forms
are chosen by language; emoji: Noto Color Emoji. What none of them has is looked for among the system's own fonts.
All are under the SIL Open Font License.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from reelscore.errors import DataError

SANS, SERIF = "Noto Sans", "Noto Serif"
FALLBACK = ("Noto Sans CJK JP", "Noto Color Emoji")
_PACKAGED = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans", "files/NotoSans-Italic[wdth,wght].ttf"),
    ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
    ("fontpkg_noto_serif", "files/NotoSerif-Italic[wdth,wght].ttf"),
    ("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
    ("noto_cjk_sans_jp_bold", "NotoSansCJKjp-Bold.otf"),
)
_WELCOME = (  # fonts for more scripts: used where they are installed
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_khmer",
    "fontpkg_noto_sans_tamil",
    "fontpkg_noto_sans_telugu",
    "fontpkg_noto_sans_thai",
)
_EMOJI = Path(__file__).parent / "fonts" / "NotoColorEmoji-COLRv1.ttf"


def font_files() -> list[Path]:
    """Every font file of the install. DataError, naming the package, when one is missing."""
    found = []
    for package, name in _PACKAGED:
        spec = find_spec(package)
        path = Path(spec.origin).parent / name if spec is not None and spec.origin else None
        if path is None or not path.is_file():
            raise DataError(f"The font package {package} is not installed.", "Install Reelscore again.")
        found.append(path)
    for package in _WELCOME:
        spec = find_spec(package)
        if spec is not None and spec.origin:
            found += sorted((Path(spec.origin).parent / "files").glob("*.ttf"))
    return [*found, _EMOJI]


@lru_cache(maxsize=1)
def register() -> None:
    """Make the fonts known for the life of the process."""
    import pyvips

    for path in font_files():
        pyvips.Image.text("x", fontfile=str(path), dpi=72).width  # noqa: B018 - registers the file


def family(name: str) -> str:
    """A font list as the typesetter takes it: the wished family, then ours."""
    wished = "".join(c for c in name if c.isalnum() or c in " -_").strip()
    own = {"": SANS, "sans": SANS, "sans-serif": SANS, "serif": SERIF}.get(wished.lower(), wished)
    names = dict.fromkeys((own, SANS, *FALLBACK))
    return ",".join(names)


def language_of(text: str) -> str:
    """Which regional forms Han characters take: by the kana or hangul beside them, else simplified Chinese."""
    found = ""
    for c in text:
        name = unicodedata.name(c, "")
        if name.startswith(("HIRAGANA", "KATAKANA")):
            return "ja"
        if name.startswith("HANGUL"):
            return "ko"
        if name.startswith("CJK UNIFIED"):
            found = "zh-cn"
    return found or "en"
