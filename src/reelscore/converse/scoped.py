"""What a message speaks of by where it stands: "all but the first", "from the lake on", "the one after it", "the rest".

A first look finds what is named (`mentions.py`); here it is taken further, to the things that are meant. What is named
is drawn as one letter in the text, so that a form such as "from X on" needs no knowledge of names. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.counted import COUNT, TEXTS, each, kind_said, kind_words, pool
from reelscore.converse.mention import Mention
from reelscore.converse.numbers import value_of
from reelscore.converse.patterns import compiled
from reelscore.converse.scene import Scene, Thing
from reelscore.converse.sieves import Sieve
from reelscore.converse.spared import HEARD, exceptions

_FIRST = 0xE800
_X = "[\ue800-\ue8ff]+"
_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:except\w*|but|other|others|apart|aside|besides|excluding|minus|bar|barring|save|without|not|than|leaving|exception|isn'?t|aren'?t"
        r"|between|on|onwards?|to|nearest|starting|beginning|front|after|before|following|behind|preceding|until|till|through|past|next|previous|else|rest|remaining|remainder|both)(?![a-z])"
    )
)


def scoped(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """The mentions with those in their place that are said by what stands beside them or is left out."""
    found = _texts_of(text, found)
    if _GATE.search(text) is None or not scene.things:
        return found
    for form in (_through, _sides, _last_before, _beside, _both, exceptions, _rest):
        found = form(text, found, scene)
    return found


def _drawn(text: str, found: Sequence[Mention]) -> str:
    """The text with each single thing as a run of one letter."""
    letters = list(text)
    for n, mention in enumerate(found[:0xFF]):
        if len(mention.things) == 1 and not mention.every:
            letters[mention.start : mention.end] = chr(_FIRST + n) * (mention.end - mention.start)
    return "".join(letters)


def _thing(run: str | None, found: Sequence[Mention]) -> Thing | None:
    return found[ord(run[0]) - _FIRST].things[0] if run else None


def _instead(found: Sequence[Mention], span: tuple[int, int], things: Sequence[Thing]) -> tuple[Mention, ...]:
    """The things at this place, and no longer what was found there."""
    kept = [m for m in found if m.end <= span[0] or m.start >= span[1]]
    return tuple(sorted([*kept, *each(span, things)], key=lambda m: m.start))


def _row(thing: Thing, scene: Scene) -> tuple[Thing, ...]:
    """The things among which this one has a place."""
    kind = next((k for k in TEXTS if thing in scene.of(k)), thing.role)
    among = scene.of(kind)
    return among if len(among) > 1 else scene.of(thing.role)


def _antecedents(found: Sequence[Mention], at: int, scene: Scene) -> list[Thing]:
    """What was spoken of before a place in the text, or else in the message before."""
    named = [m.things[0] for m in found if m.end <= at and len(m.things) == 1 and not m.every]
    held = named or [thing for i in scene.touched if (thing := scene.find(i))]
    return list(dict.fromkeys(held))


def _antecedent(found: Sequence[Mention], at: int, scene: Scene) -> Thing | None:
    """The last thing spoken of in the text, or what the message before was first about."""
    named = [m.things[0] for m in found if m.end <= at and len(m.things) == 1 and not m.every]
    return named[-1] if named else next((thing for i in scene.touched if (thing := scene.find(i))), None)


_EVERY = r"(?:everything|all|all of (?:it|them)|anything|whatever|what(?:'s| is)?|(?:(?:all|every|each|any|the) (?:of )?(?:the )?)*(?:clips?|shots?|ones?|photos?|scenes?|parts?|videos?|captions?|subtitles?|texts?))"
_GOES_ON = (
    r"(?: ?(?:on(?! (?:the|my|a|top|its|it|screen|beat)(?![a-z]))(?:ward)?s?|and on(?:ward)?s?|to the (?:very )?end|(?:un)?till? the (?:very )?end)"
    r"|(?: ?,)? and (?:everything|all|whatever|anything|the rest|the ones?|those|the (?:clips?|shots?|photos?)|all (?:of )?(?:the )?(?:clips|shots|photos|ones|those|that))(?: that| which)?"
    r"(?: comes?| is| are| follows?)?(?: (?:after(?:wards)?|following|behind)(?: it| that)?)?)"
)


def _sides(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "from the lake on", "the lake and everything after it", "everything before the drone", "up to clip 2"."""
    if not any(len(m.things) == 1 for m in found):
        return found
    drawn = _drawn(text, found)
    for match in _sides_forms().finditer(drawn):
        held = match.groupdict()
        if held["one"]:
            if things := _strictly_between(_thing(held["one"], found), _thing(held["two"], found), scene):
                return _instead(found, match.span(), things)
            continue
        thing = _thing(held["on"] or held["from"] or held["and"] or held["side"] or held["upto"], found)
        if thing is None or thing.role not in ("clip", "text"):
            continue
        row = _row(thing, scene)
        if thing not in row or (held["on"] and _of_another(found, match.span(), thing)):
            continue
        at = row.index(thing)
        if held["on"] or held["from"] or held["and"]:
            things = row[at:]
        elif held["side"]:
            if _ONE.fullmatch(held["every"]):
                continue  # one that is named or new ("add the reviews clip after the closeup"), and not all that follow
            later = held["way"] in ("after", "following", "behind", "past")
            past = 0 if held["edge"] in (" starts", " begins") else 1
            things = row[at + past :] if later else row[:at]
        else:  # "remove everything up to the interview" leaves the interview
            past = 0 if _LEAVES_IT.search(drawn, 0, match.start()) and _UP_TO.search(match[0]) else 1
            things = row[: at + past]
        if things:
            return _instead(found, match.span(), things)
    return found


