"""How much of something goes or stays, in Chinese: one table of forms for the film, a clip, the music, a text.

Every form stands for the whole clause (`drawn_zh.py`), so that a verb is never read without what it is said of: what is
to stay is not cut away because a word for cutting stands in the same sentence. What a form makes: `extent_edits_zh.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.drawn_zh import Drawn, drawn
from reelscore.converse.numbers import value_of
from reelscore.converse.readers.extent_edits_zh import (
    Made,
    Of,
    appears,
    cut_after,
    cut_back,
    cut_back_front,
    cut_before,
    cut_both,
    cut_from_for,
    cut_front,
    cut_middle,
    cut_span,
    ends_before,
    from_its_second,
    keep_after,
    keep_back,
    keep_front,
    keep_middle,
    keep_span,
    later_seen,
    longer_by,
    longer_to,
    not_before,
    one,
    seen_from_to,
    shorter_by,
    to_length,
    until_or_long,
)
from reelscore.converse.reading import Reading
from reelscore.converse.sieves import Sieve


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
    if (nth := _the_nth(c, found)) is not None:
        yield nth
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
    made = one("cut_range", start=seconds(start), end=seconds(start + unit)) if 0 <= start < whole else None
    return replace(made, whole=True) if made else None


def _of(c: Clause, d: Drawn) -> Of | None:
    """What is spoken of; None where that is not one thing that can be cut."""
    at = next((n for n, letter in enumerate(d.letters) if letter in "FCMVOWISAX"), -1)
    whole = c.scene.duration
    letter = d.letters[at] if at >= 0 else ""
    if letter in ("A", "X"):
        return None
    if letter == "" and c.around.focus_kind in ("title", "subtitle", "lower_third", "text") and c.around.focus:
        held = c.scene.find(c.around.focus)
        if held is not None and held.role == "text" and "z" in d.letters:  # 标题改成“新款上市”,两秒就收
            return Of(held.segment.id, held, whole)
    if letter in ("", "I"):
        held = c.scene.find(c.around.focus) if c.around.focus_kind in ("clip", "overlay") else None
        if letter == "I" and held is None:
            return None
        if held is None and c.around.focus and c.around.focus_kind == "clip":
            held = next(
                (t for t in c.scene.of("clip") if c.around.focus in (t.segment.name.lower(), t.segment.id)), None
            )
            return Of(c.around.focus, held, whole) if held else Of(None, None, whole)
        return Of(held.segment.id if held else None, held, whole)
    if letter == "F":
        return Of(None, None, whole)
    mention = d.thing(at)
    return Of(mention.said, mention.things[0], whole) if mention else None


def _amounts(d: Drawn) -> list[int | float | str]:
    """The lengths in the order they are said."""
    return [plain(q) for n, letter in enumerate(d.letters) if letter == "T" and (q := d.amount(n)) is not None]


_CONTRARY = {shorter_by: longer_by, longer_by: shorter_by}
_BY_SO_MUCH = re.compile(r"(?<![缩变剪减裁截弄调延加拉增])[短长]了(?=[\d一二两三四五六七八九十半])")
_S = "[FCMVOI]?"  # what is cut, wherever it is named
_REST_STAYS = "(?:,?r[kn]+)?"
_REST_GOES = "(?:,?[k流]?[rhl]x)?"  # 流 is how 留 is mistyped


def _forms() -> tuple[tuple[re.Pattern[str], Made], ...]:
    front, back, end = "[fs]", "[lh]", "[lz]"
    again = f"(?:,?{front}?T[ash][OWI]?现?g?)?"
    table: list[tuple[str, Made]] = [
        (rf"{front}T(?:隐|隐?x隐?)[OW]{again}|{front}T[OW]隐{again}", not_before),
        (rf"[OW]{front}T隐{again}|[OW]隐{front}T{again}", later_seen),
    ]
    for spoken, made in (
        (f"{front}T", cut_front), (f"{back}T", cut_back), (f"{front}T,?{back}T", cut_both),
        (f"{back}T,?{front}T", cut_back_front), (f"(?:{front}{back}|{back}{front})cT", cut_both), (f"{front}cT{back}cT", cut_both),
        ("mT", cut_middle), ("To+T", cut_span), ("T[ash]", cut_after), (f"To+{end}", cut_after),
        (f"{front}o+T", cut_before), ("Tb", cut_before), ("Tf", cut_before),
    ):  # fmt: skip
        table.append((rf"(?:{_S}(?:x?{_S}{spoken},?x|x{_S}{spoken})|{spoken}{_S},?x)g?{_REST_STAYS}", made))
    table.append((rf"(?=.*x){_S}x?{front}x?Tx?,?x?{back}x?Tx?{_REST_STAYS}", cut_both))
    table.append((rf"(?=.*x){_S}x?{back}x?Tx?,?x?{front}x?Tx?{_REST_STAYS}", cut_back_front))
    table.append((rf"{_S}{back}Tx,?{front}Tx{_REST_STAYS}", cut_back_front))
    table.append((rf"{_S}x{front}T,?x{back}T{_REST_STAYS}", cut_both))
    table.append((rf"{_S}x?{front}T,?x?{back}Tx?{_REST_STAYS}|x?f,?x?lc?T", cut_both))
    for spoken, made in (
        (f"{front}T", keep_front), (f"{back}T", keep_back), ("mT", keep_middle), ("Ts?o+T", keep_span), ("T[ash]", keep_after),
        (f"To+{end}", keep_after), (f"{front}o+T", keep_front), ("Tb", keep_front), ("Tf", keep_front),
    ):  # fmt: skip
        s = "[FCMVOIW]?"
        table.append((rf"(?:{s}(?:k{s}{spoken}(?:k|g)?|{spoken}[kg]+)|{spoken}{s}[kg]+)g?{_REST_GOES}(?:,?fx)?", made))
    table.append((rf"[FCMVOI]?Ts?ko+T[kg]*{_REST_GOES}", keep_span))  # 从一分半留到四分钟
    table += [
        (r"F?(?:Ts|sT)x,?oT[zg]", keep_span), (r"F?T[ah]Tx|x?F?T[ah]T", cut_from_for), (r"[MOV]早T[z消]", cut_back),
        (r"C(?:Ts|sT|To?s?)(?:用|取|截|p|放|k)g?", from_its_second), (r"F?Tsp|FTsp?|pFTs|F?sTp|Tsp", cut_front), (r"F?p?o?Tz", cut_after), (r"[MVSO]zT|[MVSO]o?Tz|片?[MVSO][k只]?(?:p|放)?o+Tz|片?[MVSO][k只]?po+Tg?", cut_after), (r"[OW]T[ah]?隐|[OW]隐T[ah]", cut_after), (r"[MVSO]lTz", ends_before), (r"zT[MVSO]", cut_after),
        (rf"[CVOW]x?dT{_REST_STAYS}", shorter_by), (rf"[CVOW](?:x|d|截|裁)o+Tg?{_REST_STAYS}", to_length), (r"(?:x|d)[CVOW]o+Tg?", to_length),
        (rf"[CVOW]eT{_REST_STAYS}", longer_by), (r"[CFMVO]?(?:x|d|截|裁)o[k只]?fT[kg]?|(?:x|d)[CFMVO]o[k只]?fT", keep_front), (r"[CFMVO]?(?:x|d|截|裁)o[k只]?[lh]T[kg]?", keep_back), (r"[MVSO]T(?:p|放)o+Tg?|[MVSO]T(?:进来?|出来?|入|s|p),?Tz", keep_span), (r"[OW]T[sa]?(?:出来?|现),?o?T[z消隐]", seen_from_to), (r"OT[sa]?现g?", appears), (r"[CVOW]eo+T", to_length), (r"O(?:p|放)?oTg", until_or_long), (r"[CVOW]kT[kg]?|[CVOW]Tg+", to_length), (r"d[CVOW]T", shorter_by), (r"e[CVOW]T", longer_by), (r"O[lh]T现g?", keep_back), (r"[CVOW]e(?:一?会儿?|一?[些点]|久一?[些点])?,[放停留zpk]?Tg*", longer_to), (r"(?:x|d)?m?[CVOW](?:x|d|e)?(?:一?[些点])?,kT[kg]*|(?:x|d)?m?[CVOW](?:x|d|e)?(?:一?[些点])?,k?Tg+", to_length), (r"zTg?", to_length), (r"k?T[kg]+", to_length),
    ]  # fmt: skip
    return tuple((re.compile(form), made) for form, made in table)


_FORMS = _forms()
