"""Words on the picture: every style within the safe area, every script shaped, every animation from nothing to rest.

Tolerances: places within 2 pixels; pictures of the same words SSIM >= 0.98.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from reelscore.errors import DataError
from reelscore.render import typefaces
from reelscore.render.compositor import Compositor
from reelscore.render.text_motion import ANIMATIONS as MOTIONS
from reelscore.render.text_motion import AT_REST, motion_at
from reelscore.render.text_styles import STYLES, safe_area, style_of
from reelscore.render.typefaces import font_files, language_of
from reelscore.render.typesetting import Setting, clean, letters, typeset
from reelscore.values.timeline import ANIMATIONS, TEXT_STYLES, Canvas, Segment, Text, Timeline, Track
from tests.unit.render.painting import Image, frame_rgb, likeness

pytestmark = pytest.mark.slow

WIDE, TALL = (480, 270), (270, 480)
WORDS = "Over the hills and far away"


def seen(text: Text, size: tuple[int, int] = WIDE, n: int = 30, frames: int = 60, background: str = "#405060") -> Image:
    """Frame `n` of a canvas with nothing but these words for `frames` frames."""
    segment = Segment("t", Fraction(frames, 30), text=text)
    timeline = Timeline(Canvas(*size, Fraction(30), background), (Track("t", "text", items=(segment,)),))
    with Compositor(timeline, {}, size) as compositor:
        return frame_rgb(next(compositor.frames(n, 1)))


def ink(text: Text, size: tuple[int, int] = WIDE, n: int = 30) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what differs clearly from the empty canvas."""
    empty = seen(Text(" ", shadow=0.0), size)
    off = np.abs(seen(text, size, n).astype(int) - empty).max(axis=2) > 60
    rows, columns = np.flatnonzero(off.any(axis=1)), np.flatnonzero(off.any(axis=0))
    assert len(rows), "nothing is seen"
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def test_the_renderer_knows_the_whole_vocabulary() -> None:
    assert sorted(STYLES) == sorted(TEXT_STYLES)
    assert sorted(MOTIONS) == sorted(ANIMATIONS)


def test_every_font_comes_with_the_install() -> None:
    found = font_files()
    assert len(found) >= 7
    assert all(path.is_file() for path in found)


def test_a_missing_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="fontpkg_noto_sans is not installed"):
        font_files()


@pytest.mark.parametrize("size", [WIDE, TALL], ids=["wide", "tall"])
@pytest.mark.parametrize("style", TEXT_STYLES)
def test_styles_stay_within_the_safe_area(style: str, size: tuple[int, int]) -> None:
    """Short words and many alike."""
    left, top, right, bottom = safe_area(size)
    for content in ("Hi", WORDS, " ".join([WORDS] * 12)):
        found = ink(Text(content, style), size)
        assert found[0] >= left - 2
        assert found[1] >= top - 2
        assert found[2] <= right + 2
        assert found[3] <= bottom + 2


@pytest.mark.parametrize("style", TEXT_STYLES)
def test_styles_look_different_from_each_other(style: str) -> None:
    mine = seen(Text(WORDS, style))
    assert all(not np.array_equal(mine, seen(Text(WORDS, other))) for other in TEXT_STYLES if other != style)


@pytest.mark.parametrize(
    "content", ["Żółć Ærø", "Привет", "Γειά", "你好世界", "こんにちは", "안녕하세요", "😀👍🏽🇩🇪👩‍👩‍👧"],
    ids=["latin", "cyrillic", "greek", "chinese", "japanese", "korean", "emoji"],
)  # fmt: skip
def test_scripts_have_real_glyphs(content: str) -> None:
    """No two letters of a script look alike, as boxes for missing glyphs would."""
    shapes = set()
    units = [unit for unit in letters(content) if unit.strip()]
    for unit in units:
        block = typeset(Setting(unit, style_of("credit", WIDE), 40.0, (400, 200)))
        shapes.add((block.pixels[..., 3] > 0.5).tobytes() + block.pixels.shape[1].to_bytes(4, "big"))
    assert len(shapes) >= len(set(units)) - (content == "안녕하세요")


