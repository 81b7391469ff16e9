"""What is said not to be wanted, beside what is: "at the top rather than in the middle", "red, not blue", "not 2x, 1.5x".

The alternative that is turned down is taken out, where it is of the same kind as what is wanted: two places, two
colours, two amounts. What was said first and is then denied ("the closeup too. no, not the closeup") goes from there.
"""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.concepts import colour_pattern
from reelscore.converse.exchanged import Families
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain, blanked
from reelscore.converse.quantities import scan
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import wishes_in
from reelscore.values.vocabulary import Vocabulary

_PLACES = re.compile(
    r"(?<![a-z])(?:(?:top|bottom|upper|lower)[ -])?(?:left|right|top|bottom|middle|cent(?:er|re)|start|end|beginning|front|back)(?: corner)?(?![a-z])|(?<![a-z])(?:vertical(?:ly)?|horizontal(?:ly)?|(?:(?:anti|counter)[ -]?)?clockwise)(?![a-z])"
)
_LOOKS = re.compile(
    r"(?:so |too |that |as )?(?:warm|cold|cool|dark|bright|vivid|faded|sepia|black and white|b&w|colou?r|vintage|cinematic|dreamy|noir|loud|quiet|fast|slow|big|small|sad|happy|calm|blurr?y|sharp|soft)(?:er|r)?"
)
_EDGE = r"(?=$|[,.;!?]| (?:please|pls|and|then|but|with|for|at \d)(?![a-z]))"
_ARTICLES = r"(?:(?:in|at|on|to|by|from|for|towards?) )?(?:the |a |an )?(?:very )?"
_TURNED_DOWN = re.compile(  # behind what is wanted
    rf",? (?:rather than|instead of|and not|not|as opposed to) {_ARTICLES}(?P<other>[a-z0-9#%.: -]{{1,20}}?)(?: any ?more)?{_EDGE}"
)
_BUT = re.compile(rf"(?<![a-z])not {_ARTICLES}(?P<other>[a-z0-9#%.: -]{{1,20}}?),? but (?=\w)")
_NEGATED = Sieve(re.compile(r"(?<![a-z])(?:not|no|instead of|rather than|as opposed to|don'?t)(?![a-z])"))


_DONT_BUT = re.compile(  # "don't put the title in the middle, bottom left is better"
    r"(?P<dont>(?<![a-z])(?:don'?t|do not)) (?:put|make|set|place|have|use|show) (?P<of>[^,.;!?\n]{2,40}?) (?P<other>(?:(?:in|at|on|to) )?(?:the |a )?(?:(?! (?:in|at|on|to) )[a-z0-9#% -]){2,16}?)(?P<joint>[,;.]+ (?:but |rather |better |instead |make it |put it |it should be |i'?d (?:rather|prefer) )*)(?P<wanted>[^,.;!?\n]{2,40})"
)
_NOT_IT_BUT = re.compile(  # "it's not the lake that's too dark, it's the drone", "no, not the closeup, mute the lake"
    r"^\s*(?:(?:no+|nope|nah)[,.! ]+)*not (?P<first>[^,.;!?\n]{2,30})[,.;!]+ (?=(?P<then>[a-z]+) [a-z])|(?<![a-z])(?:it'?s|it is|that'?s) not (?P<other>[^,.;!?\n]{2,40}?)(?:,| but)+ (?=(?:it'?s|it is|that'?s) [^,;!?\n]{2,30}[,;!] *[a-z])"
)
_NO_BARS = re.compile(  # what a blurred background takes the place of
    r"(?<![a-z])(?:instead of|rather than|in place of|not) (?:the |those |these |any )?(?:(?:black|white|ugly|empty) )*(?:bars|borders|edges|stripes)(?![a-z])"
)


_EFFECT = re.compile(
    r"(?<![a-z])(?:speed|slow|brighten|darken|lighten|mute|unmute|silence|blur|sharpen|crop|zoom|rotate|flip|mirror|reverse|trim|cut|shorten|lengthen|delete|remove|lose|drop|fade|warm|cool|tint|freeze|duck|lower|raise|turn|make|split|duplicate|loop|normali[sz]e|boost|(?:open|start|begin|end|finish|close) (?:it )?(?:on|with))(?![a-z])"
)
_ANOTHER_THING = re.compile(
    r",? (?:rather than|instead of|and not|not|as opposed to) (?:on |for |to )?(?P<other>(?:the |my )?[a-z0-9'.-]+(?: [a-z0-9'.-]+)?)(?=$|[,.;!?]| (?:please|pls|and|then|but|by|to|for|with|at|\d))"
)


