"""What stands beside an order in Chinese and only tells why: 感觉过曝了|亮度恢复原样, 标题晚两秒出来|现在一开头就糊脸上了.

A piece that finds something wrong and orders nothing is no wish of its own there, unless it names another thing than the
order does (画面亮一点，字太小了). Bare words of taste behind a text (标题红色的，喜庆) ask for no music either.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.pieces_weighed import a_complaint
from reelscore.converse.questions import SURE
from reelscore.converse.sieves import Sieve

_FAULT = Sieve(
    re.compile(
        r"太|过于|过[曝亮暗]|曝光|[看听读认]不(?:太|大)?(?:清楚?|见|到|出来|懂)|看着[^,。]{0,4}[累晕烦]|(?<!模)糊|[挡遮](?!罩)|盖[住过]|刺眼|晃眼|扎眼|伤眼|碍眼|难看|突兀|生硬|单调|干巴|冷清|不(?:对(?!称)|平衡|好看|协调|搭|明显|清楚|自然|够|合适|舒服)"
        r"|听着|催眠|没(?:什么|啥)?必要|多余|没用(?!过|完|上)|用不着|没(?:感觉|气氛|氛围|劲)|[丑土乱怪吵闷]|就没了|一闪|显得"
    )
)
_ORDER = re.compile(
    r"[把将让请帮调改换移剪删裁加弄写设]|配(?![音乐])|导出|给我|放[大慢到在上]|去[掉除了]|别|不要|不用|不能|(?<!必)[要想](?!是)|能不能|可不可以|可以|应该|最好|静音|关[掉了]|恢复|取消|一[点些儿下](?:吧|呗|啊)?$|点(?:吧|呗|啊)?$|\ue000"
)


_OF_TEXTS = ("title", "subtitle", "lower_third", "change_text", "text_style", "text_position", "text_animation")


_COMPARED = re.compile(r"(?:太|有一?点儿?|偏|过于)[大小亮暗响轻快慢长短高低]")


def only_told_zh(c: Clause) -> bool:
    """Does it say what is wrong, and order nothing?"""
    text = c.text.strip(" ,.。!！~")
    return not c.quotes and not c.quantities and _FAULT.search(text) is not None and _ORDER.search(text) is None


def tells_why_zh(before: Read, alone: Read) -> bool:
    """Does the second piece only tell why the first is asked for?"""
    if not _asks(before, STANDS) or alone.held or only_told_zh(before.clause) or a_complaint(before):
        return False
    if _COMPARED.search(alone.clause.text) and names_of(alone) not in ([""], names_of(before)):
        return False  # 人名条在左下角,字太大了
    return only_told_zh(alone.clause) and _of_the_same(alone, before)


def why_first_zh(before: Read, alone: Read) -> bool:
    """Does the first piece, which is not read, only tell why the second is asked for?"""
    if not _asks(alone, SURE) or before.held or only_told_zh(alone.clause):
        return False
    named = {m.said for m in before.clause.mentions if m.things or m.kind in ("film", "all")}
    told = {m.said for m in alone.clause.mentions}
    if names_of(alone) in (["remove"], ["remove_text"]):
        told.add(str(args_of(alone).get("which")))  # 字幕没必要,拿掉
    if named and names_of(alone) != ["generate_music"] and named.isdisjoint(told):
        return False  # 徒步那段风声太大了,把它原声关掉
    if before.best is None and _IS_THERE.search(before.clause.text) and _same_amounts(before, alone):
        return True
    guess = before.best is None or (names_of(before) == ["generate_music"] and before.best.score <= STANDS)
    return guess and only_told_zh(before.clause)


_IS_THERE = Sieve(re.compile(r"(?:都|全|一直|还|就)是?在|都是|全是|没(?:什么|啥|有)"))


def _same_amounts(told: Read, wish: Read) -> bool:
    """前面两分钟都在调设备|直接从2分钟开始: what lies in the stretch that the order is about."""
    of = {q.value for q in told.clause.quantities}
    return bool(of) and of <= {q.value for q in wish.clause.quantities} and _of_the_same(told, wish)


def of_its_taste(before: Read, alone: Read) -> bool:
    """Is it only of which taste a text or the music shall be: 加个标题|简单一点, 标题红色的|喜庆, 音乐有点悲伤|开心点?"""
    c = alone.clause
    if before.held or alone.best is None or c.quantities or c.mentions or len(c.text.strip(" ,.。")) > 8:
        return False
    if args_of(before).get("direction") and names_of(before) == ["change_music"] and _HOW_INSTEAD.fullmatch(c.text):
        return _FOUND_WRONG.search(before.clause.text) is not None and any(w.kind == "mood" for w in c.wishes)
    texts = before.clause.mention("title", "subtitle", "lower_third", "text") or names_of(before)[0] in _OF_TEXTS
    if not texts or before.clause.mention("music") or c.has("music_noun"):
        return False
    if any(w.kind in ("instrument", "genre", "role") and not w.idle for w in c.wishes):
        return False
    name = names_of(alone)
    pace = args_of(alone).get("direction") in ("faster", "slower")
    return name == ["generate_music"] or (name == ["change_music"] and not pace)


_FOUND_WRONG = re.compile(r"太|有点|有些|过于|偏")
_HOW_INSTEAD = re.compile(
    r"[\s,，]*(?:我?想要?|希望|最好|应该|要)?(?:更|再)?[\u4e00-\u9fff]{2,4}?一?[点些](?:的|儿|吧|。|!)*"
)


def _asks(read: Read, least: float) -> bool:
    return not read.held and read.best is not None and bool(read.best.asked) and read.best.score >= least


def _of_the_same(told: Read, wish: Read) -> bool:
    """Is nothing found wrong with another thing than the wish is about?"""
    about = {t.segment.id for m in wish.clause.mentions for t in m.things}
    of = {t.segment.id for m in told.clause.mentions if m.kind not in ("pronoun", "film", "all") for t in m.things}
    return of <= about