_LEAVES_IT = re.compile(
    r"(?<![a-z])(?:remove|delete|cut|drop|lose|bin|scrap|ditch|skip|trim|dump|trash|get rid of|chop)(?: out| off| away)? $"
)
_UP_TO = re.compile(r"(?<![a-z])(?:up to|up until|until|till) (?!and including)")


def _strictly_between(one: Thing | None, two: Thing | None, scene: Scene) -> Sequence[Thing]:
    """What lies after the one and before the other."""
    row = _row(one, scene) if one else ()
    if one not in row or two not in row:
        return ()
    first, last = sorted((row.index(one), row.index(two)))
    return row[first + 1 : last]


_ONE = re.compile(r"(?:the |that )?(?:clip|shot|one|photo|scene|part|video|caption|subtitle|text)")


def _sides_forms() -> re.Pattern[str]:
    return compiled(
        rf"(?<![a-z])(?:{_EVERY} )?(?:from|starting (?:with|at|from)|beginning (?:with|at)) (?:the )?(?P<on>{_X}){_GOES_ON}(?:,? (?:everything|all of (?:it|them)|all(?: the)? clips|every clip)(?![a-z]))?"
        rf"|(?<![a-z])(?:starting|beginning) (?:with|at|from|on) (?:the )?(?P<from>{_X}),? (?:everything|all(?: of)?(?: the| it| them)?(?: clips| shots)?|every clip)(?![a-z])"
        rf"|(?P<and>{_X})(?: ?,)? and (?:everything|all|whatever|anything|all the (?:clips|shots|photos|ones)|the (?:ones?|clips?|shots?|photos?|rest))(?: that| which)?(?: comes?| is| are)? (?:after(?:wards)?|following|behind)(?: it| that)?(?![a-z])(?! (?:the )?{_X})"
        rf"|(?<![a-z])(?P<every>{_EVERY})(?: that| which)?(?: comes?| is| are| goes)? (?P<way>after|following|behind|past|before|preceding|ahead of|in front of) (?:the )?(?P<side>{_X})(?P<edge> (?:ends|starts|begins|is (?:gone|over|done|finished)|disappears|goes away)(?![a-z]))?"
        rf"|(?<![a-z])(?:{_EVERY}|the (?:bit|stuff|thing|stretch|section|piece))(?: that| which)?(?: comes?|'s| is| are| lies?)?(?: in)? between (?:the )?(?P<one>{_X}) and (?:the )?(?P<two>{_X})"
        rf"|(?<![a-z])(?:{_EVERY}) (?:up to|up until|until|through(?: to)?|till) (?:and including )?(?:the )?(?P<upto>{_X})"
    )


def _of_another(found: Sequence[Mention], span: tuple[int, int], thing: Thing) -> bool:
    """ "start the music from the lake on": the moment of something else, and no clips."""
    outside = [m for m in found if m.end <= span[0] or m.start >= span[1]]
    return any(m.things and m.things[0].role != thing.role and not m.every for m in outside)


