"""Other words for a text that is there, said without quotes: "replace the title text with: Coming Soon", "subtitle says
Hello there, make it Hello everyone", 字幕写的是Hello there,改成大家好.

The new words are marked out as a quotation, and what links them to the text is said as "to say", which reads as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse.content_ends import words_end
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.own_words import mark_of
from reelscore.converse.quotes import MARK, Quoted, is_style
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.typos import told_words

_KIND = r"(?:titles?|headline|heading|subtitles?|captions?|lower[ -]third|name ?tag)"
_OWN = r"[\ue100-\ue6ff]+"
_TEXT = rf"(?:{_KIND}(?:'s)?(?: (?:text|words|wording|line))?|(?:text|words?|wording|lettering) (?:of|in|on) (?:the |my )?(?:{_KIND}|{_OWN})|{_OWN}(?: {_KIND}| line| text)?|text at the (?:very )?(?:end|start|beginning)|(?:last|first) text)"
_MAKE = r"(?:make|change|turn|set|rename|switch|correct|fix|update) (?:it|that|this)(?: (?:to|into|as|say|read|to say|to read|be))?"
_LINKS = Sieve(
    re.compile(
        rf"(?<![a-z])(?:replace|change|rename|reword|edit|update|set|swap|turn) (?:the |my |our )?(?:words? (?:of|in) (?:the |my )?)?{_TEXT}(?P<link1> (?:with|to|into|by|for|as)(?: (?:say|read))?:? )(?=\S)"
        rf"|(?<![a-z])(?:the |my |our )?(?:{_KIND} )?(?:that )?(?:(?:says|reads|is) )?{_OWN}(?P<link2>[,;:]? (?:but |and |please |so |should be |it should be )*{_MAKE}:? )(?=\S)"
        rf"|(?:^|(?<=[.,;] )|(?<=and ))(?:the |my |our )?{_TEXT}(?P<link3>:? {_MAKE}:? )(?=\S)"
        rf"|(?:^|(?<=[.,;] )|(?<=and ))(?:the |my |our )?(?:first|second|third|fourth|last|1st|2nd|3rd|4th) {_KIND}(?P<link5> ?: )(?=\S)"
        rf"|(?:^|(?<=[.,;] )|(?<=and ))(?:the |my |our )?{_TEXT}(?P<named> (?:should (?:just |now |really )?be|must be|has to be|needs to be|to|into|=|->|is supposed to be):? )(?=\S)"
        rf"|(?<![a-z])(?:the |my |our )(?P<of>{_TEXT}) [^.;\ue000]{{1,60}}?(?P<named2>[,;] (?:so |but |please |just )*(?:(?<=just )say|make it|call it|it should (?:be|say|read)|let it say) )(?=\S)"
        rf"|(?<![a-z])(?:the |my |our ){_TEXT}(?P<link4> (?:is now|should now (?:be|say|read)|becomes|is to be|ought to be(?: called)?):? )(?=\S)"
    )
)
_LINKS_ZH = Sieve(
    re.compile(
        rf"(?:标题|字幕|文字|片名|人名条|名条)?(?:现在)?(?:写的?|上面写的?|说的?)?(?:着|是)?{_OWN}(?: ?这?[句行条个]?(?:字幕|标题|字)?)?(?P<link1>[,，]?(?:给我|帮我|请|要|都)*(?:改成|换成|改为|换为|改叫|改名叫?|改作|翻译?成(?:[中英日韩法德俄][文语](?=[ :：])|(?![中英日韩法德俄西粤])))[ :：]*)(?=\S)"
        r"|(?:标题|字幕|片名|人名条|名条)(?:上|里)?的?(?:文字|字|内容|文案|词)(?P<link2>(?:给我|帮我|请|要|都)*(?:改成|换成|改为|换为|写成|改作)[:：]?)(?=\S)"
    )
)
_INSTEAD = Sieve(
    re.compile(
        rf"(?:^|(?<=[.,;] ))(?:please )?(?:say|write|put|use|have|(?:call|name|title|rename|make|let|have) (?:it|that|this|the {_KIND})(?: to)?(?: (?:say|read))?) (?P<words>[^,.;\ue000-\ue6ff]{{2,60}}?) (?:instead of|rather than|in place of) {_OWN}"
        rf"|(?:^|(?<=[.,;] ))(?:instead of|rather than|in place of) (?:the (?:words? )?)?{_OWN},? (?:please )?(?:say|write|put|use|have|let it say)(?: it)? (?P<after>[^,.;\ue000-\ue6ff]{{2,60}})"
    )
)
_NO_WORDS = re.compile(
    r"(?:it|that|this|them|the same|something|another|bigger|smaller|bold|italics?|left|right|top|bottom|centre|center|upper|lower|middle|\d+[\d.]* ?(?:%|s|sec|seconds?|px)(?! off))(?![a-z'])|[大小粗斜红白黑黄蓝绿粉金灰橙紫上下左右居中第更别什\d]|字体|颜色|一[种个点些]"
)


def reworded_as(before: str, plain: Plain, quotes: Sequence[Quoted], scene: Scene) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with the new words of a text marked out; unchanged where they are quoted, or none are said.
    `before`: its text as it was before any quotation was lifted."""
    texts = scene.of("text")[:40]
    if not texts or len(quotes) > 1 or any(q.marked for q in quotes):
        return plain, tuple(quotes)
    text, read = _with_what_is_there(before, plain, quotes, texts)
    if quotes and not read:
        return _said_shorter(before, plain, quotes[0])
    if (found := _INSTEAD.search(text)) is not None:
        start, end = found.span("words" if found["words"] else "after")
        link = None
        if found["words"]:
            text = text[: found.start()] + "say".ljust(start - found.start()) + text[start:]  # "call it ... instead of"
        else:
            text = re.sub(
                "^.*?(?= the| [\ue100-\ue6ff])", lambda m: "change".ljust(len(m[0])), text[found.start() : start]
            ).join((text[: found.start()], text[start:]))
            text = re.sub("[a-z, ]+$", lambda m: " to".ljust(len(m[0])), text[:start]) + text[start:]
    else:
        found = _LINKS.search(text) or (_LINKS_ZH.search(text) if not text.isascii() else None)
        if found is None:
            return plain, tuple(quotes)
        link = next(found.span(name) for name, said in found.groupdict().items() if said and name != "of")
        start = link[1]
        end = words_end(text, start, scene)
        if not text.isascii() and (stop := re.search(r"[,，。;；!！]|(?:就行|就好|吧|谢谢)$", text[start:end])):
            end = start + stop.start()
    typed = plain.said(start, end)
    if link is not None and (found.groupdict().get("named") or found.groupdict().get("named2")) and not _written(typed):
        return plain, tuple(quotes)
    if end <= start or _NO_WORDS.match(text, start, end) or (is_style(text[start:end]) and not _titled(typed)):
        return plain, tuple(quotes)
    if MARK in text[:end]:
        return plain, tuple(quotes)
    made = text[:start] + MARK * (end - start) + text[end:]
    if link is not None and found.groupdict().get("named2"):
        made = blanked(made, found.end("of"), link[0])  # "the title could be shorter, just say ..."
    if link is not None and link[1] - link[0] >= 8 and made.isascii() is False and not _EASTERN.search(text):
        made = made[: link[0]] + " to say".ljust(link[1] - link[0]) + made[link[1] :]
    elif link is not None and not found.groupdict().get("link5"):
        made = made[: link[0]] + re.sub(r"[,，;:]", " ", made[link[0] : link[1]]) + made[link[1] :]
    return plain.with_text(made), (Quoted(start, end, typed, False),)