def test_emoji_have_colours() -> None:
    block = typeset(Setting("😀", style_of("credit", WIDE), 40.0, (400, 200)))
    assert (np.ptp(block.pixels[..., :3], axis=2) > 0.4).sum() > 200


def test_han_characters_take_the_forms_of_their_language() -> None:
    assert [language_of(words) for words in ("直骨", "直骨の", "직 直骨", "plain")] == ["zh-cn", "ja", "ko", "en"]


def test_words_are_never_markup() -> None:
    """Angle brackets and ampersands are set as they are."""
    plain = typeset(Setting("<b>x</b> &amp; <i", style_of("credit", WIDE), 40.0, (400, 200)))
    short = typeset(Setting("x &", style_of("credit", WIDE), 40.0, (400, 200)))
    assert plain.width > 2 * short.width


def test_control_characters_and_endless_text_are_cut() -> None:
    assert clean("a\x00b\tc\r\nd\x1b[0m") == "ab c\nd[0m"
    assert len(clean("x" * 10_000)) == 2000


def test_letters_keep_what_belongs_together() -> None:
    assert letters("e\u0301👍🏽👩‍👩‍👧🇩🇪x") == ["e\u0301", "👍🏽", "👩‍👩‍👧", "🇩🇪", "x"]


def test_long_words_are_set_in_lines_of_like_length() -> None:
    block = typeset(Setting(WORDS + " and back again", style_of("title", WIDE), 30.0, (300, 200)))
    rows = block.pixels[block.top : block.top + block.height, :, :3].min(axis=2) > 0.8
    pitch = round(style_of("title", WIDE).line * 30)
    widths = [np.ptp(np.flatnonzero(rows[k : k + pitch].any(axis=0))) for k in range(0, len(rows) - pitch // 2, pitch)]
    assert len(widths) >= 2
    assert min(widths) > 0.6 * max(widths)


def test_baselines_stay_whatever_the_letters() -> None:
    """Captions one after the other do not jump when one has descenders or another script."""
    bottoms = [ink(Text(content, "caption", outline=0.0, shadow=0.0))[3] for content in ("Home", "Hôme", "H中")]
    assert bottoms[0] == bottoms[1]
    assert abs(bottoms[2] - bottoms[0]) <= 3


def test_more_caption_lines_grow_upwards() -> None:
    one, two = (ink(Text(content, "caption")) for content in ("One line", "One line\nand two"))
    assert two[1] < one[1] - 8
    assert abs(two[3] - one[3]) <= 6


def test_place_size_and_colour_are_as_asked_for() -> None:
    left, top, right, bottom = ink(Text("HHH", x=0.25, y=0.3, size=0.2, colour="#ff0000", shadow=0.0))
    assert abs((left + right) / 2 - 0.25 * WIDE[0]) <= 3
    assert abs((top + bottom) / 2 - 0.3 * WIDE[1]) <= 8
    assert 0.12 * WIDE[1] < bottom - top < 0.18 * WIDE[1]  # capitals are 0.71 of the size
    middle = seen(Text("HHH", x=0.25, y=0.3, size=0.2, colour="#ff0000", shadow=0.0))[top:bottom, left:right]
    red = (middle[..., 0] > 180) & (middle[..., 1] < 70)
    assert red.mean() > 0.3


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_lines_are_aligned(align: str) -> None:
    frame = seen(Text("Looong line\nx", align=align, shadow=0.0, style="credit"))
    bright = frame.min(axis=2) > 200
    rows = np.flatnonzero(bright.any(axis=1))
    split = rows[int(np.diff(rows).argmax())] + 1
    first, second = (np.flatnonzero(part.any(axis=0)) for part in (bright[:split], bright[split:]))
    gaps = second[0] - first[0], first[-1] - second[-1]
    expected = {"left": gaps[0] <= 4, "right": gaps[1] <= 4, "center": abs(gaps[0] - gaps[1]) <= 4}
    assert expected[align]


def test_outline_shadow_and_box_are_drawn() -> None:
    bare = Text("OOO", size=0.3, outline=0.0, shadow=0.0)
    dark = {}
    for name, text in {
        "bare": bare,
        "outline": Text("OOO", size=0.3, outline=0.1, shadow=0.0),
        "shadow": Text("OOO", size=0.3, outline=0.0, shadow=0.2),
    }.items():
        dark[name] = int((seen(text, background="#c0c0c0").max(axis=2) < 130).sum())
    assert dark["bare"] < 30
    assert dark["outline"] > 1000
    assert dark["shadow"] > 400
    boxed = seen(Text("OOO", size=0.2, box="#ff000080", shadow=0.0), background="#000000")
    assert ((boxed[..., 0] > 110) & (boxed[..., 0] < 145) & (boxed[..., 1] < 20)).sum() > 1000


def test_bold_and_italic_change_the_letters() -> None:
    plain = ink(Text("Minimum", "credit", bold=False))
    bold = ink(Text("Minimum", "credit", bold=True))
    assert bold[2] - bold[0] > plain[2] - plain[0]
    assert not np.array_equal(seen(Text("Minimum", "credit", italic=True)), seen(Text("Minimum", "credit")))


@pytest.mark.parametrize("name", ANIMATIONS)
def test_animations_come_from_nothing_and_go_to_nothing(name: str) -> None:
    text = Text(WORDS, animation_in=name, animation_out=name)
    empty, rest = seen(Text(" ")), seen(Text(WORDS))

    def away(n: int) -> float:
        return float(np.abs(seen(text, n=n).astype(int) - empty).mean())

    assert np.array_equal(seen(text, n=40), rest)
    assert away(0) < 0.3 * away(40)
    assert away(59) < 0.3 * away(40)
    assert away(0) < away(8) <= away(40) * 1.1


@pytest.mark.parametrize(
    ("name", "axis", "way"), [("rise", 1, -1), ("fall", 1, 1), ("slide_left", 0, -1), ("slide_right", 0, 1)]
)
def test_moves_go_the_way_they_are_named(name: str, axis: int, way: int) -> None:
    come, go = motion_at(0.2, 3.0, name, name, 5), motion_at(2.8, 3.0, name, name, 5)
    assert np.sign((come.x, come.y)[axis]) == -way
    assert np.sign((go.x, go.y)[axis]) == way


def test_typing_shows_letter_after_letter_in_place() -> None:
    text = Text("Typing 😀 done", animation_in="type", shadow=0.0)
    whole = ink(Text("Typing 😀 done", shadow=0.0))
    widths = [ink(text, n=n)[2] - whole[0] for n in (3, 8, 12, 16)]
    assert widths == sorted(widths)
    assert widths[0] < 0.5 * (whole[2] - whole[0])
    assert abs(ink(text, n=3)[0] - whole[0]) <= 2
    assert likeness(seen(text, n=40), seen(Text("Typing 😀 done", shadow=0.0))) > 0.999


def test_animations_leave_short_words_time_to_be_read() -> None:
    assert motion_at(0.25, 0.5, "fade", "fade", 5) == AT_REST


def test_words_are_the_same_wherever_a_chunk_begins() -> None:
    text = Text(WORDS, animation_in="rise", animation_out="pop")
    segment = Segment("t", Fraction(2), text=text)
    timeline = Timeline(Canvas(*WIDE), (Track("t", "text", items=(segment,)),))
    with Compositor(timeline, {}, WIDE) as compositor:
        whole = list(compositor.frames(0, 60))
    for n in (2, 9, 30, 55):
        with Compositor(timeline, {}, WIDE) as compositor:
            assert np.array_equal(next(compositor.frames(n, 1)), whole[n])


def test_empty_words_draw_nothing() -> None:
    assert np.array_equal(seen(Text("")), seen(Text("\n \n")))
