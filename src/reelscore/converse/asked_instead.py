"""A request of its own behind the sign of a correction: "the lake by 2 stops... no, just brighten the lake 20%",
"music at 30, scratch that, just mute it", 音乐调到30，算了，直接静音.

It takes the place of the last request before the sign; what was asked for before that one stays. Where it names nothing
it is about what that request was about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from reelscore.converse.clauses import pieces
from reelscore.converse.mention import Mention
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.pieces_weighed import ORDER
from reelscore.converse.quotes import MARK
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve

_LEAD = re.compile(
    r"\W*(?:(?:just|only|instead|please|pls|rather|simply|let'?s|better|can you|could you|i want (?:you )?to|do|well|maybe|so)[ ,]+)*"
)
_VERB = re.compile(r"[a-z]+")
_BESIDE = re.compile(r"(?<![a-z])(?:also|too|as well|and|then|another|additionally)(?![a-z])|也|还有|另外|再加|顺便")
_VERB_ZH = re.compile(
    r"[ ,]*(?:直接|干脆|还是|就|是|那就|那|应该是?|改成|改为|给我|帮我)*(?P<only>[只仅](?:要|需)?)?(?:(?P<whole>[把将](?=[^,。;]*[\u4e00-\u9fff]{2})|(?:全部|全都|所有|整个|整部|统统)[^,。;]{0,6}?(?:静音|删|去掉|关|加速|放慢|倒放|调|变|黑白|剪|裁))|(?P<verb>静音|删|去掉|关掉|打开|加速|放慢|减速|倒放|镜像|定格|旋转|翻转|淡入|淡出|调[亮暗]|变[亮暗]|黑白|导出|剪|裁|留|保留|恢复))"
)
_PRONOUN = re.compile(r"(?<![a-z])(?:it|them)(?![a-z'])|(?<![a-z])(?:that|this)(?= *(?:instead|please|[.!]|$))")
_PRONOUN_ZH = re.compile(r"它们?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_IDLE_ZH = re.compile(r"(?:直接|干脆|还是|就|是|那就|那|应该是?|改成|改为|[ ,])+")


def plainly(plain: Plain, sign: re.Match[str], said: str, scene: Scene) -> bool:
    """Is it an order with a verb that was not said before, for what was spoken of before it? Such an order is no amount
    or name to be put in the place of another."""
    left = plain.text[: sign.start()]
    if _HAN.search(said):
        verb = _VERB_ZH.match(said)
        new = verb is not None and (verb["whole"] or verb["only"] or verb["verb"] not in left)
        return bool(new) and not _BESIDE.search(said)
    lead = _LEAD.match(said)
    at = lead.end() if lead else 0
    verb = _VERB.match(said, at)
    if verb is None or ORDER.match(said[at:]) is None or _BESIDE.search(said):
        return False
    if verb[0] in ("make", "set", "put", "move", "change", "use", "give", "let", "have", "get"):
        return False  # with these something is told anew of what was asked for
    if re.search(rf"(?<![a-z]){verb[0]}", left):
        return False
    told, named = _told(left, scene), _told(said, scene)
    things = {t.segment.id for m in told for t in m.things}
    same = any(t.segment.id in things for m in named for t in m.things)
    return same or (bool(told) and _PRONOUN.search(said) is not None)


def with_its_thing(plain: Plain, sign: re.Match[str], scene: Scene) -> str:
    """What is asked for instead, as typed, with the thing that "it" stood for, or that it leaves out."""
    text = plain.original[plain.at[sign.end()] :]
    told = _told(plain.text[: sign.start()], scene)
    if not told:
        return text
    thing = plain.original[plain.at[told[-1].start] : plain.at[told[-1].end]]
    if not _HAN.search(plain.text):
        return _PRONOUN.sub(lambda _: thing, text, count=1)
    if _PRONOUN_ZH.search(text):
        return _PRONOUN_ZH.sub(lambda _: thing, text, count=1)
    right = plain.text[sign.end() :]
    if any(m.things or m.every for m in mentions(right.replace(MARK, " "), scene)) or MARK in right:
        return text
    idle = _IDLE_ZH.match(text)
    return f"{thing}{text[idle.end() if idle else 0 :]}"


def before_it(plain: Plain, sign: re.Match[str], speaks: Callable[[str], bool]) -> str:
    """What was asked for before the request that is taken back, as typed."""
    left = plain.text[: sign.start()]
    cut = 0
    for n, piece in enumerate(reversed(pieces(left))):
        cut = piece.start
        if piece.strong or n > 3 or speaks(plain.original[plain.at[piece.start] : plain.at[piece.end]]):
            break
    return plain.original[: plain.at[cut]].rstrip()


_NEVER = re.compile(  # the repeats are bounded: a long run of signs must not be tried from each of them to its end
    r"[,.;!?\n( -]{1,4}(?:(?:oh|no|actually|hm+|wait|ok|um+|well)[, ]{1,3}){0,4}(?:never ?mind|forget(?: about)?|skip|scratch|leave) (?=the |my |[a-z0-9])|[,。;!? ]{1,4}(?:哦|嗯|不对|等等|,){0,4}(?:还是)?(?:算了,?)(?:还是)?(?:不要|别弄|不弄|别管|别要|不用(?:弄|管)?|别动)"
)
_LEFT = Sieve(re.compile(r"never ?mind|forget|skip|scratch|leave|算了"))
_DO = re.compile(
    r"(?:[\s,.;!-]|(?:just|do|take|use|try|go for|go with|it'?s|i mean|make it|with|rather|instead|but|only|the)(?= )|了|吧|弄|换成?|改成?|用|做|搞|要|给|是|就|[，。；])*"
)


def of_another(plain: Plain, scene: Scene) -> tuple[int, int, int] | None:
    """ "speed up the drone, never mind the drone, do the lake": where the old thing's sentence ends, and where what is
    wanted begins and ends; None where no thing that was spoken of is left for another."""
    if not _LEFT.search(plain.text):
        return None
    for sign in _NEVER.finditer(plain.text):
        left, right = plain.text[: sign.start()], plain.text[sign.end() :]
        before, behind = _told(left, scene), _told(right, scene)
        if not before or len(behind) < 2 or behind[0].start > 4 or not behind[0].things:
            continue
        if not {t.segment.id for t in behind[0].things} <= {t.segment.id for m in before for t in m.things}:
            continue
        gap = _DO.match(right, behind[0].end)
        if gap and gap.end() >= behind[1].start - 1 and re.search(r"[,.;!，。；-]", gap[0]):
            return sign.start(), sign.end() + behind[1].start, sign.end() + behind[1].end
    return None


def _told(text: str, scene: Scene) -> list[Mention]:
    return [m for m in mentions(text.replace(MARK, " "), scene) if m.kind not in ("pronoun", "all", "film")]