def _other_things(text: str, scene: Scene) -> str:
    """ "speed up hiking instead of the lake": the thing to which it is not to be done."""
    for match in list(_ANOTHER_THING.finditer(text)):
        other = [m for m in mentions(match["other"], scene) if m.things and m.kind not in ("pronoun", "film", "all")]
        before = text[: match.start()]
        there = [m for m in mentions(before, scene) if m.things and m.kind not in ("pronoun", "film", "all")]
        if not other or not there or not _EFFECT.search(before) or other[0].end < len(match["other"]):
            continue
        same = {t.role for t in there[-1].things} == {t.role for t in other[0].things}
        if same and there[-1].things != other[0].things:
            text = blanked(text, *match.span())
    return text


def wanted_alone(plain: Plain, vocabulary: Vocabulary, scene: Scene, families: Families = ()) -> Plain:
    """The message without the alternatives that are turned down; they become blanks. `vocabulary`: what moods and
    genres are called; words of one of the `families` stand for one another."""
    text = plain.text
    if not _NEGATED.search(text) or _LIKED.search(text):
        return plain
    for match in list(_DONT_BUT.finditer(text)):
        other = re.sub(r"^(?:(?:in|at|on|to|the|a) )*", "", match["other"])
        if _alike(match["wanted"], other) and not mentions(match["wanted"], scene):
            for name in ("dont", "other", "joint"):
                text = blanked(text, *match.span(name))
    for match in list(_NOT_IT_BUT.finditer(text)):
        if match["then"] and not _EFFECT.match(match["then"]):
            continue
        if any(m.things for m in mentions(match["other"] or match["first"], scene)):
            denied = "no," if match["first"] and scene.touched else ""  # which may take back what was done before
            text = f"{text[: match.start()]}{denied:{len(match[0])}}{text[match.end() :]}"
    text = _other_things(text, scene)
    for match in list(_CHOICE.finditer(text)):
        if _choice(text[: match.start()], match["other"], families) and not _the_music(match["other"], scene):
            text = blanked(text, *match.span())
    text = _across(text)
    text = _NO_BARS.sub(lambda m: " " * len(m[0]), text)
    for match in list(_TURNED_DOWN.finditer(text)):
        alike = _alike(text[: match.start()], match["other"]) or _moods(
            text[: match.start()], match["other"], vocabulary
        )
        hedged = match["other"].startswith("too ") and text[: match.start()].rstrip(" ,").endswith(" but")
        if (
            alike
            and not hedged
            and not (_said_next(text[match.end() :], match["other"]) or _the_music(match["other"], scene))
        ):
            text = blanked(text, *match.span())
    for match in list(_BUT.finditer(text)):
        if _alike(text[match.end() :], match["other"]):
            text = blanked(text, *match.span())
        elif _moods(text[match.end() :], match["other"], vocabulary):
            said = "make it" if not text[: match.start()].strip(" ,.") else ""
            text = text[: match.start()] + said.ljust(len(match[0])) + text[match.end() :]
    return plain.with_text(text) if text != plain.text else plain


def _the_music(other: str, scene: Scene) -> bool:
    """ "romantic strings instead of the lofi": the music there is, which goes."""
    return any(t.role == "music" for m in mentions(f"the {other}", scene) for t in m.things)


_NOT_AT = re.compile(
    r"(?<![a-z])not (?:at|on|in|to) the (?:very )?(?P<place>top|bottom|left|right|middle|cent(?:er|re))(?: side| edge)?(?= *(?:$|[,.;!?\n]))"
)
_ACROSS = {"top": "at the bottom", "bottom": "at the top", "left": "on the right", "right": "on the left"}
_LETTERS = re.compile(
    r"(?<![a-z])(?:titles?|captions?|subtitles?|texts?|names?|name ?tags?|lower thirds?|logo|badge|watermark)(?![a-z])|[\ue000-\ue6ff]"
)


def _across(text: str) -> str:
    """ "captions white, and not at the bottom": the place across it, where none is told and a text is spoken of."""
    match = _NOT_AT.search(text)
    if match is None or not _LETTERS.search(text) or _PLACES.search(blanked(text, *match.span())):
        return text
    there = _ACROSS.get(match["place"], "at the bottom")
    return f"{text[: match.start()]}{there:{len(match[0])}}{text[match.end() :]}"


_LIKED = re.compile(  # "I like the title but not the lower third, lose that": both are spoken of
    r"(?<![a-z])(?:like|love|enjoy|dig|happy with|fine with|ok with|good with) [^,.;]{2,40}?,? but not [^,.;]{2,40}[,.;]+ *(?=[a-z ]*(?<![a-z])(?:that|it|this|them)(?![a-z]))"
)
_CHOICE = re.compile(
    r"(?<! has)(?<! have)(?<! is)(?<! are),? (?:rather than|instead of|and not|not|no(?! the | an? )|as opposed to|(?:please )?don'?t (?:use|do|make it|add)) (?:an? |the |these |those )?(?:hard |plain |simple |normal |boring )?(?P<other>[a-z][a-z -]{2,24}?)(?: transitions?| filters?| looks?| effects?)?(?=$|[,.;!?]| (?:please|pls)(?![a-z]))"
)


