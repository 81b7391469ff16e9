"""English words that shall stand on the picture, said without quotes: "add title summer in rome in white for 4 s".

Something says that words follow ("caption clip 2 with", "put ... at the bottom"); they end where nothing but options
follows: where, when, how long, over which clip, how it looks. What is found is marked out as quotations are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.beyond import why_impossible
from reelscore.converse.content_ends import CLIP, NEXT_ORDER, clip_told, content_end, next_wish, only_looked, tail
from reelscore.converse.factual import FACTUAL
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.numbered_on import NTH_ALONE
from reelscore.converse.quotes import MARK, Quoted, is_style, spoken_there
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.typos import told_words
from reelscore.converse.vocabulary_words import wishes_in
from reelscore.values.vocabulary import Vocabulary

_KIND = r"(?:title|titles|headline|heading|subtitle|caption|text|lower[ -]third|name ?tag|chyron|banner|overlay text|text overlay|text on (?:the )?screen|title slide|title (?:slide )?text|title card|end card|intro card|chapter card|line of text)"
_START = r"(?:(?:^|(?<=[.!?;:\n,] )|(?<=[;\n,])|(?<=(?<![a-z])and )|(?<=(?<![a-z])then )|(?<=(?<![a-z])also )|(?<=(?<![a-z])please )|(?<=(?<![a-z])pls ))\s*(?:(?:hey|hi|ok|okay|so|and|also|now|please|pls|just)[ ,]+)*(?:(?:can|could|would|will) (?:you|u|we) (?:please |pls |just |also |maybe )*|i(?:'d| would)? (?:want|need|like|love) (?:you )?to (?:also )?|let'?s (?:also )?|(?:i|we)(?:'d)? (?=(?:want|need|have|like) (?:an? |the words|another )))?)"
_ADD = r"(?:(?:add|insert|create|write|type|include|new|another)(?: me| us| in)?(?: (?:an?|the|another|some|one more|my|our))?|(?:make|put|show|display|have|want|need|like|get|give|place|throw|pop|slap|stick|drop|use)(?: me| us| in| up| on)?(?: (?:an?|another|one more)))"
_LED = r"(?P<led>(?:right |just )?(?:at|from|over|on|onto|in|during|for|around|after|across|under|near|between|when|while|as|once) (?:[^,.;:\n\ue000]|[.:](?=\d)){1,50}?,? )?"  # where and when it is seen, said first
_PUT = r"(?:put|show|display|write|say|flash|stick|slap|pop|throw|type|print|superimpose|overlay|have|add|insert|include|place|splash)"
_LIKE = r"(?:big|bigger|small|large|huge|bold|little|tiny|nice|new|main|opening|closing|final|short|simple|quick|white|black|red|yellow|blue|green|pink|orange|gold|another|second|centered|centred|animated)"
_NOT_WORDS = (  # after "title": what shall be done with it, and no words
    r"(?!(?:at|on|in|into|for|from|over|to|onto|off|out|away|up|down|that|which|who|with|without|under|above|below|during|across|of|and|or|but|by|as|it|them|there|here|too|also|again|instead|please|pls|now|then|back|"
    r"is|are|was|were|be|should|must|needs?|has|have|can|could|will|would|may|might|shall|ought|stays?|lasts?|appears?|comes?|goes|starts?|ends?|fades?|slides?|says?|saying|reads?|reading|looks?|"
    r"bigger|smaller|larger|longer|shorter|bold|italics?|earlier|later|sooner|higher|lower|left|right|top|bottom|cent(?:er|re)(?:ed|d)?|middle|called|named|card|cards|track|tracks|size|font|colou?r|position|style|animation|duration|length|text|box|shadow|outline|background|effect|overlay|file|only|just|not|all|more|less|until|till|when|while|where|after|before|"
    r"letter by|word by|line by|one (?:letter|word)|slowly|gently|quickly|smoothly|add|put|make|move|set|remove|delete|change|cut|trim|export|fade|keep|turn|white|black|red|yellow|blue|green|pink|orange|purple|gr[ae]y|gold|a (?:bit|little|lot)|each|every|both|any|no|screen|sequence|layer|clips?|srt|vtt)(?![a-z'])|\d+(?:[.:,]\d+)* ?(?:%|s|secs?|seconds?|min|minutes?|px|pt|percent|frames?|times|x)?(?:$|[ ,.;!?-](?:long|at|in|on|from|for|and|bigger|smaller|into)?$|[,.;!?])|[:\"'=#\ue000-\ue6ff,.;!?-])"
)
_FACT = r"(?:website|web ?site|site|web address|url|link|handle|insta(?:gram)?(?: handle)?|e-?mail(?: address)?|phone number|number|hashtag|price|date|year|location|place name|address|score|names?|age|discount code|code|promo code|slogan|tagline|motto)"
_LEADS = (
    # "new subtitle under the drone: high above the clouds"
    rf"{_START}(?:(?:{_ADD} )?(?:[a-z]{{1,10}} ){{0,2}}{_KIND}|{_PUT}(?: something| this| the following| these words| a text| text)?) (?P<options>(?:at|on|in|for|over|under(?:neath)?|below|beneath|with(?! [^:]{{1,50}},)|from|during|across|near|when|as)(?![a-z])(?:[^:\n;,\ue000]|:(?=\d)){{1,50}})(?:: |,(?P<comma>) )(?P<words>[^\n;]+)",
    # "lower third Maria Lopez, Head of Design", "name tag for our guest Omar"
    rf"(?:(?<![a-z])(?:add|insert|create|put|show|new|another|a|with) (?:a |an |the |another |new )?|{_START})(?:lower[ -]third|name ?tag|chyron)(?! for \d[\d.]* ?s)(?: (?:for|with(?: (?:the|my|our|her|his|their))?(?: (?:full )?name)?|introducing|naming|named|:))?[:,]?(?: (?:our|the|my|new))?(?: (?:guest|host|speaker|interviewee|name))?(?: (?:at|from) \d[\d:.]*(?: ?s(?:ec(?:ond)?s?)?)?(?:,|:| saying| with))? (?!(?:(?:my|our|her|his|their|the|your) )?names?(?: and (?:(?:my|our|her|his|their|the) )?(?:job|role|title|position|company|age)(?: title)?)?(?: (?:on|in) (?:it|them))?\s*(?:$|[.;!?])){_NOT_WORDS}(?P<name>[^\n;]+)",
    # "add a big title summer in rome", "new caption best day ever"
    rf"{_START}(?:i(?:'d)? (?:like|want|need|would like) )?{_ADD}(?: {_LIKE})* {_KIND}:? {_NOT_WORDS}(?P<words>[^\n;]+)",
    rf"{_START}(?:put|make|have|do)(?: (?:in|up|on))?(?: {_LIKE})+ {_KIND}:? {_NOT_WORDS}(?P<words>[^\n;]+)",
    # "caption clip 2 with a day at the sea", "label the dog photo Rex"
    rf"{_START}(?:caption|label|subtitle|title) (?:for |on )?(?P<thing>[^\n;]+)",
    # "put hello world at the bottom", "have welcome home on screen"
    rf"{_START}{_LED}(?:(?:can|could) (?:you|we) )?(?:just )?{_PUT}(?: up)? (?:(?:the )?(?P<told>words?|text|line|phrase|sentence|message)(?: saying)?:? )?(?P<free>[^\n;]+)",
    # "at 12 seconds: The End"
    rf"{_START}(?P<when>at|from|in|on|over) (?:the |my )?(?:[^,;:\n\ue000]|:(?=\d)){{2,30}}: (?P<capital>[^\n;]+)",
    # "intro title Meet The Team from 0 to 3"
    rf"{_START}{_LED}(?:{_PUT} )?(?:an? |the )?(?:{_LIKE} |intro |outro |end |chapter |section )*{_KIND}(?: (?:pls|please))?:?(?: (?:at|in|on|for|from|over) (?:the |my )?(?:(?:very |lower |upper )?(?:top|bottom|left|right|cent(?:er|re)|middle|start|beginning|end|corner)|\d[\d:.]*(?: ?s(?:ec(?:ond)?s?)?)?)(?: (?:left|right|corner))?:?)? {_NOT_WORDS}(?P<capital>[^\n;]+)",
    # "THE END in big letters"
    r"^(?:and |then |just |at the (?:very )?end,? )*(?P<shout>[a-z$€£¥\d][^\n;,]{1,40}?)(?= in (?:really |very )?(?:big|huge|large|giant|massive|fat|bold|small|white|red|yellow|black|gold) (?:[a-z]+ )?(?:letters|type|lettering|text|font|capitals|caps)(?![a-z]))",
    # "the title ought to be Lake Days", "make the title Lake Days"
    rf"{_START}(?:make|have|let) (?:the|my|our) (?:first |second |third |last )?{_KIND} {_NOT_WORDS}(?P<anew>[^\n;]+)",
    # "a title that says a day at the sea"
    r"(?<![a-z])(?:saying|that says|which says|that reads|which reads|to say|to read|(?:make|have|let) (?:it|that|this) (?:say|read)|should (?:just |now |only |simply |really |probably |actually )?(?:say|read)):? (?P<words>(?!(?:it|that|this|them)(?![a-z]))[^\n;]+)",
    # "can you write free shipping at the bottom"
    rf"{_START}{_LED}write (?:down |out |up )?(?!(?:it|this|that|these|those|them|me|some|new|music|bars?|something|an?|another|the (?:title|text|words|caption|subtitle|music|song|score))(?![a-z]))(?P<words>[^\n;]+)",
    # "the last photo needs a caption: See you soon"
    rf"(?<![a-z])(?:needs?|gets?|should (?:have|get)|wants?) (?:an?|the|another|some) (?:[a-z]+ )?{_KIND}(?: saying| that says)?: (?P<words>[^\n;]+)",
    # "an end card with See you soon on it", "a title with the words hello there"
    rf"(?<![a-z])(?:an?|another|the|new) (?:{_LIKE} )*{_KIND} with (?:the (?:words?|text|line|message) )?(?P<with>[^\n;,]+?) (?:on|in) it(?![a-z])|(?<![a-z]){_KIND} with the (?:words?|text|line|message):? (?P<wording>[^\n;]+)",
    # "add our website www.example.com at the bottom", "put the date, 14.06.2026, in the corner"
    rf"{_START}{_LED}{_PUT} (?:our|my|the|a|her|his|their|its) (?:[a-z]+ )?{_FACT}(?: of (?:the|our|my|this|that|his|her|their)(?: [a-z]+){{1,3}}?(?= (?:at|on|in|over|when|while|as)(?![a-z])|:))?(?: too| as well| there| up)?(?: (?:at|on|in|over|for|when|while|as)(?![a-z])[^:;,\n]{{1,60}}[:,])?[:,]? (?P<fact>[^\n;]+)",
    # "call this one Ep. 12 - Priya on Bees"
    rf"{_START}(?:call|name|rename|entitle) (?:this (?:one|film|video|movie|episode|vlog|reel|project|edit|cut)|(?:the|my|our) (?:whole )?(?:film|video|movie|episode|vlog|project))(?: to| as)?:? (?P<called>(?!(?:to|as|it|that|something|whatever|differently|what)(?![a-z]))[^\n;]+)",
    # "add subscribe text in the corner"
    rf"{_START}(?:add|put|show|display) (?:an? |the )?(?P<wording>subscribe|like and subscribe|hello|welcome|sale|sold out|the end|thanks|thank you|thanks for watching|follow|follow me|link in bio|swipe up|coming soon|to be continued) (?:text|caption|title|sign|label|banner)(?![a-z])",
    # "add the words we are back"
    rf"{_START}{_LED}(?:{_PUT}|i(?:'d like| want| need)|we (?:want|need)|there should be|give me)(?: in| up)? the words? (?P<words>[^\n;]+)",
)
_WORDED = Sieve(
    re.compile(
        r"(?<![a-z])(?:call|name|rename|entitle|titles?|headline|heading|subtitles?|captions?|text|lower[ -]third|name ?tag|chyron|banner|card|label|website|web ?site|url|handle|hashtag|sign|words?|put|show|display|write|flash|stick|slap|pop|throw|type|print|superimpose|overlay|have|add|insert|include|place|splash|says?|saying|reads?|reading|letters|lettering|capitals|caps)(?![a-z])|(?<=[a-z0-9]): (?=[a-z0-9])"
    )
)


def announced(
    before: str, plain: Plain, quotes: Sequence[Quoted], scene: Scene, vocabulary: Vocabulary
) -> tuple[Plain, tuple[Quoted, ...]]:
    """The message with such words marked out too. `before`: its text as it was before any quotation was lifted."""
    text = plain.text
    if not _WORDED.search(before):
        return plain, tuple(quotes)
    held = []
    for quoted in quotes:
        end = quoted.end
        if not quoted.marked:
            each = _each_on_one(before, quoted.start, quoted.end, scene)
            if each or (each := _one_each(before, quoted.start, quoted.end, scene)):
                text = text[: quoted.start] + before[quoted.start : quoted.end] + text[quoted.end :]
                for start, stop in each:
                    held.append(Quoted(start, stop, plain.said(start, stop), False))
                    text = text[:start] + MARK * (stop - start) + text[stop:]
                continue
            order = NEXT_ORDER.search(before, quoted.start, quoted.end)
            end = content_end(before, quoted.start, order.start() if order else quoted.end, scene)
        called = re.match(r"[!?]+(?= )", before[quoted.end :]) if end == quoted.end and not quoted.marked else None
        if called and (rest := tail().match(before, quoted.end + called.end())) and rest.end() == len(before):
            end += called.end()  # "that says We Made It! for two seconds"
            text = text[: quoted.end] + MARK * called.end() + text[end:]
            quoted = Quoted(quoted.start, end, plain.said(quoted.start, end), False)
        if quoted.start < end < quoted.end:
            text = text[:end] + before[end : quoted.end] + text[quoted.end :]
            quoted = Quoted(quoted.start, end, plain.said(quoted.start, end), False)
        held.append(quoted)
    for start, end in _found(text, plain, scene, vocabulary):
        if MARK in text[start:end]:
            continue
        words = plain.said(start, end)
        held.append(Quoted(start, end, words, False))
        text = text[:start] + MARK * (end - start) + text[end:]
    made = plain.with_text(text) if text != plain.text else plain
    return made, tuple(sorted(held, key=lambda q: q.start))


_GROUPS = ("words", "shout", "name", "free", "fact", "called", "anew", "thing", "with", "wording", "capital")
_NTH = r"(?<![a-z])(?:first|second|third|last|\d(?:st|nd|rd|th)) "
_LONGER = re.compile(  # "put my name up a second longer"
    r"(?<![a-z])(?:up|on|there) (?:for )?(?:[a-z\d.]+ )?(?:s|secs?|seconds?|a bit|bit|a little|much) (?:longer|more|earlier|later)[.! ]*$|(?<![a-z])(?:stays?|staying|remains?|lasts?|lasting)(?: up| on| there| visible)?[.! ]*$"
)
_MUSIC = re.compile(
    r"(?<![a-z])(?:music|track|tune|song|soundtrack|score|piece|loop|jingle|theme|melody|bgm|bed|sting|riff|groove|beat)s?(?![a-z])"
)


def _found(text: str, plain: Plain, scene: Scene, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where such words stand."""
    for pattern in _patterns():
        for match in pattern.finditer(text):
            group = next(name for name in _GROUPS if match.groupdict().get(name))
            start = match.start(group)
            if spoken_there(text[: match.start()]):
                continue
            if group == "thing":
                start += _thing(match["thing"], scene)
                if start == match.start(group):
                    continue
            limit = next_wish(text, start)
            if group in ("words", "free") and (each := _each_on_one(text, start, len(text), scene)):
                yield from each
                return
            if group in ("free", "fact"):
                end = content_end(text, start, limit, scene, laid=True)
            else:
                end = content_end(text, start, min(limit, match.end(group)), scene)
            words = text[start:end].strip()
            if (
                not patterns.search(r"\w", words)
                or _NO_MORE.fullmatch(words)
                or (words.startswith("in ") and only_looked().match(words))
                or _LONGER.search(words)
                or patterns.search(MARK if group == "called" else r"[\ue000-\ue6ff]", text[match.start() : end])
            ):
                continue
            if match.groupdict().get("options") and (
                is_style(words) or (match["comma"] is not None and not _titled(plain.said(start, end)))
            ):
                continue
            if match[0].lstrip().startswith("write ") and (
                _MUSIC.search(text, start) or why_impossible(match[0].strip()) is not None
            ):
                continue
            if group == "capital" and patterns.search(_NTH, match[0][: start - match.start()]) and scene.of("text"):
                continue  # other words for one that is there
            if group == "capital" and not (
                plain.said(start, end)[:1].isupper()
                or (":" in match[0][: start - match.start()] and not match.groupdict().get("when"))
            ):
                continue
            if group == "anew" and (
                not scene.of("text") or is_style(words) or not plain.said(start, end)[:1].isupper()
            ):
                continue
            if group == "shout" and not (plain.said(start, end).isupper() or FACTUAL.search(text, start, end)):
                continue
            if match.groupdict().get("when") and " " not in words:
                continue
            if (group == "free" or match.groupdict().get("when")) and _plainly_asked(text[start:end], vocabulary):
                continue
            if group == "free" and not _free(text, match, end, limit, plain.said(start, end), scene):
                continue
            if (
                group == "fact"
                and ":" not in text[start - 2 : start]
                and not FACTUAL.search(text, start, end)
                and not _named_by(plain.said(start, end))
            ):
                continue
            if parts := _one_each(text, start, end, scene):
                yield from parts
                return
            if group == "name" and (lines := patterns.fullmatch(r"([^,]{2,60}), ([^,]{2,60})", text[start:end])):
                yield start, start + lines.end(1)
                yield start + lines.start(2), end
                return
            yield start, end
            return


