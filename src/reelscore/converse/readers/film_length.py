"""How long the film shall be, said of it as it is: "too long. 15 seconds max", 太长了，一分钟以内, 15秒左右.

A length alone goes on about the last edit; one that limits, or follows a complaint, is the film's unless that edit was
about the length of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mentions import mentions
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.made_to_last import A_TEXT
from reelscore.converse.reading import Reading, action, step
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

_OF_ONE_THING = (
    "trim", "text_duration", "title", "subtitle", "lower_third", "text_style", "text_position", "text_animation",
    "fade_in", "fade_out", "freeze", "transition", "crossfade", "music_length", "picture_in_picture", "move",
)  # fmt: skip
_LEAD = r"(?:(?:ok(?:ay)?|hm+|and|but|so|well|no|still|now|oh|please|,) ?)*"
_BEFORE = re.compile(
    rf"\s*{_LEAD}(?P<wrong>(?:(?:it|that|this|(?:the|my) (?:video|film|movie|clip|whole thing|reel|ad)|[\w.]+ ?(?:s|secs?|seconds?|m|mins?|minutes?))(?:'s| is| are|s)? ?)?(?:still |way |a bit |much |far |just )*(?:too (?:long|short|much)|shorter(?: please| pls)?(?=,))(?: now| overall| for (?:tiktok|instagram|reels|shorts|me|that|this|it))?[.,;:! -]*)?"
    r"(?:(?:i need|it needs? to be|it (?:should|must|has to|can) be|needs? to be|should be|can be|must be|make it|cut it(?: down)?|keep it|(?:can|could) (?:we|you|u) |(?:get|bring|have|keep) (?:it|this|that|everything)(?: all)?(?: down)?|to|of|about|around|roughly|ideally|let'?s say|like|(?P<most>(?:cap|limit) (?:it|this|that|everything|the (?:whole )?(?:video|film|movie|reel|thing))(?: all)? (?:at|to)|under|below|at most|max(?:imum)?\.?|no more than|not more than|no longer than|up to|within|less than)) ?)*"
    r"|[,，]*(?:嗯|那|但是?|还是|现在)*(?P<wrong2>(?:[\d.一二两三四五六七八九十半]+(?:个半)?(?:秒|分)钟?半?|这个?|整个|整体|[\u4e00-\u9fff]{2}(?:的)?视频|视频|片子|影片|全片|时间|时长|还是|有点|现在|一共)*(?:(?:太|过|偏|有点)(?:长|短)[了啦]?|(?:再)?[短长]一?点)[,，。;； ]*)?"
    r"(?:(?:帮我|给我|麻烦|请|你|把它|给它)*(?:控制|剪|缩短?|压缩?|改|做|弄|剪辑|保持)(?:到|在|成)?|最好|大概|差不多|大约|要|就|总共|一共|(?P<most2>不要?超过|别超过|最多|不超过))*"
)
_AFTER = re.compile(
    r"(?P<about>(?: ?(?:max(?:imum)?|at most|tops|or so|or less|or under|roughly|in total|in all|all in all|all told|total|overall|altogether|long)(?![a-z]))*)(?: ?(?:would be|is|will be|should be|'s)? ?(?:enough|fine|good|ideal|perfect|better|plenty|please|pls|ok|okay))*[.! ]*"
    r"|(?P<about2>(?:左右|以内|之内|内|以下|上下|的样子))?(?:就行|就够了?|就好|够了|吧|为宜|好了|比较好|最好|。)*"
)


_WRONG = re.compile(
    r"(?:(?:it|that|this)(?:'s| is)? ?)?(?:still |way |a bit |much |far |make it |a little )*(?:too (?:long|short)|shorter|longer)(?: now| please| overall)*|(?:还是|有点|视频|片子|影片)*(?:太|有点|偏)[长短](?:了|吧)*|短一点|长一点"
)
_ENOUGH = re.compile(r"(?<![a-z])(?:enough|plenty)[.! ]*$|就?够了?[。!]*$")
_WILL_DO = re.compile(
    r"(?:秒|分|钟|半)(?:就行|就好|就可以|就够)(?:了|吧|。)*$"
)  # 一分十五秒就行, of nothing said before
_LIMITS = re.compile(r"(?<![a-z])(?:max(?:imum)?|at most|tops|or less|or under)(?![a-z])|以内|之内|以下|秒内|分钟内")


_SHAPED = Sieve(re.compile(r"[^,。;\d]{0,10}(?:抖音|快手|小红书|视频号|b站|[竖横]屏)[^;\d]{0,12}"))
_AT_MOST_ZH = re.compile(r"(?:最多|不超过|不要超过|控制在)")
_BY_SO_MUCH = re.compile(  # 整部片子再短5秒
    r"[,，请把让给]*(?:(?:整|全)(?:个|部|条|支|片|体)?)?(?:片子?|视频|影片|成片|短片|整体|总时长|总长)的?(?:时长|长度)?(?:要|得|还要|能不能|可以)?(?:再|要)?(?:(?P<less>[缩剪减]?短|[少减])|加?长|延长)(?:个|上|掉|了)?\ue000钟?(?:吧|就行|就好|。)*"
)


_IN_ALL = re.compile(r"[^,.;]{0,24}?(?<![a-z])(?:in (?:total|all)|all in all|all told|altogether|overall)(?![a-z])")


def _of_it_all(c: Clause, lead: str, length: Quantity) -> bool:
    """ "a promo out of these, 15 seconds in all": of the film, where nothing else was spoken of before."""
    if not _IN_ALL.match(c.text, length.end):
        return False
    before = [one.command if isinstance(one, Step) else one.name for one in c.around.before]
    if before and not set(before) & {*_OF_ONE_THING, "reorder", "add"}:
        return True  # "drop the intro, 25 seconds all in all"
    return not A_TEXT.search(lead) and all(m.kind in ("film", "pronoun", "all") for m in mentions(lead, c.scene))


def read(c: Clause) -> Iterator[Reading]:
    """The film brought to a length."""
    lengths = c.every("seconds")
    if len(lengths) != 1 or not c.scene.clips or c.quotes or len(c.text) > 60:
        return
    if isinstance(lengths[0].value, str) or lengths[0].value <= 0:
        return
    told = c.text[: lengths[0].start] + "\ue000" + c.text[lengths[0].end :]
    if not c.text.isascii() and (by := _BY_SO_MUCH.fullmatch(told.strip())):
        left = c.scene.duration + (-lengths[0].value if by["less"] else lengths[0].value)
        if left > 0:
            yield replace(step("fit_duration", 0.98, to=seconds(left)), whole=True)
        return
    lead = c.plain.text[: c.span[0]].strip(" ,.!，。")
    wrong_before = _WRONG.fullmatch(lead) is not None
    shaped = _SHAPED.fullmatch(lead) is not None and _AT_MOST_ZH.match(c.text) is not None
    if lead and not (wrong_before or shaped or _of_it_all(c, lead, lengths[0])):
        return
    if any(m.kind not in ("film", "pronoun") and not (m.bare and m.kind == "clip") for m in c.mentions):
        return
    before = _BEFORE.fullmatch(c.text, 0, lengths[0].start)
    after = _AFTER.fullmatch(c.text, lengths[0].end)
    if before is None or after is None:
        return
    wrong = before["wrong"] or before["wrong2"]
    enough = _ENOUGH.search(c.text) is not None
    if not (
        enough
        or wrong_before
        or (_WILL_DO.search(c.text) and not c.context.steps)
        or wrong
        or before["most"]
        or before["most2"]
        or (after["about"] or "").strip()
        or after["about2"]
    ):
        return
    last = next((one for one in reversed(c.context.steps) if isinstance(one, Step)), None)
    if enough and last is not None and last.command in ("cut_first", "cut_last"):
        return  # so much of it is enough to be cut
    thing, most = c.touched, lengths[0].value
    shorter = thing is not None and thing.segment.duration <= most < c.scene.duration
    if last is not None and last.command in _OF_ONE_THING and not (shorter and not c.text.strip().startswith("to ")):
        return  # of what was just made or cut, unless that is shorter anyway
    if c.around.focus and c.around.focus_kind == "clip":
        yield replace(step("trim", 0.98, which=c.around.focus, to=plain(lengths[0])), whole=True)
        return
    limits = before["most"] or before["most2"] or _LIMITS.search(c.text)
    if limits and c.scene.duration <= most:
        yield replace(action("status", 0.98), whole=True)  # short enough
        return
    yield replace(step("fit_duration", 0.98, to=plain(lengths[0])), whole=True)
