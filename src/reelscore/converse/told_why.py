"""What stands beside an order and only tells why: "mute the beach | the wind is horrible", "people swipe away | shorten the
intro".

A plain statement asks for nothing there, whatever words of a wish it holds (noise, orange, swipe). What states how a thing
of the film shall be ("the drone is last", "the title stays white") is a wish of its own, and so is a complaint about
another thing ("the music is too loud"). English only.
"""

from __future__ import annotations

import re

from reelscore.converse.clause import Clause
from reelscore.converse.complained import UNREAD, put_right
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of
from reelscore.converse.pieces_weighed import ORDER
from reelscore.converse.questions import SURE
from reelscore.converse.sieves import Sieve

_LEAD = r"\s*(?:(?:and|but|because|cause|cuz|cos|since|as|well|now|oh|ugh|honestly|sorry|you know|i mean|otherwise|tbh)[, ]+)*"
_DET = r"(?:the|my|our|his|her|their|your|its|some|a|an|this|that|these|those|all|half|most)"
_MANY = r"(?:they|these|those|people|kids|viewers|customers|we|i|you|(?:my|our|the) [a-z]+s)"
_WHO = rf"(?:it|this|that|there|he|she|nobody|no one|everyone|everybody|someone|somebody|nothing|everything|{_MANY}|(?!{_DET} ?$)(?:{_DET} )?(?:[a-z0-9'&-]+ ){{0,3}}?(?!{_DET}(?![a-z]))[a-z0-9&'-]+?)"
_BE = r"(?:(?:'s|'re|'m| is| are| am| was| were)(?: not|n't)?| isn't| aren't| wasn't| weren't)"
_STATES = re.compile(
    rf"{_LEAD}(?:(?P<who>{_WHO})(?:(?P<be>{_BE})|(?P<does> (?:can|could|will|would|do|does|did)(?:n't| not|not)| can (?:still |hardly |barely )?(?:hear|see)| won't| has| had| can't| never| always| (?:looks|sounds|feels|seems|makes|keeps|covers|hides|blocks)))"
    rf"|(?P<many>{_MANY})(?P<act>(?: just| only| always| really| all)? [a-z]{{3,}})|(?P<one>{_DET} [a-z0-9' -]{{2,30}}?|[a-z]+(?= gets | got | watches | reads )|nobody|no one|somebody|someone|everybody|everyone|it|this|that|he|she)(?P<acts>(?: just| only| always| really)? [a-z]{{2,}}(?:s|ed)))(?![a-z]) ?(?P<what>.*?)[ .!]*"
)
_IMPERSONAL = Sieve(
    re.compile(
        r"\s*(?:makes|looks|sounds|feels|works|fits|reads|flows) (?:[a-z]+ ){0,2}(?:sense|better|nicer|cleaner|good|great|cooler|weird|odd|wrong|cheap|silly|bad|more [a-z]+)(?: (?:that|this) way| like (?:that|this)| then| anyway)?[ .!]*"
        rf"|{UNREAD}"
        r"|\s*(?:that|which)(?:'s| is| looks| feels| seems)(?: so| much| way| just| a bit| a little)* (?:more|less|nicer|better|prettier|cooler|cuter) ?[a-z]*(?: (?:that|this) way| like (?:that|this)| i think)?[.! ]*"
        r"|\s*(?:just|only|nothing but)(?: (?:the|people|them|him|her|us|me|guys?|everyone|both|pure|of|sound|voices?|interview|conversation|two|all|they|my|our|kids))* (?:talking|speaking|chatting|(?<=just )voices|(?<=only )voices|people)[.! ]*"
        r"|\s*(?:way |much |far |a bit |just )?too [a-z]+(?: (?:for me|for this|right now|now|imo|like this|here))?[ .!]*"
    )
)
_SETTLED = re.compile(  # where or how it shall be, as if it were so
    r"(?:(?:still|also|always|only|just|not|now|then) )*(?:on|off|in|at|under|over|above|below|between|first|last|left|right|top|bottom|gone|out(?! of )|muted|silent|next|before|after|until|till|up|down|away|to|from|with|without|the (?:first|last|same)|fine|ok(?:ay)?|good|great|perfect|going|supposed|black and white)(?![a-z])"
)
_WISHED = Sieve(
    re.compile(
        r"(?<![a-z])(?:want|wants|wanted|need|needs|wish|would(?!n't| not)|'d like|should|must|has to|have to|let'?s|gotta|please|ought|supposed|(?:louder|quieter|softer|brighter|darker|faster|slower|longer|shorter|bigger|smaller|higher|lower|warmer|cooler|calmer|livelier|happier|sadder)(?! (?:than|anyway|that way)))(?![a-z])"
    )
)
_POINTS = ("it", "this", "that", "they", "he", "she", "there", "these", "those")
_ORDERS = re.compile(
    r"\s*(?:can|could|would|will|do|did|please|let|make|no|put|set|turn|add|keep|leave|mute|cut|with|without|more|less|just|only|also|then|maybe|same|first|last)(?![a-z])"
)
_ASKED_TOO = re.compile(
    rf"(?<![a-z])(?:so|and|but|then),? (?:please |just |let'?s |can you |could you |i |you )?{ORDER.pattern}"
)
_JOINED = re.compile(
    r"(?<![a-z])(?:but|and|or|so|if|to|how|as|than|what|why)(?![a-z])|(?<=[a-z] )(?:where|when|which|who|that)(?![a-z])"
)
_ON = re.compile(r"(?:him|her|them|it|me|us|his|everything|everyone|my|your|the|their)(?![a-z])")
_SO_DONE = re.compile(  # "that title pops in so abruptly": how it is done now
    r"(?:(?:in|on|up|out|off|by|over|away) )?(?:so|too|way too|very|really|awfully|kinda|pretty|a bit too|a bit) (?:abrupt|sudden|hard|harsh|rough|fast|quick|slow|loud|quiet|late|early|soon|short|clumsi|awkward|weird|stiff|jerki)(?:ly)?(?: at (?:the )?[a-z]+| now| here| there)?"
)
_A_PART = re.compile(r"(?<![a-z])(?:bit|part|start|beginning|opening|end|ending|scene|clip|shot|middle|intro|photo)$")
_DULL = re.compile(
    r"(?:(?:so|too|very|really|a bit|kinda|pretty|just) )*(?:boring|dull|lame|wobbly|shaky|rubbish|crap|bad)"
)
_KIN = (  # what is mended by one of these needs no other of them
    {"filter", "remove_filter"},
    {"volume", "mute", "duck", "remove", "normalise"},
    {"trim", "speed", "remove", "cut_range", "cut_first", "cut_last", "fit_duration"},
    {"speed", "change_music"},
    {"text_style", "text_position", "text_duration"},
    {"arrange", "remove"},
)