@cache
def _patterns() -> tuple[Sieve, ...]:
    return tuple(Sieve(re.compile(lead)) for lead in _LEADS)


def _one_each(text: str, start: int, end: int, scene: Scene) -> list[tuple[int, int]]:
    """ "a text on each clip: Arrive, Swim, Talk": the words of each; nothing where there are not as many as clips."""
    behind = _EACH_BEHIND.search(text, start, end)
    if behind is None and not patterns.search(r"(?<![a-z])(?:each|every)(?![a-z])[^:]*: ?$", text[:start]):
        return []
    end = behind.start() if behind else end
    found = [m.span("words") for m in _LISTED.finditer(text, start, end)]
    return found if len(found) == scene.clips > 1 else []


_EACH_BEHIND = re.compile(
    r",? (?:and )?(?:one|a title|each)(?: title| text| caption)? (?:for|on|per|over) (?:each|every)(?: of the)?(?: clips?| photos?| shots?)?[ .!]*$|,? one per (?:clip|photo|shot)[ .!]*$"
)
_LISTED = re.compile(r"(?:^|[,;] ?|(?<=[,;: ])and )*(?P<words>[^\s,;][^,;]*?)(?=,? and |[,;]|$)")
_ON_ONE = re.compile(
    r"(?P<words>[^,.;:\n]{1,60}?) (?:on|over) (?P<clip>(?:the |my |our )?[a-z0-9_]+(?: [a-z0-9_]+){0,3}?)(?:(?:,| and|, and)(?: then)? |[ .!]*$)"
)


