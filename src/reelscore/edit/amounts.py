"""Numbers as people write them: lengths, percents, decibels, factors, colours, sizes; and back into short words.

Exact: a length is a Fraction, taken from its decimal form. Reading never builds a number from more than 24 digits.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from reelscore.values.time import Seconds, Span

_NUMBER = r"\d{1,12}(?:[.,]\d{1,12})?"
_UNITS: dict[str, int | Fraction] = {
    "h": 3600, "hour": 3600, "hours": 3600, "小时": 3600, "m": 60, "min": 60, "minute": 60, "minutes": 60, "mins": 60,
    "分": 60, "分钟": 60, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "秒": 1, "秒钟": 1, '"': 1, "'": 60,
    "ms": Fraction(1, 1000), "毫秒": Fraction(1, 1000),
}  # fmt: skip
_FRAME_UNITS = ("f", "fr", "frame", "frames", "帧")
_PIECE = re.compile(rf"({_NUMBER})(?!\d)\s*([a-z'\"]+|小时|分钟|分|秒钟|毫秒|秒|帧)?\s*(?:and|零|又)?\s*")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,9})?)")
_TIMECODE = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})[:;](\d{1,3})")
_EXACT = re.compile(r"\d{1,24}/\d{1,24}")

COLOURS = {
    "black": ("#000000", "黑", "黑色"), "white": ("#ffffff", "白", "白色"), "red": ("#e53935", "红", "红色"),
    "green": ("#43a047", "绿", "绿色"), "blue": ("#1e88e5", "蓝", "蓝色"), "yellow": ("#fdd835", "黄", "黄色"),
    "orange": ("#fb8c00", "橙", "橙色", "橘色"), "pink": ("#f48fb1", "粉", "粉色", "粉红"), 
    "purple": ("#8e24aa", "紫", "紫色"),
    "grey": ("#808080", "灰", "灰色"), "gray": ("#808080",), "gold": ("#d4af37", "金", "金色"),
    "silver": ("#c0c0c0", "银色"), "brown": ("#6d4c41", "棕色", "褐色"), "cyan": ("#00acc1", "青", "青色"),
    "navy": ("#0d1b3e", "藏青", "深蓝"), "beige": ("#f5f0e1", "米色"), "teal": ("#00897b", "蓝绿"),
    "turquoise": ("#40e0d0", "青绿", "绿松石"), "magenta": ("#d81b9a", "品红", "洋红"), "cream": ("#fffdd0", "奶油色"),
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})")
SIZES = {  # long side x short side, named
    "480p": (854, 480), "720p": (1280, 720), "1080p": (1920, 1080), "1440p": (2560, 1440), "2160p": (3840, 2160),
    "2k": (2560, 1440), "4k": (3840, 2160), "hd": (1280, 720), "full hd": (1920, 1080), "uhd": (3840, 2160),
    "sd": (854, 480), "高清": (1280, 720), "全高清": (1920, 1080), "超清": (1920, 1080),
}  # fmt: skip


def length_of(words: str, frame: Seconds) -> Seconds | None:
    """Seconds of "12.5", "1:05.2", "00:00:12:15" (frames), "1m30s", "500 ms", "12f", "1分30秒", "7/3"; else None."""
    plain = words.strip().lower()
    sign = -1 if plain[:1] in "-−" and plain[:1] else 1
    plain = plain.lstrip("-−+ ")
    if _EXACT.fullmatch(plain) and Fraction(plain.split("/")[1]) != 0:
        return sign * Fraction(plain)
    if code := _TIMECODE.fullmatch(plain):
        hours, minutes, secs, frames = (int(group) for group in code.groups())
        return sign * (hours * 3600 + minutes * 60 + secs + frames * frame)
    if clock := _CLOCK.fullmatch(plain):
        return sign * (int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + Fraction(clock[3]))
    return _in_units(plain, sign, frame)


def _in_units(plain: str, sign: int, frame: Seconds) -> Seconds | None:
    at, total = 0, Fraction(0)
    while at < len(plain):
        piece = _PIECE.match(plain, at)
        if piece is None:
            return None
        unit = piece[2] or "s"
        if unit not in _UNITS and unit not in _FRAME_UNITS:
            return None
        total += Fraction(piece[1].replace(",", ".")) * (frame if unit in _FRAME_UNITS else _UNITS[unit])
        at = piece.end()
    return sign * total if plain else None


def number_of(words: str, *units: str) -> float | None:
    """A plain number, perhaps with one of these units behind it."""
    plain = words.strip().lower().replace("−", "-").replace("％", "%")
    for unit in units:
        plain = plain.removesuffix(unit).rstrip()
    found = re.fullmatch(r"([+-]?)\s*(\d{1,12}(?:[.,]\d{1,12})?)", plain)
    return None if found is None else float(f"{found[1]}{found[2].replace(',', '.')}")


def factor_of(words: str) -> Fraction | None:
    """2, "2x", "1.5倍", "1/2", "50%", "half", "double"."""
    plain = words.strip().lower()
    named = {"half": "1/2", "double": "2", "twice": "2", "triple": "3", "quarter": "1/4", "normal": "1", "一半": "1/2",
             "两倍": "2", "双倍": "2", "三倍": "3", "正常": "1", "原速": "1"}  # fmt: skip
    plain = named.get(plain, plain).removesuffix("倍速").removesuffix("倍").removesuffix("x").removesuffix("×").strip()
    if _EXACT.fullmatch(plain):
        return Fraction(plain) if int(plain.split("/")[1]) else None
    percent = plain.endswith(("%", "％"))
    found = re.fullmatch(r"\d{1,6}(?:\.\d{1,9})?", plain.rstrip("%％ "))
    return None if found is None else Fraction(found[0]) / (100 if percent else 1)


def colour_of(words: str) -> str | None:
    """ "#rrggbb" or "#rrggbbaa" of a code or a name in English or Chinese; else None."""
    plain = words.strip().lower()
    for name, (code, *chinese) in COLOURS.items():
        if plain == name or plain in chinese:
            return code
    found = _HEX.fullmatch(plain)
    if found is None:
        return None
    digits = found[1] if len(found[1]) > 3 else "".join(d * 2 for d in found[1])
    return f"#{digits}"


def size_of(words: str, width: int, height: int) -> tuple[int, int] | None:
    """Width and height of "1920x1080", or of "1080p", "4k" in the shape that the canvas has now."""
    plain = words.strip().lower().replace("×", "x").replace(" by ", "x").replace("*", "x").strip()
    if found := re.fullmatch(r"(\d{2,5})\s*x\s*(\d{2,5})", plain):
        return int(found[1]), int(found[2])
    if plain not in SIZES:
        return None
    short = SIZES[plain][1]
    ratio = Fraction(max(width, height), min(width, height))
    long = round(short * ratio / 2) * 2
    return (long, short) if width >= height else (short, long)


def ratio_of(words: str) -> Fraction | None:
    """ "16:9", "9x16", "4/5", "square", "vertical", 竖屏..."""
    plain = words.strip().lower()
    named = {
        "square": "1:1", "vertical": "9:16", "portrait": "9:16", "tall": "9:16", "landscape": "16:9", "wide": "16:9",
        "horizontal": "16:9", "widescreen": "16:9", "cinema": "21:9", "cinemascope": "21:9", 
        "方形": "1:1", "正方形": "1:1",
        "竖屏": "9:16", "竖版": "9:16", "竖": "9:16", "横屏": "16:9", "横版": "16:9", "横": "16:9", "宽屏": "16:9",
        "story": "9:16",
        "reel": "9:16", "reels": "9:16", "tiktok": "9:16", "shorts": "9:16",
        "抖音": "9:16", "youtube": "16:9",
    }  # fmt: skip
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)\s*[:x/：比]\s*(\d{1,3}(?:\.\d{1,3})?)", named.get(plain, plain))
    if found is None or not float(found[1]) or not float(found[2]):
        return None
    return Fraction(found[1]) / Fraction(found[2])


def percent_of_db(gain_db: float) -> float:
    """Amplitude in percent: 0 dB is 100."""
    return 100 * 10 ** (gain_db / 20)


def db_of_percent(percent: float) -> float:
    """Decibels of a positive percentage, to a millionth, so that equal wishes are equal values."""
    return round(20 * math.log10(percent / 100), 6)


def plain_number(value: float | Fraction, digits: int = 2) -> str:
    """As few digits as say it: 10, 2.5, 0.33."""
    text = f"{float(value):.{digits}f}".rstrip("0").rstrip(".") if digits else f"{float(value):.0f}"
    return "0" if text in ("-0", "") else text


def plain_length(value: Seconds) -> str:
    """ "10s", "2.5s", "1:05", "1:02:03.5": below a minute in seconds."""
    if abs(value) < 60:
        return f"{plain_number(value)}s"
    sign, whole = ("-", -value) if value < 0 else ("", value)
    hundredths = round(whole * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    secs = f"{rest // 100:02d}" + (f".{rest % 100:02d}".rstrip("0") if rest % 100 else "")
    return f"{sign}{hours}:{minutes:02d}:{secs}" if hours else f"{sign}{minutes}:{secs}"


def plain_span(span: Span) -> str:
    """ "0-10s", "1:05-1:20"."""
    if span.end < 60:
        return f"{plain_number(span.start)}-{plain_number(span.end)}s"
    return f"{_clock(span.start)}-{_clock(span.end)}"


def _clock(value: Seconds) -> str:
    return (
        plain_length(value)
        if value >= 60
        else f"0:{plain_number(value).zfill(2) if value < 10 else plain_number(value)}"
    )
