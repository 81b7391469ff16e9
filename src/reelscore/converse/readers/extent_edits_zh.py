"""The edits that each form of an extent makes, of the film, a clip, the music or a text: `extents_zh.py` has the forms.

Amounts are in seconds, or a timecode as it is said. None where the thing cannot be cut or kept so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from reelscore.converse.clause import seconds
from reelscore.converse.readers.extents import laid_from_to
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing

_EXACT = 0.975  # every word was read


@dataclass(frozen=True, slots=True)
class Of:
    """What is cut or kept: `said` as a reference (None: the film), where it lies, how long the film is."""

    said: str | None
    thing: Thing | None
    whole: Fraction

    @property
    def start(self) -> Fraction:
        return self.thing.span.start if self.thing else Fraction(0)

    @property
    def end(self) -> Fraction:
        return self.thing.span.end if self.thing else self.whole

    @property
    def text(self) -> bool:
        return self.thing is not None and self.thing.role == "text"


Amount = int | float | str
Made = Callable[..., Reading | None]


def one(command: str, /, **args: Amount | None) -> Reading:
    return step(command, _EXACT, **args)


def _exact(value: Amount) -> Fraction | None:
    return None if isinstance(value, str) else Fraction(str(value))


def cut_front(of: Of, t: Amount) -> Reading | None:
    return None if of.text else one("cut_first", seconds=t, which=of.said)


def later_seen(of: Of, t: Amount, again: Amount | None = None) -> Reading | None:
    """角标前两秒别出现: what lies over the film begins that much later, a text with all its length."""
    value = _exact(t)
    if value is None or of.thing is None or of.thing.role not in ("overlay", "text") or again not in (None, t):
        return None
    start = value if of.start < value else of.start + value
    if of.text:
        return one("move", which=of.said, to=seconds(start))
    return one("trim", which=of.said, from_start=seconds(start - of.start)) if start < of.end else None


def not_before(of: Of, t: Amount, again: Amount | None = None) -> Reading | None:
    """前三秒先不要显示角标,三秒以后再出来: of the film's own first seconds."""
    value = _exact(t)
    return later_seen(of, t, again) if value is not None and of.start < value else None


def cut_back(of: Of, t: Amount) -> Reading | None:
    return None if of.text else one("cut_last", seconds=t, which=of.said)


def cut_both(of: Of, t: Amount, u: Amount | None = None) -> Reading | None:
    if of.text:
        return None
    if of.said:
        return one("trim", which=of.said, from_start=t, from_end=t if u is None else u)
    return Reading(
        (*step("cut_first", 1, seconds=t).asked, *step("cut_last", 1, seconds=t if u is None else u).asked), _EXACT
    )


def cut_back_front(of: Of, t: Amount, u: Amount) -> Reading | None:
    return cut_both(of, u, t)


def keep_front(of: Of, t: Amount) -> Reading | None:
    if of.text:
        return one("text_duration", which=of.said, to=t)
    return one("trim", which=of.said, to=t) if of.said else one("keep_range", start=0, end=t)


