"""Where words said without quotes end: before what is asked for next, and before their options.

Options are where, when, how long, over which clip and how it looks: "... in white for 4 s over the last photo".
"""

from __future__ import annotations

import re
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.concepts import colour_names
from reelscore.converse.mentions import mentions
from reelscore.converse.scene import Scene

_N = r"(?:\d+(?:[.:]\d+)*|(?<![a-z])(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half an?|a couple of|a few)(?= ))"
_UNIT = r"(?:s|secs?|seconds?|mins?|minutes?|frames?)(?![a-z])"
_ABOUT = r"(?:about |around |roughly |exactly |like |just |only |maybe |the )*"
_WHOLE = r"(?:of )?(?:the )?(?:whole |entire |very )*(?:video|film|movie|clip|thing|time|way|vid)"
CLIP = r"(?:clip|shot|photo|picture|scene|part|footage|video|image|pic)(?![a-z])"
_SCREEN = r"(?:of (?:the )?(?:screen|frame|picture|video|image|shot))"
_OF_A_CLIP = rf"of (?:the |my )?(?:[a-z0-9]+ )?{CLIP}"
_EFFECT = r"(?:fad(?:e|es|ing)|slid(?:e|es|ing)|typ(?:e|es|ed|ing|ewriter)|pop(?:s|ping)?|bounc(?:e|es|ing)|ris(?:e|es|ing)|fall(?:s|ing)?|fl(?:y|ies|ying)|drop(?:s|ping)?|blur(?:s|ring)?|zoom(?:s|ing)?)"
_OVER = r"(?:on|over|across|onto|during|throughout|when|while|as|where|before|after|on top of|at the (?:start|beginning|end) of|for|to|under|below|beneath|in)"
VERBS = (
    r"(?:add|put|make|cut|trim|remove|delete|export|render|fade|move|set|turn|change|keep|show|mute|unmute|speed|slow|crop|zoom|rotate|flip|split|loop|play|mirror|reverse|blur|darken|brighten|give|bring|take|drop|lower|raise|pan|duck|"
    r"normali[sz]e|freeze|swap|replace|rename|save|download|undo|insert|write|generate|compose|tint|hide|shorten|extend|animate|mark|place|duplicate|copy|silence|boost|shift|resize|shrink|enlarge|lose|chop|lay|get rid)"
)
_NOT_SHORT = "".join(  # no point that ends a sentence: "Ep. 12", "Dr. Vogt", "J. S. Bach"
    rf"(?<!(?<![a-z]){short})"
    for short in ("dr", "mr", "ms", "mrs", "st", "ep", "no", "vs", "vol", "ft", "feat", "jr", "sr", "[a-z]")
)
_NEXT_WISH = re.compile(  # where what is asked for next begins
    rf"{_NOT_SHORT}(?<!prof)[.!?]+(?=\s|$)|[\n;]|,? (?:and )?(?:then|after that|afterwards|finally|lastly),? "
    rf"|(?:,| and| plus| but|, and|, then)+ (?:also |then |please |just |maybe )*(?:(?:can|could) you )?{VERBS}(?![a-z])"
    rf"|(?:,| and| plus|, and) (?:an?|the|another|my) (?:[a-z]+ )?(?:title|subtitle|caption|lower[ -]third|name ?tag|music|song|voice|voice-?over|clip|photo|intro|outro|volume)(?![a-z])"
    r"|, (?:music|voice|volume|fade|crossfade|clip \d)(?![a-z])"
    r"|,? (?:actually|no|wait|sorry|i mean|scratch that|or rather)(?:[, ]+(?:no|wait|actually|sorry|make (?:that|it)|let'?s (?:say|make it)|i mean|rather|at|for))*[, ]+(?=\d)"
)
NEXT_ORDER = re.compile(  # "that says hello and mute the music"
    rf"(?:,| and|, and|, then| and then)+ (?:also |then |please |just )*(?:{VERBS} (?:the|my|it|them|all|everything|this|that|clip|music)|export(?= |$)|render(?= |$))(?![a-z])"
)


