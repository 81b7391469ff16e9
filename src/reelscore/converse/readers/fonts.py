"""Which font is named, in Latin letters or Chinese."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.reading import TEXT_KINDS
from reelscore.converse.sieves import Sieve

_FONTS = re.compile(
    r"(?:font(?: called| named)?(?: to| is| should be|:|,)?|typeface|字体(?:换成|改成|改为|用|为|设为|设成)?|use|用|in)\s+(?:(?:white|black|red|green|blue|yellow|orange|pink|purple|gold|bold|italic|big|large|small) )*:?\s*([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)
_KNOWN_FONTS = re.compile(
    r"(?<![a-z])(?:arial(?: black)?|helvetica(?: neue)?|georgia|times new roman|courier(?: new)?|comic sans(?: ms)?|futura|garamond|verdana|tahoma"
    r"|roboto(?: mono| slab)?|open sans|montserrat|poppins|oswald|pacifico|lobster|bebas(?: neue)?|playfair(?: display)?|raleway|noto (?:sans|serif)"
    r"|gill sans|avenir|baskerville|didot|rockwell|century gothic|trebuchet|papyrus|dancing script|dejavu (?:sans|serif)(?: mono)?|source sans|ubuntu mono)(?![a-z])",
    re.I,
)
FONTS_ZH = Sieve(
    re.compile(
        r"(?:思源|方正|华文|微软|站酷|阿里|汉仪|优设|仿)?(?:宋体|黑体|楷体|圆体|隶书|仿宋|雅黑|手写体|行书|草书|行楷|魏碑|幼圆|苹方|综艺体|娃娃体|卡通体|少女体|标题黑)"
    )
)


def _beside_quotes(c: Clause) -> str:
    """The words as they were typed, without what the text shall say: it is no name of a font."""
    parts, at = [], 0
    for quoted in c.quotes:
        parts.append(c.said(at, quoted.start))
        at = quoted.end
    return " ... ".join([*parts, c.said(at)]) if parts else c.said()


_FEEL = (  # what a font shall be like
    ("handwritten", r"cute|playful|fun(?:ny|ky)?|casual|friend(?:ly|lier)|cosy|personal|romantic|whimsical|childlike|hand-?made|可爱|俏皮|活泼|童趣|文艺|浪漫|手写"),
    ("serif", r"elegant|classic(?:al|y)?|fanc(?:y|ier)|posh|traditional|old-?fashioned|wedding|book-?like|优雅|高级|古典|复古|古风|典雅"),
    ("sans-serif", r"clean(?:er)?|modern|simple[r]?|minimal(?:ist)?|plain(?:er)?|sober|professional|readable|legible|简洁|简约|现代|干净|正式|清爽"),
    ("monospace", r"tech(?:y|no|ie)?|code-?like|typewriter|hacker|科技|打字机"),
)  # fmt: skip


def _felt(c: Clause) -> str | None:
    """ "something cute": the generic font that comes nearest."""
    if patterns.search(r"(?<![a-z])(?:too|less|not)(?![a-z])|太|别|不", c.text):
        return None
    return next((name for name, words in _FEEL if patterns.search(rf"(?<![a-z])(?:{words})(?![a-z])", c.text)), None)


def font_of(c: Clause) -> str | None:
    """The font a clause names, as its author typed it."""
    return _named(c) or (_felt(c) if c.has("font") and not c.quotes else None)


def _named(c: Clause) -> str | None:
    if (c.mention(*TEXT_KINDS) or c.has("font")) and (face := FONTS_ZH.search(c.text)):
        return c.said(*face.span())
    of_letters = c.mention(*TEXT_KINDS) or c.has("font") or c.around.focus_kind in ("text", *TEXT_KINDS)
    if of_letters and (face := _KNOWN_FONTS.search(c.text)):  # "make the title pop in and use Montserrat"
        typed = c.said(*face.span())
        return " ".join(word.capitalize() for word in typed.split()) if typed.islower() else typed
    if generic := patterns.search(
        r"(?<![a-z])(serif|sans(?:-| )?serif|sans|monospace|mono|script|handwrit(?:ing|ten)) font|font .{0,12}(serif|monospace|handwritten)|(?:字体)?.{0,4}(衬线|无衬线|手写)体",
        c.text,
    ):
        return next(group for group in generic.groups() if group)
    if c.mention(*TEXT_KINDS) and (
        face := patterns.search(r"(?<![a-z])(serif|sans[- ]serif|monospaced?|handwritten)(?![a-z])", c.text)
    ):
        return "monospace" if face[1].startswith("mono") else face[1]
    if not (c.has("font") or c.mention(*TEXT_KINDS) or patterns.search(r"\b(?:use|in)\b|用", c.text)):
        return None
    said = _beside_quotes(c)
    found = _FONTS.search(said)
    if (
        found
        and (c.has("font") or c.mention(*TEXT_KINDS))
        and not patterns.match(
            r"(?:Bold|Italic|Red|White|Black|The|A|[Bb]igger|[Ss]maller|[Ll]arger|big|small|large|thicker|thinner|bolder|nicer|different)\b",
            found[1],
        )
    ):
        return found[1]
    if c.has("font") and (
        behind := patterns.search(
            r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) (?:font|字体)|font (?!(?:bigger|smaller|larger|bolder|thicker|thinner|nicer|size|up|down|colou?r|please|pls)(?![\w-]))([\w-]+)$|字体 ?(?:换成|改成|改为|用)? ?([\w\u4e00-\u9fff-]+体)",
            said,
        )
    ):
        return next(group for group in behind.groups() if group)
    if (
        c.mention(*TEXT_KINDS)
        and (face := patterns.search(r"用([\u4e00-\u9fff]{1,3}体)(?!字)", said))
        and not face[1].endswith(("粗体", "斜体"))
    ):
        return face[1]
    if c.has("font") and (named := patterns.search(r"(?:换成|改成|用|改为)([\u4e00-\u9fff]{1,4}体)", said)):
        return None if named[1].endswith(("粗体", "斜体", "字体")) else named[1]
    return None
