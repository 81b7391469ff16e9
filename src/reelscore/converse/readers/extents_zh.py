"""How much of something goes or stays, in Chinese: one table of forms for the film, a clip, the music, a text.

Every form stands for the whole clause (`drawn_zh.py`), so that a verb is never read without what it is said of: what is
to stay is not cut away because a word for cutting stands in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.drawn_zh import Drawn, drawn
from reelscore.converse.numbers import value_of
from reelscore.converse.readers.extents import laid_from_to
from reelscore.converse.reading import Reading, step
from reelscore.converse.scene import Thing
from reelscore.converse.sieves import Sieve

_EXACT = 0.975  # every word was read


@dataclass(frozen=True, slots=True)
class _Of:
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


def read(c: Clause) -> Iterator[Reading]:
    """The one reading of a clause that says an extent and nothing else."""
    if not any(q.kind in ("seconds", "timecode", "frames") for q in c.quantities) or c.quotes:
        return
    found = drawn(c)
    if found is None:
        return
    if (what := _HEARD_THERE.search(found.letters)) is not None:
        a, b = what.span()
        found = Drawn(found.letters[:a] + found.letters[b:], found.held[:a] + found.held[b:])
    if (one := _the_nth(c, found)) is not None:
        yield one
        return
    if found.letters == "Ts" and _STRAIGHT_FROM.match(c.text):
        found = replace(found, letters="Tsp")
    for form, made in _FORMS:
        if form.fullmatch(found.letters):
            of = _of(c, found)
            if made in _CONTRARY and _BY_SO_MUCH.search(c.text):
                made = _CONTRARY[made]  # 短了2秒: it is too short by that
            if of is not None and (reading := made(of, *_amounts(found))) is not None:
                yield replace(reading, whole=True)
            return


_HEARD_THERE = re.compile(r"(?<=T)(?:默|没有?[AXS])(?=x)|(?<=xfT)默$|(?<=xlT)默$|(?<=T[ash])I(?=k)")  # 头两秒静音段剪掉
_STRAIGHT_FROM = re.compile(r"[, ]*(?:直接|就|那就|干脆|马上)*从")  # 直接从2分钟那里开始
_NTH = Sieve(re.compile(r"(?P<back>倒数)?第(?P<n>[\d一二两三四五六七八九十]{1,3})个?(?P<unit>分钟?|秒钟?)(?!半)"))
_ONE_GOES = re.compile(r"F?x?F?l?Tx|x?F?l?T")


def _the_nth(c: Clause, d: Drawn) -> Reading | None:
    """第三分钟不要了, 倒数第二秒剪掉: that one minute or second, and not as many; the third second alone may be a moment."""
    match = _NTH.search(c.text)
    if match is None or "x" not in d.letters or not _ONE_GOES.fullmatch(d.letters) or not (n := value_of(match["n"])):
        return None
    unit, whole = 60 if match["unit"].startswith("分") else 1, c.scene.duration
    start = whole - n * unit if match["back"] else Fraction((n - 1) * unit)
    if unit == 1 and not match["back"]:
        return None
    made = _one("cut_range", start=seconds(start), end=seconds(start + unit)) if 0 <= start < whole else None
    return replace(made, whole=True) if made else None


def _of(c: Clause, d: Drawn) -> _Of | None:
    """What is spoken of; None where that is not one thing that can be cut."""
    at = next((n for n, letter in enumerate(d.letters) if letter in "FCMVOWISAX"), -1)
    whole = c.scene.duration
    letter = d.letters[at] if at >= 0 else ""
    if letter in ("A", "X"):
        return None
    if letter == "" and c.around.focus_kind in ("title", "subtitle", "lower_third", "text") and c.around.focus:
        held = c.scene.find(c.around.focus)
        if held is not None and held.role == "text" and "z" in d.letters:  # 标题改成“新款上市”,两秒就收
            return _Of(held.segment.id, held, whole)
    if letter in ("", "I"):
        held = c.scene.find(c.around.focus) if c.around.focus_kind in ("clip", "overlay") else None
        if letter == "I" and held is None:
            return None
        if held is None and c.around.focus and c.around.focus_kind == "clip":
            held = next(
                (t for t in c.scene.of("clip") if c.around.focus in (t.segment.name.lower(), t.segment.id)), None
            )
            return _Of(c.around.focus, held, whole) if held else _Of(None, None, whole)
        return _Of(held.segment.id if held else None, held, whole)
    if letter == "F":
        return _Of(None, None, whole)
    mention = d.thing(at)
    return _Of(mention.said, mention.things[0], whole) if mention else None


def _amounts(d: Drawn) -> list[int | float | str]:
    """The lengths in the order they are said."""
    return [plain(q) for n, letter in enumerate(d.letters) if letter == "T" and (q := d.amount(n)) is not None]


_Amount = int | float | str
_Made = Callable[..., Reading | None]


def _one(command: str, /, **args: _Amount | None) -> Reading:
    return step(command, _EXACT, **args)


def _exact(value: _Amount) -> Fraction | None:
    return None if isinstance(value, str) else Fraction(str(value))


def _cut_front(of: _Of, t: _Amount) -> Reading | None:
    return None if of.text else _one("cut_first", seconds=t, which=of.said)


def _later_seen(of: _Of, t: _Amount, again: _Amount | None = None) -> Reading | None:
    """角标前两秒别出现: what lies over the film begins that much later, a text with all its length."""
    value = _exact(t)
    if value is None or of.thing is None or of.thing.role not in ("overlay", "text") or again not in (None, t):
        return None
    start = value if of.start < value else of.start + value
    if of.text:
        return _one("move", which=of.said, to=seconds(start))
    return _one("trim", which=of.said, from_start=seconds(start - of.start)) if start < of.end else None


def _not_before(of: _Of, t: _Amount, again: _Amount | None = None) -> Reading | None:
    """前三秒先不要显示角标,三秒以后再出来: of the film's own first seconds."""
    value = _exact(t)
    return _later_seen(of, t, again) if value is not None and of.start < value else None


