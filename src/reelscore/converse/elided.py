"""A piece of a message that leaves out what was just said: "move the drone to the start | and the intro to the end",
"fade in over two seconds | and out over three", "markers at 10, | 20 | and 30 seconds".

The verb, the unit or the whole frame of the piece before is said once more, and the piece is read with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.around import Around
from reelscore.converse.clause import Clause
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import Read, args_of, names_of, read_clause
from reelscore.converse.quantities import Quantity
from reelscore.converse.quotes import Quoted
from reelscore.converse.sieves import Sieve

SURELY = 0.88
_MOST_WORDS = 12
_LEAD = re.compile(r"\s*(?:(?:and|also|then|plus|but|please|now)\s+)*")
_VERB = re.compile(
    r"(?:please |then |also |and |now |so |just |can you |could you |maybe )*(?:add|put|cut|trim|remove|delete|make|set|turn|fade|mute|export|move|speed|slow|crop|zoom|rotate|flip|split|loop|change|play|mirror|reverse|blur|show|give|bring|take"
    r"|drop|lose|shave|chop|lop|snip|clip|slice|knock|lower|raise|pan|duck|freeze|swap|replace|rename|undo|insert|write|generate|get|let|have|hide|shorten|extend|animate|mark|place|duplicate|copy|unmute|silence|boost|shift|resize|i|it|that|this|leave|keep|no|not|don'?t)(?![a-z])"
)
_EASTERN = re.compile(r"[\u3040-\u9fff]")
_UNITS = {"seconds": " seconds", "percent": "%", "decibels": " db", "frames": " frames", "degrees": " degrees"}


def completed(before: Read, alone: Read, around: Around) -> Read | None:
    """The piece read with what it leaves out; None where it stands for itself, or does not mean the same request."""
    text = alone.clause.text
    if before.best is None or before.held or alone.held or not before.best.asked or _EASTERN.search(text):
        return None
    if text.count(" ") >= _MOST_WORDS or _ALONE.search(before.clause.text):
        return None
    if (faded := _faded_with_it(before, alone)) is not None:
        return faded
    wanted = names_of(before)
    if len(set(wanted)) != 1 or wanted[0] in ("", "export", "undo"):
        return None
    for n, clause in enumerate(_candidates(before, alone, around)):
        read = read_clause(clause)
        if read.best is None or read.best.score < SURELY or read.held:
            continue
        if n == 0 and alone.best is None and _VERB.match(text) and len(clause.text) < len(text) + 10:
            return read  # "keep it on till 9", after seconds
        told = names_of(read), args_of(read)
        if {_family(n) for n in told[0]} == {_family(n) for n in wanted} and told != (wanted, args_of(before)):
            return _faded_with_it(before, read) or read
        if alone.best and names_of(read) == names_of(alone) and len(args_of(read)) > len(args_of(alone)):
            return read
    return None


def _faded_with_it(before: Read, alone: Read) -> Read | None:
    """ "the last 2 s fade to black | and the music fades with it": for as long; None where it says more, or no fade."""
    if before.best is None or alone.best is None or not before.best.asked or not alone.best.asked:
        return None
    told, one = dict(before.best.asked[0].args), dict(alone.best.asked[0].args)
    if names_of(alone) not in (["fade_out"], ["fade_in"]) or names_of(alone) != names_of(before):
        return None
    if not one.keys() <= {"which", "of"} or one == {"which": told.get("which")}:
        return None
    if _WITH_IT.search(alone.clause.text) is None:
        return None
    if "duration" not in told:
        return alone
    step = replace(alone.best.asked[0], args=(*one.items(), ("duration", told["duration"])))
    return replace(alone, best=replace(alone.best, asked=(step,)))


_ALONE = Sieve(re.compile(r"(?<![a-z])(?:nothing|none|anything|all|everything) (?:but|except)(?![a-z])"))
_WITH_IT = re.compile(
    r"(?<![a-z])(?:with (?:it|them|that)|along|too|as well|alongside|together|(?:just |for )?as long|(?:for )?the same (?:length|time|duration))(?![a-z])"
)
_EVERYTHING = re.compile(r"(?:everything|all|anything) (?:after|before|from|past|until|between)(?![a-z])")


_AN_END = re.compile(r"(?:the )?(?:first|last|final|opening) (?=\d|[a-z]+(?: (?:seconds?|secs?|frames?|minutes?))?$)")


_OFF = re.compile(r" (?:off|from|at|of|out of)(?: the| its)? ")
_FIRST_WORD = re.compile(r" *(?:please |then |also |and |now |so |just )*[a-z]+(?= )")


def _family(command: str) -> str:
    return (
        "cut" if command.startswith("cut_") or command == "trim" else command.removesuffix("_in").removesuffix("_out")
    )


def _candidates(before: Read, alone: Read, around: Around) -> Iterator[Clause]:
    was, now = before.clause, alone.clause
    weak = alone.best is None or alone.best.score < SURELY
    own = _VERB.match(now.text) is not None
    lead = _LEAD.match(now.text)
    at = lead.end() if lead else 0
    if (edge := OTHER_EDGE.fullmatch(now.text, at)) and (cut := of_an_edge(was)) is not None:
        other = Spliced(now.plain).say("cut the ").add(now, *edge.span(1)).say(" seconds")
        of_it = _OF_THAT.match(was.text, cut.end)
        yield (other.add(was, cut.end, len(was.text)) if of_it else other).clause(around)
    first = next(iter(now.mentions), None)
    begins = (
        first is not None
        and first.start - at <= 4
        and (first.kind not in ("pronoun", "film", "all") or _EVERYTHING.match(now.text, at) is not None)
    )
    begins = begins or _AN_END.match(now.text, at) is not None
    ordinal = _ORDINAL.match(now.text, at)
    counted = next((m for m in was.mentions if m.nth is not None and m.things), None) if ordinal else None
    number = next((q for q in now.quantities if q.kind == "number" and not q.pair), None)
    unit = next((q for q in reversed(was.quantities) if q.kind in _UNITS), None)

    def with_its_unit(made: Spliced, start: int) -> Spliced:
        """The piece from there on, with the unit of the one before where it only says a number."""
        if unit is not None and (bare := _BARE_NUMBER.fullmatch(now.text, start)):
            return made.say(" ").add(now, *bare.span(1)).say(_UNITS[unit.kind])
        if number is None or unit is None or len(now.quantities) != 1 or number.start < start:
            return made.add(now, start, len(now.text))
        return made.add(now, start, number.end).say(_UNITS[unit.kind]).add(now, number.end, len(now.text))

    if (frame := _OTHER_FRAME.match(now.text, at)) and (one := _A_FRAME.search(was.text)):
        other = Spliced(now.plain).add(was, 0, one.start(1)).add(now, *frame.span(1)).say(" frame ")
        yield with_its_unit(other, frame.end()).clause(around)
    if ordinal is not None and counted is not None:
        noun = {"clip": "clip", "image": "photo"}.get(counted.kind, counted.kind.replace("_", " "))
        yield with_its_unit(Spliced(now.plain).add(now, at, ordinal.end(1)).say(f" {noun} "), ordinal.end()).clause(
            around
        )
        if not own:
            held = (
                Spliced(now.plain)
                .add(was, 0, counted.start)
                .say("the ")
                .add(now, ordinal.start(1), ordinal.end(1))
                .say(f" {noun} ")
            )
            yield with_its_unit(held, ordinal.end()).clause(around)
    verb = 0 if own or not begins or _for_both(was, now) else _verb_of(was)
    if number is not None and unit is not None and len(now.quantities) == 1:
        with_unit = Spliced(now.plain)
        if verb:
            with_unit.add(was, 0, verb).say(" ")
        with_unit.add(now, at if verb else 0, number.end).say(_UNITS[unit.kind]).add(now, number.end, len(now.text))
        if alone.best is None or number.cue in ("over", "for", "by", "to", "in"):
            yield with_unit.clause(around)
    if not own and (compared := _compared(was, now, at)) is not None:
        yield Spliced(now.plain).add(was, *compared).say(" ").add(now, at, len(now.text)).clause(around)
    if (
        not own
        and (also := _TOO.search(now.text))
        and first is not None
        and now.text[at : first.start].strip() in ("", "the", "my", "on", "for", "of", "in")
    ):
        those = [m for m in was.mentions if m.kind not in ("pronoun", "film", "all")]
        if len(those) == 1 and first.end <= also.start() and len(now.mentions) == 1 and not now.quantities:
            named = Spliced(now.plain).add(was, 0, those[0].start).add(now, first.start, first.end)
            yield named.add(was, those[0].end, len(was.text)).clause(around)
    if not weak or own:
        return
    if now.quantities and now.quantities[0].start - at <= 4 and _OFF.match(now.text, now.quantities[0].end):
        word = _FIRST_WORD.match(was.text)
        if word is not None and _VERB.match(was.text):
            yield with_its_unit(Spliced(now.plain).add(was, 0, word.end()).say(" "), at).clause(around)
    if unit is not None and number is None and (one := _ONE_OFF.match(now.text, at)):
        word = _FIRST_WORD.match(was.text)
        if word is not None and _VERB.match(
            was.text
        ):  # "one second from the front of the beach and one from the back of the city"
            made = Spliced(now.plain).add(was, 0, word.end()).say(f" 1{_UNITS[unit.kind]}")
            yield made.add(now, one.end(), len(now.text)).clause(around)
    if (
        now.quotes
        and now.quantities
        and was.quantities
        and now.quotes[0].start == at
        and was.quotes
        and was.quotes[0].start > 2
    ):
        yield Spliced(now.plain).add(was, 0, was.quotes[0].start).add(now, at, len(now.text)).clause(around)
        return
    if verb:
        yield Spliced(now.plain).add(was, 0, verb).say(" ").add(now, at, len(now.text)).clause(around)
    elif not begins and (framed := _framed(was, now, at, around)) is not None:
        yield framed


def of_an_edge(was: Clause) -> Quantity | None:
    """The seconds that a clause counts from the start or the end."""
    return next((q for q in was.quantities if q.cue in ("first", "last") and q.kind == "seconds"), None)


_A_FRAME = re.compile(
    r"(?<![a-z])(?:freeze|hold|keep)(?: on)? (?:the )?(first|last|final) (?:frame|image|picture)(?![a-z])"
)
_OTHER_FRAME = re.compile(r"(?:the )?(?:very )?(first|last|final)(?: one| frame)? (?=for |another |\d)")
_OF_THAT = re.compile(r" (?:of|off|from) ")
OTHER_EDGE = re.compile(  # "the first two seconds gone, last one too": so many seconds
    r"(?:the )?(?:very )?((?:first|last|final|opening) (?:one|two|three|four|five|ten|\d{1,2}))(?: (?:too|as well|also|off|away|gone|out|please|pls))*[ .!]*"
)
_BARE_NUMBER = re.compile(r" *([\d.]*\d)[ .!,]*")
_TOO = Sieve(re.compile(r" ?,? ?(?:too|as well|also|likewise|the same(?: way)?)(?: please| pls)?[ .!]*$"))
_MORE = re.compile(
    r"(?<![a-z])(?:(?:a (?:little )?(?:bit|touch|tad)|a little|much|slightly|way|some|a lot|lots) )?(?:more|less|increased?|decreased?|reduced?|boosted?|higher|lower|raise|stronger)(?: of)?(?: the)?(?= [a-z]+$)"
)
_PROPERTY = re.compile(
    r"(?:the )?(?:contrast|saturation|brightness|exposure|sharpness|warmth|vibrance|grain|colou?r|temperature|blur|vignette)(?![a-z])"
)


def _compared(was: Clause, now: Clause, at: int) -> tuple[int, int] | None:
    """ "more contrast and saturation": what goes before the first is said of the second too."""
    if not _PROPERTY.match(now.text, at) or now.quantities:
        return None
    more = _MORE.search(was.text.rstrip(" ,.!"))
    return more.span() if more else None


_ORDINAL = re.compile(  # "first clip 1.2x, second 0.8x"
    r"(?:the )?(first|second|third|fourth|fifth|last|2nd|3rd|4th|5th)(?: one)?(?: (?=(?:to|at|by|in|is|should|gets?|on|for|a|an|half|double|twice|much|black|sepia|muted|[a-z]{3,}er)(?![a-z]))| (?=[+-]?[\d.]+ ?(?:x|%|db|°|deg|percent|seconds?|secs?|s)(?![a-z]))| (?=[\d.]+ *$)|$)"
)


def _for_both(was: Clause, now: Clause) -> bool:
    """ "speed up hiking and lake by 20%": the amount behind the second thing is of the first too."""
    last = max((m.end for m in was.mentions), default=len(was.text))
    return bool(now.quantities) and not was.quantities and not was.text[last:].strip(" ,")


def _verb_of(was: Clause) -> int:
    """Where the verb of a clause ends: before the first thing that is named."""
    first = next((m.start for m in was.mentions if m.kind not in ("film", "all")), None)
    if first is None:
        first = next((q.start for q in was.quantities), 0)
    lead = re.sub(r"(?: the| my)?(?: (?:first|last|from|at|to|by))? *$", "", was.text[:first])
    return len(lead) if first > 2 and _VERB.match(was.text) else 0


def _framed(was: Clause, now: Clause, at: int, around: Around) -> Clause | None:
    """The clause before with the piece's quantity, and its thing, in place of its own."""
    quantity = next(iter(now.quantities), None)
    old = _same_kind(was, quantity) if quantity else None
    if quantity is None or old is None or len(now.quantities) != 1 or was.range or now.quotes:
        return None
    if not patterns.fullmatch(r"(?:at|to|by|on|for)? ?(?:the )?", now.text[at : quantity.start]):
        return None
    if quantity.kind == old.kind != "number" and quantity.cue != old.cue and old.cue in ("at", "from"):
        begins = was.span[0] + old.start
        if not any(m.start() <= begins < m.end() for m in _MOMENTS.finditer(now.plain.text)):
            return None  # a moment, and how long from there
    said = next((m for m in now.mentions if m.start > quantity.end), None)
    rest = now.text[quantity.end :].strip(" .!?,")
    if said is None and rest and rest not in ("too", "as well", "also", "please", "pls"):
        return None
    thing = next((m for m in was.mentions if m.start > old.end), None) if said else None
    if said is not None and thing is None:
        return None
    if said is not None and _AN_EDGE.search(now.text, quantity.end, said.start):
        return None  # "3 from the end of the lake": not where the one before was
    unit = _UNITS.get(old.kind, "") if quantity.kind == "number" and old.kind != "number" else ""
    made = Spliced(now.plain).add(was, 0, old.start)
    made.add(now, quantity.start, quantity.end).say(unit)
    if said is not None and thing is not None:
        made.add(was, old.end, thing.start).add(now, said.start, len(now.text))
    else:
        made.add(was, old.end, len(was.text))
    return made.clause(around)


