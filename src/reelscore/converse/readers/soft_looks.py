"""A picture that shall be softer: "make the picture softer", "brighter | and a bit softer", 画面柔和一点.

It is the glow of the dreamy look, at half its strength. Where neither the picture nor a look is spoken of, "softer" is of
what is heard, and read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause
from reelscore.converse.readers.levels import softer_look
from reelscore.converse.reading import PICTURE_KINDS, Reading, steps, targets
from reelscore.values.command import Step

_SOFTER = re.compile(
    r"[ ,.!]*(?:(?:and|also|then|but|make|have|give|keep|it|this|that|everything|them|all|the|a|an|bit|little|touch|tad|slightly|more|some|much|still|maybe|should|be|look|looks|looking|picture|pictures|image|footage|video|film|movie|shots?|clips?|photos?|whole|thing|one|please|can|you|could|i|want|would|like|of|on|in|colou?rs|light|lighting) *)*"
    r"(?:soft(?:er|ness)?|soften)(?: (?:it|this|that|the|look|light|lighting|image|picture|video|colou?rs|please|too|feel|overall|now|up|a|bit|little))*[ .!]*"
    r"|[ ,]*(?:再|也|都|更|要|得|画面|光线|光|整体|整个|颜色|色调|色彩|镜头|影片|视频|照片|片段|把|让|稍微|给|看起来|弄|调|变|看着|那段|这段|段|的)*柔(?:和|软|美)?(?:一?点儿?|一些|些|一下)(?:吧|就好|。)*"
)
_SEEN = re.compile(
    r"(?<![a-z])(?:looks?|looking|light|lighting|colou?rs)(?![a-z])|soften (?:the )?(?:picture|image)|画面|光线|颜色|色[调彩]|看起来"
)
_HALF = 50  # per cent of the look


def softened(c: Clause) -> Iterator[Reading]:
    """The dreamy look on what is named, on the film where the picture is spoken of, or beside the look before it."""
    if ("soft" not in c.text and "柔" not in c.text) or c.quotes or c.quantities:
        return
    text = c.text
    named = [m for m in c.mentions if m.kind in PICTURE_KINDS or m.kind == "name"]
    for start, end in sorted({(m.start, m.end) for m in named}, reverse=True):
        text = text[:start] + text[end:]
    if len(named) < len([m for m in c.mentions if m.kind not in ("pronoun", "film", "all")]):
        return
    last = c.context.steps[-1] if c.context.steps else None
    after = last if isinstance(last, Step) and last.command == "filter" and not c.around.before else None
    looked = softer_look(c) or after is not None
    seen = looked or c.has("whole_picture") or _SEEN.search(c.text) or any(m.kind in ("clip", "image") for m in named)
    if seen and _SOFTER.fullmatch(text):
        which: list[str | None] = [*targets(c, PICTURE_KINDS)] or [None]
        if after and not named:
            which = [str(dict(after.args).get("which") or "") or None]
        yield steps("filter", 0.955, which, name="dreamy", amount=_HALF)