def keep_back(of: Of, t: Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if of.text or value is None or value >= length:
        return None
    rest = seconds(length - value)
    return one("trim", which=of.said, from_start=rest) if of.said else one("keep_range", start=rest, end="end")


def keep_middle(of: Of, t: Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if value is None or value >= length or (of.thing is not None and of.thing.role != "clip"):
        return None
    over = (length - value) / 2
    if of.said is None:
        return one("keep_range", start=seconds(over), end=seconds(over + value))
    return one("trim", which=of.said, from_start=seconds(over), from_end=seconds(over))


def cut_from_for(of: Of, t: Amount, u: Amount) -> Reading | None:
    """3分钟后那5秒剪了: so much from that moment on."""
    start, length = _exact(t), _exact(u)
    if of.said is not None or start is None or length is None or start + length > of.whole:
        return None
    return one("cut_range", start=t, end=seconds(start + length))


def cut_middle(of: Of, t: Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if value is None or value >= length or (of.thing is not None and of.thing.role != "clip"):
        return None
    start = of.start + (length - value) / 2
    return one("cut_range", start=seconds(start), end=seconds(start + value))


def cut_span(of: Of, t: Amount, u: Amount) -> Reading | None:
    return None if of.text else one("cut_range", start=t, end=u, which=of.said)


def keep_span(of: Of, t: Amount, u: Amount) -> Reading | None:
    a, b = _exact(t), _exact(u)
    if of.said is None:
        return one("keep_range", start=t, end=u)
    if of.text or a is None or b is None or of.thing is None:
        return None
    if of.thing.role != "clip":
        made = laid_from_to(of.thing, of.said, a, b) if a < b else []
        return Reading(tuple(made), _EXACT) if made else None
    length = of.end - of.start
    if not a < b <= length:
        return None
    return one("trim", which=of.said, from_start=seconds(a), from_end=seconds(length - b) or None)


def appears(of: Of, t: Amount) -> Reading | None:
    """小窗3秒出来: it begins then, with all its length where the film is that long."""
    value = _exact(t)
    if value is None or of.thing is None or value >= of.whole:
        return None
    if of.start < value < of.end and of.end - of.start + value > of.whole:
        return one("trim", which=of.said, from_start=seconds(value - of.start))
    return one("move", which=of.said, to=t)


def seen_from_to(of: Of, t: Amount, u: Amount) -> Reading | None:
    """小窗3秒出来,7秒消失: seen from one moment of the film to another, wherever it lay."""
    a, b = _exact(t), _exact(u)
    if a is None or b is None or of.thing is None or of.said is None or not a < b <= of.whole:
        return None
    if not of.text and (made := laid_from_to(of.thing, of.said, a, b)):
        return Reading(tuple(made), _EXACT)
    length = one("text_duration" if of.text else "trim", which=of.said, to=seconds(b - a)).asked
    moved = one("move", which=of.said, to=t).asked if a != of.start else ()
    return Reading((*moved, *(length if b - a != of.end - of.start else ())), _EXACT) if moved or length else None


def cut_after(of: Of, t: Amount) -> Reading | None:
    """From a moment on: the film ends there, or the thing does."""
    value = _exact(t)
    if of.said is None:
        return one("cut_range", start=t, end="end")
    if of.thing is None or value is None:
        return None
    if of.thing.role == "clip":  # of a clip, its own time
        return one("trim", which=of.said, to=t) if value < of.end - of.start else None
    if of.text:
        return one("text_duration", which=of.said, until=t)
    return one("trim", which=of.said, to=seconds(value - of.start)) if of.start < value < of.end else None


def ends_before(of: Of, t: Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None or of.thing.role == "clip":
        return None
    return cut_after(of, seconds(of.whole - value))


def cut_before(of: Of, t: Amount) -> Reading | None:
    return cut_front(of, t) if of.said is None or (of.thing and of.thing.role == "clip") else None


def keep_after(of: Of, t: Amount) -> Reading | None:
    if of.said is None:
        return one("keep_range", start=t, end="end")
    return one("trim", which=of.said, from_start=t) if of.thing and of.thing.role == "clip" else None


def shorter_by(of: Of, t: Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None:
        return None
    if of.text:
        return one("text_duration", which=of.said, to=seconds(of.end - of.start - value))
    return one("trim", which=of.said, from_end=t) if of.thing.role != "music" else None


def longer_by(of: Of, t: Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None or of.thing.role == "music":
        return None
    length = seconds(of.end - of.start + value)
    return one("text_duration" if of.text else "trim", which=of.said, to=length)


def to_length(of: Of, t: Amount) -> Reading | None:
    if of.said is None or of.thing is None or of.thing.role in ("music", "sound", "audio"):
        return None
    return one("text_duration" if of.text else "trim", which=of.said, to=t)


def longer_to(of: Of, t: Amount) -> Reading | None:
    """尾图多停一会,停5秒: so long, where that is longer than now; else by so much."""
    value = _exact(t)
    return to_length(of, t) if value is not None and value > of.end - of.start else longer_by(of, t)


def from_its_second(of: Of, t: Amount) -> Reading | None:
    """采访那段从第2秒开始用: what lies before that moment of the clip goes."""
    value = _exact(t)
    if of.said is None or value is None or not 0 < value < of.end - of.start:
        return None
    return one("trim", which=of.said, from_start=t)


def until_or_long(of: Of, t: Amount) -> Reading | None:
    """小画面到5秒就好: what lies over the film is over then, where it is there by then."""
    return cut_after(of, t) or to_length(of, t)