def only_told(c: Clause) -> bool:
    """Is it a plain statement of how something is, or what somebody does?"""
    text = c.text
    if not text.isascii() or c.quotes or c.quantities or _WISHED.search(text):
        return False
    if _IMPERSONAL.fullmatch(text):
        return True
    match = _STATES.fullmatch(text)
    if match is None or _ASKED_TOO.search(text):
        return False
    who, what = match["who"] or match["many"] or match["one"], match["what"]
    end = max(match.end(name) for name in ("who", "many", "one"))
    if _ORDERS.match(who) or ORDER.match(who) or _JOINED.search(who):
        return False
    if any(m.end > end and m.start < match.start("what") and m.kind != "pronoun" for m in c.mentions):
        return False  # "the last two clips black and white": no verb
    if _SO_DONE.fullmatch(what) or (_A_PART.search(who) and _DULL.fullmatch(what)):
        return True
    if not _ON.match(what) and any(w.end > end and not w.idle for w in c.wishes):
        return False
    if " so " in what:
        return False
    if match["be"]:
        coloured = not what.startswith("too ") and any(start >= end for _, start, _ in c.colours)
        told = not _SETTLED.match(what) and not coloured
        return told and (bool(what) or who not in _POINTS)
    held = who == "everything" or any(
        m.things and m.start < end and m.kind not in ("pronoun", "film") for m in c.mentions
    )
    return _ON.match(what) is not None if held else True


def tells_why(before: Read, alone: Read) -> bool:
    """Does the second piece only tell why the first is asked for?"""
    if before.held or alone.held or before.best is None or before.best.score < STANDS or not before.best.asked:
        return False
    if only_told(before.clause) and put_right(before.clause) is None:
        return False
    return only_told(alone.clause) and (not _complains(alone) or _kin(before, alone))


def why_first(before: Read, alone: Read) -> bool:
    """Does the first piece only tell why the second is asked for?"""
    if alone.held or alone.best is None or alone.best.score < SURE or not alone.best.asked or before.held:
        return False
    if before.best is None or before.best.score < STANDS or before.best.missed is not None:
        return _of_its_time(before, alone)  # what is not read is not done anyway
    if not only_told(before.clause) or only_told(alone.clause):
        return False
    of = {m.kind for m in before.clause.mentions} - {"pronoun"}
    if not _complains(before):
        return True
    return (
        ORDER.match(alone.clause.text.strip()) is not None
        and not of
        and names_of(before) != names_of(alone)
        and _kin(alone, before)
    )


_TOO_FAST = re.compile(
    r"[^,.;!?]{2,50}? (?:(?:so|way|far|much|just|really|a bit|a little) )*too (?:fast|quick|soon|early|late|long|short|slow|brief)(?:ly)?(?: (?:for me|now|here|imo|though))*\W*"
)


def _of_its_time(before: Read, alone: Read) -> bool:
    """ "the title disappears way too fast!! | leave it up for 5 secs": is it said exactly how long the same thing shall be?"""
    text = before.clause.text.strip()
    if not alone.clause.quantities or before.clause.quantities or ORDER.match(text) or not _TOO_FAST.fullmatch(text):
        return False
    things = {t.segment.id for m in before.clause.mentions for t in m.things}
    return args_of(alone).get("which") in {*things, *(m.said for m in before.clause.mentions)}


def _complains(read: Read) -> bool:
    c = read.clause
    return (
        put_right(c) is not None
        or re.search(r"(?<![a-z])(?:too [a-z]|[a-z]+ enough(?![a-z])|[a-z]+er than)", c.text) is not None
    )


def _kin(before: Read, alone: Read) -> bool:
    """Does the complaint lead to nothing else than what was asked for already?"""
    one, two = set(names_of(before)), set(names_of(alone)) - {""}
    if not two:
        return True
    of = {t.segment.id for m in alone.clause.mentions if m.kind != "pronoun" for t in m.things}
    about = {t.segment.id for m in before.clause.mentions for t in m.things}
    return (not of or bool(of & about)) and any(two <= kin and one & kin for kin in _KIN)
