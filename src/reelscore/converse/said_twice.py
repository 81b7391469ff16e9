"""One thing said twice: 自拍selfie那段, 第三张那个狗的照片, "the clip with the lake in it"; and 字幕全部, all of what stands before."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from reelscore.converse.mention import Mention
from reelscore.converse.tables import table

_CLIPS = ("clip", "film", "image")
_TEXTS = ("title", "subtitle", "lower_third", "text")


def _said_twice(text: str, found: tuple[Mention, ...]) -> list[Mention]:
    made: list[Mention] = []
    for mention in found:
        if made and (one := _as_one(text, made[-1], mention)) is not None:
            made[-1] = one
        else:
            made.append(mention)
    return made


def _as_one(text: str, last: Mention, mention: Mention) -> Mention | None:
    """Two mentions side by side as one, where they name one thing; None where they are two."""

    def between(gap: re.Pattern[str]) -> bool:
        return gap.fullmatch(text, last.end, mention.start) is not None

    alone = len(last.things) == 1
    if alone and last.things == mention.things and (between(_TWICE) or between(_NEAR)):
        placed = last.nth is not None and text[last.start - 1 : last.start] in ("放", "排", "到", "在", "成")
        return None if placed else replace(mention, start=last.start)
    if mention.bare and mention.kind in _CLIPS:
        if last.kind == "name" and (between(_WHOLE_OF_IT) or text[last.end : mention.start + 1] in ("这", "那")):
            return replace(last, end=mention.end)  # drone 整个片段, closeup那个clip
        if last.kind == "name" and between(_SO_MANY):
            return last  # 狗和花园两张照片
        numbered = alone and last.nth is not None and last.kind in ("clip", "image") and mention.kind != "film"
        if numbered and between(_DESCRIBED):
            return replace(last, end=mention.end)  # 第三张那个狗的照片
    if mention.bare and mention.kind in _TEXTS and alone and last.things[0].role == "text" and between(_THAT_TEXT):
        return replace(last, end=mention.end)  # told you 的那条字幕
    if last.bare and last.kind in ("clip", "image") and mention.kind == "name" and mention.things:
        with_it = between(_WITH_IT) and not _EXCHANGED.search(text)
        if between(_OF_IT) or _IN_IT.match(text, mention.end) or with_it:
            return replace(mention, start=last.start)  # the clip lake, the clip with the lake in it
    named = len(mention.things) == 1 and mention.things[0].role == "text" and not mention.bare
    if last.bare and last.kind in _TEXTS and named and between(_OF_TEXT):
        return replace(mention, start=last.start)  # 字幕told you
    if mention.kind == "pronoun" and mention.start <= last.end and text[mention.start : mention.start + 1] in "那这":
        return last
    return None


_WHOLE_OF_IT = re.compile(r" ?(?:整个|整段|这个?|那个?|这一|那一|的|这段|那段|全段)+")
_SO_MANY = re.compile(r"[这那]?[两二三四五几俩](?:个|张|段|条)")
_NEAR = re.compile(r"[\u4e00-\u9fff]{1,4}(?<![和跟与到放排移挪摆在成])")
_DESCRIBED = re.compile(r"[那这]?(?:个|张|段|条)?[\u4e00-\u9fff]{0,5}的")
_OF_IT = re.compile(
    r"[ (]*(?:(?:of|called|named|showing|featuring|that shows|the|my|our|his|her|del?|du|da|do) ?)*[(\"']*"
)
_WITH_IT = re.compile(
    r" (?:with|from|at|about|that has|where we see|where you see|that'?s|which is) (?:the |my |our )?"
)
_EXCHANGED = re.compile(
    r"(?<![a-z])(?:replace|swap|switch|exchange|trade|change|substitute|cover|start|begin|end|sync|match)"
)
_IN_IT = re.compile(r" (?:in|on) (?:it|there)(?![a-z])")
_THAT_TEXT = re.compile(r" ?(?:的|那|这|就是)(?:那|这)?(?:几|一)?(?:个|条|行|句)?")
_OF_TEXT = re.compile(r"[ :里的那句条]*")
_TWICE = re.compile(r"(?:的|那|这|个|段|张|条|行|句|镜头|照片|片段|视频|就是|,| )*")


def all_of_them(text: str, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """字幕全部加粗: all of what stands before, and not everything there is."""
    made = _said_twice(text, found)
    found = tuple(made)
    for one, two in pairwise(found):
        gap = text[one.end : two.start].strip()
        if (
            two.kind != "all"
            or text[two.start : two.start + 1].isascii()
            or len(gap) > 2
            or one.kind in ("all", "pronoun")
        ):
            continue
        made.remove(two)
        if one.bare and one.kind not in ("film", "own", "audio", "music"):
            said = "all clips" if one.kind == "clip" else f"all {table('kinds')[one.kind]['as']}s"
            made[made.index(one)] = replace(one, said=said, every=True)
    return tuple(made)