def _choice(beside: str, other: str, families: Families) -> bool:
    """Is the whole of `other` a choice, and is another of the same family named beside it: "slide, no crossfade"?"""
    sentence = patterns.split(r"[;!?\n]|\.(?=\s|$)", beside)[-1]
    for pattern in families:
        said = next(
            (one for one in (other, other.removesuffix("s"), other.removesuffix("es")) if pattern.fullmatch(one)), ""
        )
        if said and any(one[0] != said and len(one[0]) > 3 for one in pattern.finditer(sentence)):
            return True
    return False


def _moods(beside: str, other: str, vocabulary: Vocabulary) -> bool:
    """Is the whole of `other` a mood or a genre, and is there another beside it: "not calm but epic"?"""
    told = wishes_in(other.strip(), vocabulary)
    whole = len(told) == 1 and told[0].words == other.strip() and told[0].kind in ("mood", "genre")
    return whole and any(wish.kind in ("mood", "genre") for wish in wishes_in(beside, vocabulary))


def _said_next(behind: str, other: str) -> bool:
    """Does what is wanted follow: "2x, not 2x, 1.5x"?"""
    match = patterns.match(r"[,;.!:]+ *(?:but |rather |make it |it'?s |i mean )*(?P<next>[^,;!?]{1,20})", behind)
    return match is not None and _alike(match["next"], other)


def _alike(beside: str, other: str) -> bool:
    """Is the whole of `other` a place, a colour or an amount, and is there another such beside it in the sentence?"""
    other = other.strip()
    sentence = patterns.split(r"[;!?\n]|\.(?=\s|$)", beside)[-1 if beside.strip() else 0]
    for pattern in (_PLACES, colour_pattern(), _LOOKS):
        if pattern.fullmatch(other):
            return pattern.search(sentence) is not None
    amounts = scan(other)
    if len(amounts) == 1 and amounts[0].start == 0 and amounts[0].end == len(other):
        kinds = {q.kind for q in scan(sentence)}
        return amounts[0].kind in kinds or (bool(kinds) and amounts[0].kind == "number")
    return False


def told_instead(left: str, right: str) -> int:
    """Where, in "not the intro, the outro", what is wanted begins; 0 where nothing that was said before is denied."""
    match = patterns.match(r"\W*(?:not|no) (?:(?:the|a|an|at|in|on|to|by|my) )*", right)
    if match is None:
        turned = _NOT_ZH.match(right)
        denied = (turned["denied"] or turned["of"]) if turned else ""
        return turned.end() if turned and denied in left and right[turned.end() :].strip(" ,。!吧") else 0
    rest = right[match.end() :]
    said = [m.end() for m in patterns.finditer(r"[\w.%#:'-]*\w(?![\w.]*\w)", rest)]
    for end in reversed([e for e in said if e <= 32]):
        denied = rest[:end]
        if re.search(rf"(?<!\w){re.escape(denied)}(?!\w)", left):
            gap = patterns.match(r"(?:[\s,.;:!-]|but(?= )|rather(?= ))*", rest[end:])
            at = match.end() + end + (gap.end() if gap else 0)
            return at if rest[end:].strip(" .,!?") else 0
    return 0


_NOT_ZH = re.compile(
    r"[ ,]*不是(?P<denied>[^,。;!?]{1,14}?)(?:了|啊|啦)?[,; ]+(?:而|应该|我说的|要的)*是?|[ ,]*不是(?P<of>[^,。;!?]{1,14}?)而?是"
)
_KEPT_AFTER_ALL = re.compile(
    r"\W*(?:(?:only|just|please|but|well|actually|maybe|let'?s) )*(?:not|keep|leave|skip|spare|except|don'?t (?:touch|do|change|include|remove|delete|mute|cut|move|use)|forget(?: about)?) "
    r"(?:the |my )?(?P<other>[\w .'-]{2,24}?)(?: please| pls| though| alone| in| there| as it is| as is| out of it| out)*\W*"
)


def taken_out(left: str, right: str) -> str | None:
    """ "delete unboxing and closeup" with "not closeup": the left side without it; None where that is not meant."""
    match = _KEPT_AFTER_ALL.fullmatch(right)
    if match is None:
        return None
    other = re.escape(match["other"])
    listed = re.search(rf"(?:,? and |, )(?:the |my )?{other}(?!\w)", left) or re.search(
        rf"(?<=\w )(?:the |my )?{other}(?:,? and |, )", left
    )
    if listed is None and (number := re.fullmatch(r"(?:clip|shot|photo) (\d+)", match["other"])) is not None:
        listed = re.search(rf"(?:,? and |, ){number[1]}(?!\w)", left) or re.search(
            rf"(?<=s ){number[1]}(?:,? and |, )", left
        )
    return left[: listed.start()] + left[listed.end() :] if listed else None