def _through(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "mute 2041 to 2043": what lies between the two as well."""
    if " to " not in text and " through " not in text:
        return found
    match = _through_form().match(_drawn(text, found))
    one, two = (_thing(match["one"], found), _thing(match["two"], found)) if match else (None, None)
    row = _row(one, scene) if one else ()
    if match is None or one not in row or two not in row or row.index(two) - row.index(one) < 2:
        return found
    return _instead(found, (match.start("one"), match.end("two")), row[row.index(one) : row.index(two) + 1])


def _through_form() -> re.Pattern[str]:
    does = "mute|unmute|silence|delete|remove|bin|lose|drop|blur|brighten|darken|mirror|flip|reverse|rotate|crop|slow down|speed up|duplicate"
    return compiled(
        rf"(?:please |pls |just |can you |and |then |now )*(?:{does}) (?:the |clips? |shots? |photos? )*(?P<one>{_X}) (?:to|through|up to) (?:the )?(?P<two>{_X})(?![a-z])"
    )


_MOVED = r"(?<![a-z])(?:move|put|place|bring|shift|drag|insert|add|stick|drop|play|have|want)(?: the| my)? $"


def _beside(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "the one after the lake", "whatever comes before it", "the next clip": the neighbour of a thing."""
    for _ in range(3):
        drawn = _drawn(text, found)
        match = next(
            (m for m in _beside_forms().finditer(drawn) if not compiled(_MOVED).search(drawn[: m.start()])), None
        )
        if match is None:
            return found
        things = _neighbours(match, found, scene)
        if not things:
            return found
        found = _instead(found, match.span(), things)
    return found


_EDGE = re.compile(r"(?:the )?(?:very )?(?P<edge>last|first|final) (?!second|frame|half|bit|part)")


def _last_before(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "the last shot before the end card", "the first photo after the cake": the neighbour too, where more is said."""
    if " before " not in text and " after " not in text:
        return found
    drawn = _drawn(text, found)
    for match in _last_before_form().finditer(drawn):
        edge = _EDGE.match(text, match.start("edge"))
        thing = _thing(match["x"], found)
        row = _row(thing, scene) if thing else ()
        later = match["way"] == "after"
        if edge is None or thing not in row or (edge["edge"] == "first") != later:
            continue
        at = row.index(thing) + (1 if later else -1)
        alone = not (drawn[: match.start()] + drawn[match.end() :]).strip(" ,.!")
        if 0 <= at < len(row) and not alone and not compiled(_MOVED).search(drawn[: match.start()]):
            return _instead(found, match.span(), row[at : at + 1])
    return found


def _last_before_form() -> re.Pattern[str]:
    return compiled(
        rf"(?:(?<![a-z])the )?(?P<edge>{_X})(?: (?:right|just|that comes|which comes|that is|which is))? (?P<way>before|after) (?:the )?(?P<x>{_X})"
    )


def _neighbours(match: re.Match[str], found: Sequence[Mention], scene: Scene) -> Sequence[Thing]:
    thing = _thing(match["x"], found) or _antecedent(found, match.start(), scene)
    if thing is None:
        return ()
    words = match["kind"] or match["kind2"] or match["kind3"]
    kind = kind_said(words) if words and words.rstrip("s") not in ("one", "part", "bit") else ""
    row = pool(kind, scene) if kind else _row(thing, scene)
    later = (match["way"] or match["way2"] or match["way3"]) in _LATER
    side = [t for t in row if (t.span.start > thing.span.start if later else t.span.start < thing.span.start)]
    count = match["n"] or match["n3"]
    n = int(value_of(count.removesuffix(" of")) or 0) if count else 1
    return () if n > len(side) else side[:n] if later else side[-n:]


_LATER = ("after", "following", "next to", "behind", "next", "past")


def _beside_forms() -> re.Pattern[str]:
    kind = kind_words()
    comes = r"(?: that| which)?(?: comes| is|'s| goes)?(?: right| just| directly| immediately| straight)*"
    lead = r"(?:the |that |my )"
    it = r"(?:it|that one|this one|that|this|them)(?![a-z'])"
    end = (
        r"(?= ?(?:$|[,.;:!?)]|(?:and|too|as well|also|to|in|by|a|should|is|needs?|black|please|pls|instead)(?![a-z])))"
    )
    return compiled(
        rf"(?<![a-z])(?:{lead}(?:(?P<n>{COUNT})(?: (?={kind}))?)?(?P<kind>(?:{kind})s?|(?<=[a-z0-9])){comes}|(?:whatever|what)(?: comes| is|'s| goes)(?: right| just| directly)*) (?P<way>before|after|following|next to|preceding|ahead of|behind) (?:(?:the )?(?P<x>{_X})|{it})(?! (?:ends|starts|begins))"
        rf"|(?<![a-z]){lead}(?P<kind2>one|clip|shot|photo|picture|caption|subtitle)(?: right| just| directly| immediately)? (?P<way2>before|after|following){end}"
        rf"|(?:(?<![a-z]){lead}|^(?:and |now |then |ok |also )*)(?P<way3>next|previous|preceding|following|prior) (?:(?P<n3>{COUNT})(?! (?:sec|min|frame|beat|bar|step|change|edit|version))(?: (?={kind}))?)?(?P<kind3>(?:{kind})s?|(?<=[a-z0-9]))(?![a-z])"
    )


_TEXT_OF = re.compile(r" (?:from|in|on|during|over|of) (?:the |my )?")
_PUT = re.compile(r"(?<![a-z])(?:put|move|add|place|show|write|insert|stick|generate|create|give|bring|burn)(?![a-z])")


def _texts_of(text: str, found: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """ "the captions in the first two clips": the texts that lie over them."""
    for mention in found:
        if mention.kind not in ("text", *TEXTS) or not (mention.bare or mention.every) or len(mention.things) < 2:
            continue
        joint = _TEXT_OF.match(text, mention.end)
        over = [m for m in found if joint and joint.end() - 5 <= m.start <= joint.end() < m.end and not m.every]
        clips = [t for m in over for t in m.things if t.role == "clip" and not m.bare]
        if not clips or _PUT.search(text[: mention.start]):
            continue
        there = [t for t in mention.things if any(t.span.overlaps(clip.span) for clip in clips)]
        if there:
            return _instead(found, (mention.start, over[0].end), there)
    return found


def _both(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "both clips": the two there are, or the two that were spoken of; of more, it is open which."""
    for mention in found:
        words = text[mention.start : mention.end]
        if not mention.every or mention.kind not in ("clip", "image", "text", *TEXTS) or not words.startswith("both"):
            continue
        among = scene.of(mention.kind)
        if len(among) == 2:
            continue
        two = [t for t in _antecedents(found, mention.start, scene) if t in among]
        if len(two) == 2:
            return _instead(found, (mention.start, mention.end), two)
        return tuple(replace(m, every=False, said=m.kind) if m is mention else m for m in found)
    return found


_OF_TIME = (
    r"of (?:the )?(?:film|video|movie|song|music|track|time|clip(?!s)|shot(?!s)|interview|piece|edit|reel|vid)(?![a-z])"
)


def _rest_forms() -> re.Pattern[str]:
    kind = kind_words()
    return compiled(
        r"(?<![a-z])(?:(?P<all>everything|all|anything|everyone) else"
        rf"|(?:all )?(?:of )?the (?:rest|remainder)(?! {_OF_TIME})(?: of (?:the |my )?(?:(?P<of>{kind})s?|them|those|these|it all))?(?![a-z])"
        rf"|(?:all )?(?:of )?(?:the |my )?(?:other|remaining)(?: {COUNT})? (?P<kind>{kind})s(?![a-z])"
        rf"|(?:all )?(?:of )?the (?:others|other {COUNT})(?! (?:sec|min|frame|beat|bar|step|change))(?![a-z])"
        rf"|the other (?P<one>{kind})(?![a-z]))"
    )


def _rest(text: str, found: tuple[Mention, ...], scene: Scene) -> tuple[Mention, ...]:
    """ "the rest", "everything else", "the other photos": what was not spoken of yet."""
    match = next((m for m in _rest_forms().finditer(text)), None)
    if match is None or compiled(
        r"(?<![a-z])(?:not|nothing|none|no|never|leave|keep)(?: on| for| in| between| to)? $"
    ).search(text[: match.start()]):
        return found  # what is left alone is not spoken of
    spoken = _antecedents(found, match.start(), scene) or [
        m.things[0] for m in found if m.start >= match.end() and len(m.things) == 1 and not m.every
    ]
    words = match["of"] or match["kind"] or match["one"] or ""
    told = words.rstrip("s") not in ("", "one", "part", "bit")
    among: Sequence[Thing] = pool(kind_said(words), scene) if told else ()
    same = [t for t in spoken if t in among] if told else spoken
    if not same:
        return found
    role = same[0].role
    if not told:
        among = _like(role, bool(match["all"]), text, scene) if len({t.role for t in same}) == 1 else ()
    left = [t for t in among if t not in same]
    if match["one"] and len(left) > 1:  # "the other one, the lake"
        after = next((m for m in found if m.start >= match.end() and len(m.things) == 1 and m.things[0] in left), None)
        if after is None or not patterns.fullmatch(r",? (?:i mean )?(?:the )?", text[match.end() : after.start]):
            return found
        return _instead(found, (match.start(), after.end), after.things)
    if not left:
        return found
    return _instead(found, match.span(), left)


def _like(role: str, everything: bool, text: str, scene: Scene) -> list[Thing]:
    if role in ("clip", "text", "overlay") and not (everything and role == "clip" and HEARD.search(text)):
        return [t for t in scene.things if t.role == role]
    return [t for t in scene.things if scene.sounds(t)]