def _with_what_is_there(
    before: str, plain: Plain, quotes: Sequence[Quoted], texts: Sequence[Thing]
) -> tuple[str, bool]:
    """The text with the words of a text that is there as its mark, where they are told as what it says."""
    text = plain.text
    for quoted in quotes:
        text = text[: quoted.start] + before[quoted.start : quoted.end] + text[quoted.end :]
    for n, thing in enumerate(texts):
        content = thing.segment.text.content.lower() if thing.segment.text else ""
        at = text.find(content) if len(content) > 1 else -1
        if at >= 0 and _SAYS.search(text, max(0, at - 24), at):
            marked = text[:at] + mark_of(n) * len(content) + text[at + len(content) :]
            if (_LINKS if text.isascii() else _LINKS_ZH).search(marked):
                return marked, True
    return plain.text, False


def _said_shorter(before: str, plain: Plain, quoted: Quoted) -> tuple[Plain, tuple[Quoted, ...]]:
    """ "title: make it Neon Nights": what is to be done is none of the words."""
    found = _MADE.match(before, quoted.start, quoted.end)
    if found is None or not _TITLE_BEFORE.search(before[: quoted.start]):
        return plain, (quoted,)
    text = plain.text[: quoted.start] + before[quoted.start : found.end()] + plain.text[found.end() :]
    return plain.with_text(text), (Quoted(found.end(), quoted.end, plain.said(found.end(), quoted.end), False),)


_MADE = re.compile(rf"{_MAKE}:? ")
_TITLE_BEFORE = re.compile(rf"(?:^|[.,;] |(?<![a-z])(?:the|my) ){_KIND}(?: text)? ?: ?$")
_SAYS = re.compile(r"(?:says?|said|reads?|is|写的?是?|写着|说的?是?)[:： ]*$")


def _written(typed: str) -> bool:
    """Words as they stand on a picture, and no look or place: "Oma wird 80"."""
    plainly = typed[:1].isupper() and not is_style(typed.lower())
    return plainly and (" " in typed or typed.lower() not in told_words())


def _titled(typed: str) -> bool:
    """ "A Weekend Away": words as of a title."""
    words = [word for word in typed.split() if len(word) > 3]
    return bool(words) and typed[:1].isupper() and all(not word[0].islower() for word in words) and " " in typed


_EASTERN = re.compile(r"[\u3040-\u9fff]")