def _each_on_one(text: str, start: int, end: int, scene: Scene) -> list[tuple[int, int]]:
    """ "day 1 on the first, day 2 on the second": the words for each clip; nothing where they are not two or more."""
    found = []
    while match := _ON_ONE.match(text, start, end):
        clip = match["clip"]
        named = mentions(clip, scene)
        if not NTH_ALONE.fullmatch(clip) and not (
            len(named) == 1 and len(named[0].things) == 1 and named[0].things[0].role == "clip"
        ):
            return []
        found.append(match.span("words"))
        start = match.end()
    return found if len(found) > 1 and start == end else []


_NO_MORE = re.compile(
    r"(?:(?:please|pls|plz|thanks|thank you|thx|too|now|instead|again|as well|ok|only|maybe)[ ,.!]*)+"
)


def _thing(words: str, scene: Scene) -> int:
    """How long the clip is that is named at the beginning, with the word behind it; 0 where none is."""
    named = mentions(words[:40], scene)
    if not named or named[0].every or len(named[0].things) != 1 or named[0].things[0].role not in ("clip", "overlay"):
        return 0
    if not patterns.fullmatch(r"(?:the |my |this |that )?", words[: named[0].start]):
        return 0
    behind = patterns.match(rf"(?: {CLIP})?(?: (?:with(?: the words)?|as|saying|to say))?:? +", words[named[0].end :])
    return named[0].end + behind.end() if behind else 0