_ONE_OFF = re.compile(
    r"(?:another )?one(?= (?:off|from|at) (?:the |its )?(?:very )?(?:start|beginning|front|head|end|back|tail)(?![a-z]))"
)
_AN_EDGE = re.compile(r"(?<![a-z])(?:start|beginning|front|head|end|ending|back|tail|middle)(?![a-z])")
_AT = r"\d[\d.:]*(?: ?(?:s|secs?|seconds?))?"
_MOMENTS = re.compile(rf"(?<![\d.:])(?:{_AT}(?:, ?| and | & |, and ))+{_AT}(?<=[\ds])(?=.*)(?: |$|[,.;])")


def _same_kind(was: Clause, quantity: Quantity) -> Quantity | None:
    alike = [q for q in was.quantities if q.kind == quantity.kind or "number" in (q.kind, quantity.kind)]
    return alike[-1] if len(alike) == 1 or (alike and alike[-1].cue) else None


class Spliced:
    """A text put together of stretches of one message, which knows where each letter came from."""

    def __init__(self, plain: Plain) -> None:
        self.plain, self.text = plain, ""
        self.at: list[int] = []
        self.quotes: list[Quoted] = []

    def add(self, clause: Clause, start: int, end: int) -> Spliced:
        held = clause.plain.at[clause.span[0] + start : clause.span[0] + end]
        for quoted in clause.quotes:
            if start <= quoted.start and quoted.end <= end:
                shift = len(self.text) - start
                self.quotes.append(Quoted(quoted.start + shift, quoted.end + shift, quoted.words, quoted.marked))
        self.text += clause.text[start:end]
        self.at += held
        return self

    def say(self, words: str) -> Spliced:
        self.text += words
        self.at += [self.at[-1] if self.at else 0] * len(words)
        return self

    def clause(self, around: Around) -> Clause:
        end = self.at[-1] + 1 if self.at else 0
        plain = Plain(self.text, self.plain.original, (*self.at, end))
        return Clause(plain, tuple(self.quotes), (0, len(self.text)), around)