def _cut_back(of: _Of, t: _Amount) -> Reading | None:
    return None if of.text else _one("cut_last", seconds=t, which=of.said)


def _cut_both(of: _Of, t: _Amount, u: _Amount | None = None) -> Reading | None:
    if of.text:
        return None
    if of.said:
        return _one("trim", which=of.said, from_start=t, from_end=t if u is None else u)
    return Reading(
        (*step("cut_first", 1, seconds=t).asked, *step("cut_last", 1, seconds=t if u is None else u).asked), _EXACT
    )


def _cut_back_front(of: _Of, t: _Amount, u: _Amount) -> Reading | None:
    return _cut_both(of, u, t)


def _keep_front(of: _Of, t: _Amount) -> Reading | None:
    if of.text:
        return _one("text_duration", which=of.said, to=t)
    return _one("trim", which=of.said, to=t) if of.said else _one("keep_range", start=0, end=t)


def _keep_back(of: _Of, t: _Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if of.text or value is None or value >= length:
        return None
    rest = seconds(length - value)
    return _one("trim", which=of.said, from_start=rest) if of.said else _one("keep_range", start=rest, end="end")


def _keep_middle(of: _Of, t: _Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if value is None or value >= length or (of.thing is not None and of.thing.role != "clip"):
        return None
    over = (length - value) / 2
    if of.said is None:
        return _one("keep_range", start=seconds(over), end=seconds(over + value))
    return _one("trim", which=of.said, from_start=seconds(over), from_end=seconds(over))


def _cut_from_for(of: _Of, t: _Amount, u: _Amount) -> Reading | None:
    """3分钟后那5秒剪了: so much from that moment on."""
    start, length = _exact(t), _exact(u)
    if of.said is not None or start is None or length is None or start + length > of.whole:
        return None
    return _one("cut_range", start=t, end=seconds(start + length))


def _cut_middle(of: _Of, t: _Amount) -> Reading | None:
    length, value = of.end - of.start, _exact(t)
    if value is None or value >= length or (of.thing is not None and of.thing.role != "clip"):
        return None
    start = of.start + (length - value) / 2
    return _one("cut_range", start=seconds(start), end=seconds(start + value))


def _cut_span(of: _Of, t: _Amount, u: _Amount) -> Reading | None:
    return None if of.text else _one("cut_range", start=t, end=u, which=of.said)


def _keep_span(of: _Of, t: _Amount, u: _Amount) -> Reading | None:
    a, b = _exact(t), _exact(u)
    if of.said is None:
        return _one("keep_range", start=t, end=u)
    if of.text or a is None or b is None or of.thing is None:
        return None
    if of.thing.role != "clip":
        made = laid_from_to(of.thing, of.said, a, b) if a < b else []
        return Reading(tuple(made), _EXACT) if made else None
    length = of.end - of.start
    if not a < b <= length:
        return None
    return _one("trim", which=of.said, from_start=seconds(a), from_end=seconds(length - b) or None)


def _appears(of: _Of, t: _Amount) -> Reading | None:
    """小窗3秒出来: it begins then, with all its length where the film is that long."""
    value = _exact(t)
    if value is None or of.thing is None or value >= of.whole:
        return None
    if of.start < value < of.end and of.end - of.start + value > of.whole:
        return _one("trim", which=of.said, from_start=seconds(value - of.start))
    return _one("move", which=of.said, to=t)


def _seen_from_to(of: _Of, t: _Amount, u: _Amount) -> Reading | None:
    """小窗3秒出来,7秒消失: seen from one moment of the film to another, wherever it lay."""
    a, b = _exact(t), _exact(u)
    if a is None or b is None or of.thing is None or of.said is None or not a < b <= of.whole:
        return None
    if not of.text and (made := laid_from_to(of.thing, of.said, a, b)):
        return Reading(tuple(made), _EXACT)
    length = _one("text_duration" if of.text else "trim", which=of.said, to=seconds(b - a)).asked
    moved = _one("move", which=of.said, to=t).asked if a != of.start else ()
    return Reading((*moved, *(length if b - a != of.end - of.start else ())), _EXACT) if moved or length else None


def _cut_after(of: _Of, t: _Amount) -> Reading | None:
    """From a moment on: the film ends there, or the thing does."""
    value = _exact(t)
    if of.said is None:
        return _one("cut_range", start=t, end="end")
    if of.thing is None or value is None:
        return None
    if of.thing.role == "clip":  # of a clip, its own time
        return _one("trim", which=of.said, to=t) if value < of.end - of.start else None
    if of.text:
        return _one("text_duration", which=of.said, until=t)
    return _one("trim", which=of.said, to=seconds(value - of.start)) if of.start < value < of.end else None


def _ends_before(of: _Of, t: _Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None or of.thing.role == "clip":
        return None
    return _cut_after(of, seconds(of.whole - value))


def _cut_before(of: _Of, t: _Amount) -> Reading | None:
    return _cut_front(of, t) if of.said is None or (of.thing and of.thing.role == "clip") else None


def _keep_after(of: _Of, t: _Amount) -> Reading | None:
    if of.said is None:
        return _one("keep_range", start=t, end="end")
    return _one("trim", which=of.said, from_start=t) if of.thing and of.thing.role == "clip" else None


def _shorter_by(of: _Of, t: _Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None:
        return None
    if of.text:
        return _one("text_duration", which=of.said, to=seconds(of.end - of.start - value))
    return _one("trim", which=of.said, from_end=t) if of.thing.role != "music" else None


def _longer_by(of: _Of, t: _Amount) -> Reading | None:
    value = _exact(t)
    if of.said is None or of.thing is None or value is None or of.thing.role == "music":
        return None
    length = seconds(of.end - of.start + value)
    return _one("text_duration" if of.text else "trim", which=of.said, to=length)


def _to_length(of: _Of, t: _Amount) -> Reading | None:
    if of.said is None or of.thing is None or of.thing.role in ("music", "sound", "audio"):
        return None
    return _one("text_duration" if of.text else "trim", which=of.said, to=t)


def _longer_to(of: _Of, t: _Amount) -> Reading | None:
    """尾图多停一会,停5秒: so long, where that is longer than now; else by so much."""
    value = _exact(t)
    return _to_length(of, t) if value is not None and value > of.end - of.start else _longer_by(of, t)


def _from_its_second(of: _Of, t: _Amount) -> Reading | None:
    """采访那段从第2秒开始用: what lies before that moment of the clip goes."""
    value = _exact(t)
    if of.said is None or value is None or not 0 < value < of.end - of.start:
        return None
    return _one("trim", which=of.said, from_start=t)


def _until_or_long(of: _Of, t: _Amount) -> Reading | None:
    """小画面到5秒就好: what lies over the film is over then, where it is there by then."""
    return _cut_after(of, t) or _to_length(of, t)


_CONTRARY = {_shorter_by: _longer_by, _longer_by: _shorter_by}
_BY_SO_MUCH = re.compile(r"(?<![缩变剪减裁截弄调延加拉增])[短长]了(?=[\d一二两三四五六七八九十半])")
_S = "[FCMVOI]?"  # what is cut, wherever it is named
_REST_STAYS = "(?:,?r[kn]+)?"
_REST_GOES = "(?:,?[k流]?[rhl]x)?"  # 流 is how 留 is mistyped


def _forms() -> tuple[tuple[re.Pattern[str], _Made], ...]:
    front, back, end = "[fs]", "[lh]", "[lz]"
    again = f"(?:,?{front}?T[ash][OWI]?现?g?)?"
    table: list[tuple[str, _Made]] = [
        (rf"{front}T(?:隐|隐?x隐?)[OW]{again}|{front}T[OW]隐{again}", _not_before),
        (rf"[OW]{front}T隐{again}|[OW]隐{front}T{again}", _later_seen),
    ]
    for spoken, made in (
        (f"{front}T", _cut_front), (f"{back}T", _cut_back), (f"{front}T,?{back}T", _cut_both),
        (f"{back}T,?{front}T", _cut_back_front), (f"(?:{front}{back}|{back}{front})cT", _cut_both), (f"{front}cT{back}cT", _cut_both),
        ("mT", _cut_middle), ("To+T", _cut_span), ("T[ash]", _cut_after), (f"To+{end}", _cut_after),
        (f"{front}o+T", _cut_before), ("Tb", _cut_before), ("Tf", _cut_before),
    ):  # fmt: skip
        table.append((rf"(?:{_S}(?:x?{_S}{spoken},?x|x{_S}{spoken})|{spoken}{_S},?x)g?{_REST_STAYS}", made))
    table.append((rf"(?=.*x){_S}x?{front}x?Tx?,?x?{back}x?Tx?{_REST_STAYS}", _cut_both))
    table.append((rf"(?=.*x){_S}x?{back}x?Tx?,?x?{front}x?Tx?{_REST_STAYS}", _cut_back_front))
    table.append((rf"{_S}{back}Tx,?{front}Tx{_REST_STAYS}", _cut_back_front))
    table.append((rf"{_S}x{front}T,?x{back}T{_REST_STAYS}", _cut_both))
    table.append((rf"{_S}x?{front}T,?x?{back}Tx?{_REST_STAYS}|x?f,?x?lc?T", _cut_both))
    for spoken, made in (
        (f"{front}T", _keep_front), (f"{back}T", _keep_back), ("mT", _keep_middle), ("Ts?o+T", _keep_span), ("T[ash]", _keep_after),
        (f"To+{end}", _keep_after), (f"{front}o+T", _keep_front), ("Tb", _keep_front), ("Tf", _keep_front),
    ):  # fmt: skip
        s = "[FCMVOIW]?"
        table.append((rf"(?:{s}(?:k{s}{spoken}(?:k|g)?|{spoken}[kg]+)|{spoken}{s}[kg]+)g?{_REST_GOES}(?:,?fx)?", made))
    table.append((rf"[FCMVOI]?Ts?ko+T[kg]*{_REST_GOES}", _keep_span))  # 从一分半留到四分钟
    table += [
        (r"F?(?:Ts|sT)x,?oT[zg]", _keep_span), (r"F?T[ah]Tx|x?F?T[ah]T", _cut_from_for), (r"[MOV]早T[z消]", _cut_back),
        (r"C(?:Ts|sT|To?s?)(?:用|取|截|p|放|k)g?", _from_its_second), (r"F?Tsp|FTsp?|pFTs|F?sTp|Tsp", _cut_front), (r"F?p?o?Tz", _cut_after), (r"[MVSO]zT|[MVSO]o?Tz|片?[MVSO][k只]?(?:p|放)?o+Tz|片?[MVSO][k只]?po+Tg?", _cut_after), (r"[OW]T[ah]?隐|[OW]隐T[ah]", _cut_after), (r"[MVSO]lTz", _ends_before), (r"zT[MVSO]", _cut_after),
        (rf"[CVOW]x?dT{_REST_STAYS}", _shorter_by), (rf"[CVOW](?:x|d|截|裁)o+Tg?{_REST_STAYS}", _to_length), (r"(?:x|d)[CVOW]o+Tg?", _to_length),
        (rf"[CVOW]eT{_REST_STAYS}", _longer_by), (r"[CFMVO]?(?:x|d|截|裁)o[k只]?fT[kg]?|(?:x|d)[CFMVO]o[k只]?fT", _keep_front), (r"[CFMVO]?(?:x|d|截|裁)o[k只]?[lh]T[kg]?", _keep_back), (r"[MVSO]T(?:p|放)o+Tg?|[MVSO]T(?:进来?|出来?|入|s|p),?Tz", _keep_span), (r"[OW]T[sa]?(?:出来?|现),?o?T[z消隐]", _seen_from_to), (r"OT[sa]?现g?", _appears), (r"[CVOW]eo+T", _to_length), (r"O(?:p|放)?oTg", _until_or_long), (r"[CVOW]kT[kg]?|[CVOW]Tg+", _to_length), (r"d[CVOW]T", _shorter_by), (r"e[CVOW]T", _longer_by), (r"O[lh]T现g?", _keep_back), (r"[CVOW]e(?:一?会儿?|一?[些点]|久一?[些点])?,[放停留zpk]?Tg*", _longer_to), (r"(?:x|d)?m?[CVOW](?:x|d|e)?(?:一?[些点])?,kT[kg]*|(?:x|d)?m?[CVOW](?:x|d|e)?(?:一?[些点])?,k?Tg+", _to_length), (r"zTg?", _to_length), (r"k?T[kg]+", _to_length),
    ]  # fmt: skip
    return tuple((re.compile(form), made) for form, made in table)


_FORMS = _forms()