_PLACED = re.compile(
    r"(?<![a-z])(?:top|bottom|left|right|cent(?:er|re)(?:ed)?|middle|corner|screen|lower third|across the (?:video|picture)|on the (?:video|picture|frame|footage))(?![a-z])"
)
_TWO_PLACES = re.compile(  # "Part 1 at the start and Part 2": two wishes
    r"(?<![a-z])(?:at|in|on|from|over) (?:the (?:very )?(?:start|beginning|end|top|bottom|left|right|middle)|\d[\d:.]*(?: ?s(?:ec(?:ond)?s?)?)?),? and "
)
_POINTED = re.compile(
    r"(?:(?:like|kinda|sorta|(?:kind|sort) of|maybe|just) )*(?:an?|the|my|our|your|this|that|these|those|it|its|them|him|her|us|me|some|all|both|each|every|everything|more|less|no|one|two|three|another|in|on|at|up|back|down)(?![a-z'])"
)


def _named_by(typed: str) -> bool:
    """Is a name among the words: one that begins with a capital, and that no table of ours knows?"""
    known = told_words()
    return any(word.lower() not in known for word in patterns.findall(r"(?<!\w)[A-Z][\w'’]*[a-z][\w'’]*", typed))


def _titled(typed: str) -> bool:
    """ "Day 2", "Only 3 left!", "Chapter One": is the beginning written as that of a line, and not of one known thing?"""
    words = typed.split()
    return typed[:1].isupper() and (
        (typed.isupper() and len(typed) > 2)
        or typed[-1] in "!?"
        or (len(words) > 1 and (_named_by(typed) or words[-1].isdigit() or words[1][:1].isupper()))
    )