@cache
def _option() -> str:
    colours = "|".join(sorted((re.escape(w) for w in colour_names() if w < "\u0250"), key=len, reverse=True))
    colour = rf"(?:#[0-9a-f]{{3,8}}|(?:(?:light|dark|bright|bold|big|plain) )*(?:{colours}))(?![a-z])"
    letters = r"(?: (?:letters?|text|type|font|writing|lettering|colou?r))?"
    look = r"(?:really |very |nice |all )*(?:big|bigger|small|smaller|large|huge|tiny|bold|italics?|thick|(?:all )?caps|capitals?|capital letters|block letters|uppercase|lowercase|handwritten|centered|centred)"
    return "|".join(
        (
            rf"(?:for|lasting|during|over|which lasts|that lasts|and (?:keep|leave|hold) it(?: there| up)?(?: for)?|staying(?: for)?|stays(?: for)?|with a duration of) {_ABOUT}(?:first |last |final |opening )?{_N} ?-?{_UNIT}(?: long)?(?: only| or so| max)?",
            rf"(?:from|between) (?:second |the )?{_N} ?(?:{_UNIT})? ?(?:to|till|until|and|-|through) ?(?:second |the )?{_N}(?: ?{_UNIT})?(?: mark)?",
            rf"{_N} ?(?:{_UNIT})? ?(?:to|till|until|-) ?{_N} ?(?:{_UNIT})?",
            rf"(?:starting |beginning |coming in |appearing )?(?:at|from|around|after|@|until|till) {_ABOUT}(?:second |minute )?{_N}(?: ?-?{_UNIT})?(?: mark| in| onwards?| on)?(?![a-z%])",
            rf"(?<=, ){_ABOUT}(?:first|last|final|opening) (?:{_N} ?)?{_UNIT}",
            rf"in {_ABOUT}(?:first|last|final|opening) (?:{_N} ?)?{_UNIT}",
            rf"(?<=, ){_N} ?{_UNIT}(?: long)?|(?<=, )\d+:\d\d",
            rf"(?:right )?(?:at|on|in|for|near|from|towards|as) the (?:very )?(?:start|beginning|end|middle|opener|outro)(?: {_WHOLE})?",
            rf"(?:throughout|all the way through|the (?:whole|entire) time|the whole way through|permanently)(?: {_WHOLE})?|(?:until|till|to|for) (?:the (?:very )?end|{_WHOLE})",
            rf"(?:(?:down |up |right )?(?:at|in|on|to|near|along|towards?|across|by) )?the (?:very |lower |upper |far |left |right |dead )*(?:top|bottom|left|right|cent(?:er|re)|middle|lower third|corner|upper (?:left|right|part|third)|lower (?:left|right|part))(?:[ -](?:left|right|cent(?:er|re)|middle|corner|half|part|third|edge|side))*(?: {_SCREEN}| {_OF_A_CLIP})?",
            rf"(?:(?:at|in|on) )?(?:top|bottom|upper|lower|middle)[ -](?:left|right|cent(?:er|re)|middle|third)(?: corner)?(?: {_SCREEN})?|(?:at|in|on) (?:top|bottom|cent(?:er|re))(?: {_SCREEN})?|(?<=, )(?:top|bottom|left|right|middle|cent(?:er|re))",
            r"(?:under(?:neath)?|below|beneath|above) (?:(?:her|his|their|my|the) (?:name|title|headline|heading|subtitles?|captions?)|her|him|them|me)|(?:cent(?:er|re)ed|centred)(?: on (?:the )?screen)?|(?:up |right )?(?:on|across|onto) (?:it|(?:the |my )?(?:screen|picture|video|film|frame|top|footage))|in (?:the )?(?:cent(?:er|re)|middle|background|frame)"
            rf"(?: {_SCREEN})?",
            rf"in (?:a )?(?:{look} ?(?:and |, )?)*{colour}(?: (?:bold|italics?|caps))?{letters}|in (?:a )?{look}(?:,? (?:and )?{look})*{letters}|in [a-z][a-z ]{{1,20}} (?:font|typeface)|(?:with|using|font|in the font) (?:the )?[a-z]+(?: [a-z]+)? font",
            rf"(?<=, ){colour}{letters}|(?<=, ){look}{letters}|(?<=, ){colour} on {colour}|in {colour} on {colour}|(?<=, ){look} (?:and )?{colour}|(?<=, ){colour} (?:and )?{look}",
            r"(?:a (?:bit|little|touch|tad|lot) |slightly |much |way |twice as )(?:big|bigger|small|smaller|larger|higher|lower|bolder|longer)|(?:in )?size \d+ ?%?|(?:at )?\d+ ?(?:%|percent)(?: size)?|(?<=, )(?:roboto|inter|arial|helvetica|georgia|times|impact|futura|montserrat)",
            rf"with (?:a |an |the )?(?:\w+ )?(?:{_EFFECT}|black|white|dark|animation|shadow|outline|border|box|effect)(?:[ -](?:in|out|effect|animation|box|outline|shadow|background|up))*|(?:that |which |, )?(?:slowly |gently )?{_EFFECT} (?:itself )?(?:in|up|out|down|on)(?: and out)?(?: from (?:the )?(?:left|right|top|bottom|below|above))?|animated|typed(?: in| out)?|to (?:show(?: up)?|appear|come up|come in|be (?:shown|seen|there|visible)|pop up|stand|stay)|as an? (?:(?:big|small|simple|nice|new) )?(?:typewriter|subtitle|title|caption|lower[ -]third|name ?tag|headline|text|banner|end card|title card)",
        )
    )


