"""Several things counted off at once in Chinese: 前两段, 最后三条字幕, 首尾两段, 第1和第3段, 第二到第四段, 第2、3张.

Each is named where the whole group stands, as "clips 1-3" is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.mention import Mention, kind_of_word
from reelscore.converse.numbers import value_of
from reelscore.converse.scene import Scene, Thing

_N = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_PAIR = {"俩": 2, "仨": 3}  # measure and number in one
_M = r"[个张段条句幅]"
_ONE = r"(?P<m>[个张段条句幅])"
_FRONT = re.compile(r"(?:最|开头|前|打|片)?[前头]|最?开头")
_TEXTS = ("title", "subtitle", "lower_third")
_KINDS = ("clip", "image", *_TEXTS, "text", "film")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = sorted(
        (w for w, kind in kind_of_word().items() if kind in _KINDS and w > "\u0250" and w not in ("字", "画面")),
        key=len,
        reverse=True,
    )
    kind = rf"(?:的?(?P<kind>{'|'.join(words)}|图))?"
    edge = r"(?P<edge>(?<![之以目当提往向])(?:最|开头|前)?[前头](?:面|边)?的?这?那?|(?:最后|最末|末尾|结尾|(?<![之以前然随背今往向落])后|末)(?:面|边)?的?这?那?)"
    joint = r" ?(?:、|,|和|跟|与|及|加|还有| ) ?"
    to = r" ?(?:到|至|-|~) ?"
    return (
        re.compile(rf"{edge}(?P<n>{_N}) ?(?P<m>{_M})(?!秒|小?节|半|字(?!幕)){kind}"),
        re.compile(rf"{edge}(?P<n>[俩仨])(?P<m>{_M})?{kind}"),
        re.compile(rf"(?P<both>[首头前][尾后]|开头(?:和|跟)?结尾)(?P<n>两|2|二)(?P<m>{_M}){kind}"),
        re.compile(rf"(?P<middle>中间|中部)的?(?P<n>{_N}) ?(?P<m>{_M})(?!秒|半){kind}"),
        re.compile(rf"(?P<centre>(?:最|正)?中间)的?(?:[那这]一?|一){_ONE}(?!秒|半|时间){kind}"),
        re.compile(
            r"(?:^|(?<=[,。;、把将]))(?P<centre>(?:最|正)?中间)的(?P<m>)(?:视频|片段|镜头|照片|图片?)?(?=(?:就|都|给我|直接)*(?:删|去掉|剪掉|不要|拿掉|扔|静音|放慢|加速|倒放|换|调|黑白|变|[移挪放搬剪加转静][到在掉成])|(?<=[频段头片图])(?=[,，。]|$))"
        ),
        re.compile(
            rf"(?P<single>最前|最开头|开头|打头|片头|最末|末尾|结尾|片尾|最后头?)(?:面|边)?的?[那这]一?{_ONE}(?!秒|半|时间|话){kind}"
        ),
        re.compile(rf"(?<![第前后头\d.间外这那])(?P<whole>{_N}) ?(?P<m>{_M})(?!秒|半){kind}(?=都|全|各)"),
        re.compile(
            rf"[这那](?P<whole>{_N}) ?(?P<m>{_M})的?(?P<kind>{'|'.join(words)})(?=都|全|[各每]|一[人个张段条][\d一二两三四五六七八九十半])"
        ),
        re.compile(rf"第 ?(?P<first>{_N}) ?{_M}?{to}第? ?(?P<last>{_N}) ?(?P<m>{_M})(?!秒|半){kind}"),
        re.compile(
            rf"(?:第 ?|(?<![\d.:一二三四五六七八九十百第]))(?P<list>{_N}(?:{joint}第? ?{_N}(?![\d.:%]))+) ?(?:[两三四2345二] ?)?(?P<m>{_M})(?!秒|半){kind}"
        ),
        re.compile(rf"第(?P<run>[一二三四五六七八九]{{2,3}})[两三]?(?P<m>{_M})(?!秒|半){kind}"),
        re.compile(
            rf"(?<![\d一二三四五六七八九十百第])(?P<run>[一二三四五六七八九]{{2,3}})[两三](?P<m>{_M})(?!秒|半){kind}"
        ),
    )


def groups(text: str, scene: Scene) -> Iterator[Mention]:
    """A mention for each thing of a group, all at the group's place; none where a number is one that nothing has."""
    if text.isascii() or not patterns.search(rf"{_M}|[俩仨]|中间的", text):
        return
    for pattern in _patterns():
        for match in pattern.finditer(text):
            held = match.groupdict()
            among = _among(held.get("kind") or "", held["m"] or "", scene)
            for thing in _picked(held, among):
                kind = next((k for k in _TEXTS if thing in scene.of(k)), thing.role)
                yield Mention(*match.span(), kind, thing.segment.id, among.index(thing) + 1, things=(thing,))


def _among(word: str, measure: str, scene: Scene) -> tuple[Thing, ...]:
    kind = kind_of_word().get(word, "")
    if not kind and measure and measure in "条句" and scene.of("subtitle"):
        kind = "subtitle"
    return scene.of("clip" if kind in ("", "film") else kind)


def _picked(held: dict[str, str | None], among: tuple[Thing, ...]) -> tuple[Thing, ...]:
    count = len(among)
    if held.get("centre"):
        return (among[count // 2],) if count % 2 else ()
    if held.get("whole"):  # 三段都剪成4秒, of three
        return among if int(value_of(held["whole"] or "") or 0) == count > 1 else ()
    if held.get("single"):
        return ((among[0] if _FRONT.match(held["single"] or "") else among[-1]),) if count else ()
    if held.get("both"):
        return (among[0], among[-1]) if count > 1 else ()
    if held.get("edge") or held.get("middle"):
        word = held["n"] or ""
        n = _PAIR.get(word) or int(value_of(word) or 0)
        if not 1 < n <= count:
            return ()
        if held.get("middle"):
            return among[(count - n) // 2 : (count + n) // 2] if (count - n) % 2 == 0 else ()
        front = _FRONT.match(held["edge"] or "") is not None
        return among[:n] if front else among[-n:]
    if held.get("first"):
        first, last = (int(value_of(held[name] or "") or 0) for name in ("first", "last"))
        return among[first - 1 : last] if 0 < first < last <= count else ()
    said = list(held.get("run") or "") or patterns.findall(_N, held.get("list") or "")
    numbers = [int(value_of(one) or 0) for one in said]
    if len(set(numbers)) < len(numbers) or len(numbers) < 2 or not all(0 < n <= count for n in numbers):
        return ()
    return tuple(among[n - 1] for n in numbers)