def _of_things(words: str, typed: str, scene: Scene) -> bool:
    """Do they speak of something that is there? "Lake Como, Italy" is no lake, where "Lake" is."""
    named = [m for m in mentions(words, scene) if m.kind != "pronoun"]
    rest = "".join(
        typed[a:b] for a, b in zip([0, *(m.end for m in named)], [*(m.start for m in named), None], strict=True)
    )
    return bool(named) and not (_titled(typed) and (_named_by(rest) or patterns.search(r"\d{2}", rest)))


_SAY = r"^(?!.*(?:title|caption|subtitle|text|name ?tag|lower third)).*(?<![a-z])say $"


def _plainly_asked(words: str, vocabulary: Vocabulary) -> bool:
    """ "Epic Strings", "Slower", "Mute": are all of them words of music and of what can be done?"""
    if FACTUAL.search(words) or words.startswith("the "):
        return False
    for wish in wishes_in(words, vocabulary):
        words = blanked(words, wish.start, wish.end)
    known = told_words()
    left = patterns.findall(r"[a-z']{3,}|\d+", _MUSIC.sub(" ", words))
    return all(word in known or word in _PLAIN for word in left)


_PLAIN = ("please", "pls", "the", "and", "some", "with")


def _free(text: str, match: re.Match[str], end: int, limit: int, typed: str, scene: Scene) -> bool:
    """Are these words of no thing and no effect, and is it said beside them where or when they are seen?"""
    words, behind = text[match.start("free") : end], text[end:limit]
    if match["told"] and typed[:1].isupper():
        return True
    if _POINTED.match(words) or _TWO_PLACES.search(words) or _of_things(words, typed, scene):
        return False
    if patterns.search(r"\d ?(?:%(?! off| discount)|s(?![a-z])|sec|db)", words):
        return False
    placed = _PLACED.search(behind) is not None or clip_told(behind, 0, len(behind), scene) < len(behind)
    if FACTUAL.search(words) or ((_titled(typed) or _named_by(typed)) and not _MUSIC.search(words)):
        return placed or match["led"] is not None or patterns.search(r"[a-z]", behind) is not None
    if typed[:1].isupper() and (patterns.search(_SAY, text[: match.start("free")])):
        return True
    said = patterns.findall(r"[a-z']+", words)
    known = told_words()
    told = not patterns.search(r"(?<![a-z])(?:add|insert|include|place|drop)(?: up)? $", text[: match.start("free")])
    return told and placed and len(said) > 1 and any(word not in known for word in said)