@cache
def tail() -> re.Pattern[str]:
    """Options and nothing else up to the end."""
    polite = r"(?:,? (?:please|pls|plz|thanks|thank you|thx|ok|okay|too|as well|instead(?: of (?:that|this|it|what(?:'s there| it says| it says there| is there)))?(?: now)?))*"
    return re.compile(
        rf"(?:(?:,? and|,? but|,|;| -)? ?(?<![a-z0-9])(?:not )?(?:{_option()})(?![a-z0-9]))+{polite}[ .!?,]*$|{polite}[ .!?,]*$"
    )


@cache
def only_looked() -> re.Pattern[str]:
    """How the words look, and nothing else up to the next joint: "in gold please, white gets lost"."""
    return re.compile(
        rf"(?=in (?!the ))(?:{_option()})(?=[,.;!?]|$| (?:please|pls|plz|and|so|cause|because|cos)(?![a-z]))"
    )


def words_end(text: str, start: int, scene: Scene) -> int:
    """Where words end that begin at `start`: before what is asked for next, and before their options."""
    return content_end(text, start, next_wish(text, start), scene)


def next_wish(text: str, start: int) -> int:
    """Where what is asked for next begins, behind words that begin at `start`; a call, "happy 30th! on the cake", goes on."""
    for stop in _NEXT_WISH.finditer(text, start):
        if stop[0].strip("!?") or not (rest := tail().match(text, stop.end())) or not rest[0].strip(" .!?,"):
            return stop.start()
    return len(text)


def content_end(text: str, start: int, end: int, scene: Scene, laid: bool = False) -> int:
    """Where the words end and their options begin. `laid`: "on the cake" is where they shall lie, and none of them."""
    while True:
        match = tail().search(text[:end], start)
        at = match.start() if match else end
        clip = clip_told(text, start, at, scene, laid)
        if clip == at or at <= start:
            at = max(at, start)
            if _INITIAL.match(text, at - 2, at + 1):
                return at + 1  # "Priya N."
            return start + len(text[start:at].rstrip(" ,;:"))
        end = at = clip


def clip_told(text: str, start: int, end: int, scene: Scene, laid: bool = False) -> int:
    """Where "over the last photo" begins, if the words end with that; else `end`."""
    for match in patterns.finditer(rf"(?<![a-z]){_OVER} (?:the |my )?", text[start:end]):
        lead = start + match.start()
        named = [
            m
            for m in mentions(text[lead:end], scene)
            if len(m.things) == 1 and m.things[0].role in ("clip", "overlay", "image")
        ]
        if (
            not named
            or patterns.fullmatch(
                _GAP if match[0].split()[0] in ("in", "for", "to", "on") else _ANY_GAP,
                text[lead : lead + named[0].start],
            )
            is None
        ):
            continue
        behind = text[lead + named[0].end : end].strip(" ,.!?")
        told = patterns.search(CLIP, text[lead + named[0].start : end]) is not None
        plainly = (
            named[0].kind != "name"
            or told
            or match[0].split()[0] in _LIES_OVER
            or (match[0].startswith("on ") and (laid or text[start:lead].count(" ") < 3))
        )
        if plainly and patterns.fullmatch(
            rf"(?:{CLIP} ?)?(?:starts|begins|ends|comes(?: in| on| up)?|shows up|pops up|appears|plays|is (?:shown|on|playing|seen|there))?(?: please| pls)?",
            behind,
        ):
            return lead - 1 if text[lead - 1 : lead] == " " else lead
    return end


_INITIAL = re.compile(r" [a-z]\.")
_LIES_OVER = ("over", "during", "across", "when", "as", "while", "onto", "throughout")
_GAP = r"[a-z]+ (?:[a-z]+ ){0,2}?(?:the |my )?"  # "in stock now over the lake" lies over the lake
_ANY_GAP = r"[ a-z]*?(?:the |my )?"
