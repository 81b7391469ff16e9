"""A message divided into clauses, by what its pieces mean alone and together. Each stretch is read at most once."""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse import elided_zh, followups, music_told, patterns, settings_said
from reelscore.converse.clause import Around, Clause
from reelscore.converse.clauses import Piece, pieces
from reelscore.converse.elided import Spliced, completed
from reelscore.converse.findings import Findings
from reelscore.converse.joining import a_complaint, apart, belongs, holds_on, with_all
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.one_clause import STANDS, Read, args_of, names_of, read_clause
from reelscore.converse.questions import SURE
from reelscore.converse.quotes import Quoted
from reelscore.converse.readers import extents, extents_zh, together
from reelscore.converse.readers.ordering import ordered
from reelscore.converse.reading import COPY
from reelscore.converse.refined import refined
from reelscore.converse.remarks import REMARK
from reelscore.converse.scene import Thing
from reelscore.converse.spoken import Spoken, spoken
from reelscore.converse.tables import table
from reelscore.converse.topics import new_topics
from reelscore.converse.wish_runs import as_wish, plain_wish, wish_runs
from reelscore.values.command import Step

MOST_CLAUSES = 24
_LEANS = 40  # letters of a message that may lean on the one before


class MessageReader:
    """Reads stretches of one message, each at most once."""

    def __init__(self, plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> None:
        self.plain, self.quotes, self.around = plain, quotes, around
        self._found = Findings(plain.text, around.scene, around.known.vocabulary)
        self._held: dict[tuple[int, int, Spoken, bool], Read] = {}

    def clause(self, start: int, end: int, around: Around | None = None) -> Clause:
        return Clause(self.plain, self.quotes, (start, end), around or self.around, self._found)

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """The stretch without the spaces and commas around it."""
        text = self.plain.text
        while start < end and text[start] in " ,":
            start += 1
        while start < end and text[end - 1] in " ,":
            end -= 1
        return start, end

    def read(self, start: int, end: int, done: list[Read], *, first: bool) -> Read:
        """The stretch, after what was done; `first`: it may lean on the message before."""
        text = self.plain.text
        start, end = self.bare(start, end)
        told = spoken(done, self.around.scene)
        key = (start, end, told, first)
        if key not in self._held:
            if done and _RELATIVE.match(text, start, end) and (spared := _left_out(done[-1].clause)):
                told = replace(told, focus=spared.segment.id, kind=spared.role, several=())
            if _LISTED.search(text[:start][-12:]) and not _IT.search(text[start:end]):
                told = replace(told, focus="", kind="", several=())  # each line of a list is about what it names
            around = replace(
                self.around,
                spared=told.spared,
                before=told.before,
                focus=told.focus,
                focus_kind=told.kind,
                several=told.several,
                made=told.made,
                parts=told.parts,
            )
            clause = self.clause(start, end, around)
            if told.made and (copy := re.search(COPY, clause.text)):  # "put the copy at the end"
                it = (
                    Spliced(self.plain).add(clause, 0, copy.start()).say("it").add(clause, copy.end(), len(clause.text))
                )
                clause = it.clause(around)
            self._held[key] = read_clause(clause, first)
        return self._held[key]


_RELATIVE = re.compile(r"(?:and )?(?:which|that one|that (?:should|stays?|gets?|can|must))(?![a-z])")


def _left_out(c: Clause) -> Thing | None:
    """The thing that is named behind "except": "black and white except the garden, which should be vivid"."""
    spared = next((m for m in c.mentions if m.kind == "spared"), None)
    words = c.text[spared.start : spared.end] if spared else ""
    last = words.rsplit(" ", 2)[-1:] if words else []
    named = mentions(" ".join(last), c.scene)
    return named[0].things[0] if len(named) == 1 and len(named[0].things) == 1 else None


_LISTED = re.compile(r"(?:^|\n) *(?:[-*•>]|\(?\d{1,2}[.)])? *$|;  +$")
_IT = re.compile(r"(?<![a-z])(?:it|its|that|them|this|these|those|the same|too|also|there|then)(?![a-z])")


def divided(plain: Plain, quotes: tuple[Quoted, ...], around: Around) -> list[Read]:
    """The clauses of a message: pieces between joints, joined again where they belong together."""
    reader = MessageReader(plain, quotes, around)
    everything = reader.clause(0, len(plain.text))
    parts = pieces(plain.text, everything.whole, new_topics(everything))[:MOST_CLAUSES]
    settings = settings_said.written(parts, reader.clause, plain.text) if settings_said.looks_so(plain.text) else {}
    if len(settings) == 1 and settings.get(0, (0, None))[0] == len(parts) - 1:
        return [settings[0][1]]
    if settings:
        pass
    elif len(parts) < 3 or around.context.steps or everything.wishes or everything.has("music_noun", "descriptive"):
        single = len(parts) < 2
        if single or _may_be_one(reader.clause(*reader.bare(0, len(plain.text)))):
            read = reader.read(0, len(plain.text), [], first=True)
            if single or _follows(read) or (read.best is not None and read.best.whole):
                return [plain_wish(read)]
    runs = (
        wish_runs(
            parts,
            lambda one: reader.read(one.start, one.end, [], first=False),
            lambda one: reader.clause(*reader.bare(one.start, one.end)),
        )
        if _musical(everything)
        else {}
    )
    if ordered(everything):
        return [reader.read(0, len(plain.text), [], first=True)]
    told = music_told.runs(parts, reader.clause)
    done: list[Read] = []
    open_: Read | None = None
    eastern = around.language == "zh"
    start = parts[0].start
    ends = 0
    for n, piece in enumerate(parts):
        if n in settings and piece.start >= ends:
            done += [open_] if open_ is not None else []
            done.append(settings[n][1])
            open_, ends = None, parts[settings[n][0]].end
        if n in told and n not in runs and piece.start >= ends:
            last, meant = told[n]
            done += [open_] if open_ is not None else []
            done.append(Read(reader.clause(piece.start, parts[last].end), meant, (meant,)))
            open_, ends = None, parts[last].end
        if n in runs and piece.start >= ends:
            done += [open_] if open_ is not None else []
            done.append(as_wish(reader.read(piece.start, parts[runs[n]].end, [], first=False)))
            open_, ends = None, parts[runs[n]].end
        if piece.start < ends:
            continue
        if open_ is not None and _left_as_it_is(open_, reader.clause(piece.start, piece.end)):
            continue
        if open_ is not None and (more := refined(done, open_, reader.clause(piece.start, piece.end))) is not None:
            done, open_ = more
            continue
        if IDLE.match(words := plain.text[piece.start : piece.end].strip(" ,.!?;:，。！") or " ") or _aside(words):
            continue
        if eastern and open_ is not None and (_said_again(open_, words) or _stays_zh(open_, words, reader, piece)):
            continue
        alone = reader.read(
            piece.start, piece.end, [*done, *([open_] if open_ else [])], first=open_ is None and not done
        )
        if open_ is None:
            open_, start = alone, piece.start
            continue
        if (
            eastern
            and names_of(alone)[0] in _TAKES
            and alone.best
            and open_.best
            and alone.best.asked == open_.best.asked
        ):
            continue  # 换个旋律,再来一版
        if eastern and (tail := elided_zh.refined(done, open_, alone)) is not None:
            done, open_ = tail
            continue
        gap = plain.text[alone.clause.span[0] - 8 if alone.clause.span[0] > 8 else 0 : alone.clause.span[0]]
        if not (piece.strong and re.search(r"[.;!?\n][ ,]*$", gap)) and (filled := _whole(open_, alone)) is not None:
            done.append(open_)
            open_, start = filled, piece.start
            continue
        if apart(open_, alone, piece):
            done.append(open_)
            open_, start = alone, piece.start
            continue
        if _because(open_, alone):
            open_, start = alone, piece.start
            continue
        joined = reader.read(start, piece.end, done, first=not done)
        if eastern and _words_follow(open_, alone) and joined.best and names_of(joined)[0] in _WRITTEN:
            open_ = joined
            continue
        if _told(open_, alone):
            done += [] if _fuller(alone, joined) else [open_]
            open_, start = (joined, start) if _fuller(alone, joined) else (alone, piece.start)
            continue
        if belongs(open_, alone, joined, piece):
            exact = alone.best is not None and (
                alone.best.score >= SURE or not args_of(alone).items() <= args_of(joined).items()
            )
            if a_complaint(open_) and not a_complaint(alone) and exact and names_of(alone) == names_of(open_):
                open_ = alone  # what is complained of is then said exactly
            else:
                open_ = with_all(open_, joined) if holds_on(open_, joined) else open_
        else:
            done.append(open_)
            open_, start = alone, piece.start
    if open_ is not None:
        done.append(open_)
    if done:
        return [_before_its_thing(one, after, reader) for one, after in zip(done, [*done[1:], None], strict=True)]
    whole = reader.read(0, len(plain.text), [], first=True)
    polite = (reader.read(piece.start, piece.end, [], first=True) for piece in parts)
    return [whole if whole.best else next((one for one in polite if one.best), whole)]


def _said_again(before: Read, words: str) -> bool:
    """Does a piece say once more what was just asked for, or why: 其余的删掉 after 只留前5秒, 人声都听不清了?"""
    name = names_of(before)[0]
    return (
        (name in _KEEPS and _REST_GOES.fullmatch(words) is not None)
        or (name in ("volume", "duck", "mute") and _NOT_HEARD.fullmatch(words) is not None)
        or (name == "mute" and _ALONE_HEARD.fullmatch(words) is not None)
    )


_STAYS_ZH = re.compile(
    r"(?:但是?|不过|只是|记得|注意|就是|先|都|也|可)*(?:(?:千万)?(?:别|不要|不用|甭|无需)(?:去)?(?:动|碰|改|管|影响)到?[^,。]{1,8}"
    r"|[^,。]{1,8}?(?:就|先|都|也)?(?:别动|不动|不要动|不用动|不变|保持不变|保持原样|照旧|别改|不用改|别碰))(?:了|吧|哈|哦)*"
)
_OF_SOUNDS_AND_TEXTS = ("mute", "unmute", "volume", "normalise", "remove", "remove_text", "pan", "duck")


def _stays_zh(before: Read, words: str, reader: MessageReader, piece: Piece) -> bool:
    """Does a piece only say that the music, a voice or a text stays as it is, where nothing was asked of such: 音乐别动?"""
    if _STAYS_ZH.fullmatch(words) is None or before.best is None or not before.best.asked:
        return False
    if set(names_of(before)) & set(_OF_SOUNDS_AND_TEXTS) or any(n.startswith("text") for n in names_of(before)):
        return False
    roles = {thing.role for m in reader.clause(piece.start, piece.end).mentions for thing in m.things}
    return bool(roles) and roles <= {"music", "voice", "sound", "text"} - (
        {"music"} if _musical(before.clause) else set()
    )


_NOT_HEARD = re.compile(
    r"(?:不然|都|我的?|已经|现在|有点|快|好像|完全|根本|把)*(?:人声|旁白|声音|说话声?|讲话声?|对白|解说|配音|口播|台词|人说话|我说话|他们?说话|音乐|背景音乐|bgm|原声)?的?(?:声音)?(?:都|有点|快|全|完全|根本|也|给)*"
    r"(?:听不(?:太)?[清见到](?:楚)?|被?(?:盖住|盖过|盖掉|压住|淹没)(?:了)?(?:人声|旁白|说话声|声音|对白|解说|我的声音)?|[太好](?:吵|响|大声?|刺耳|抢戏))(?:了|啊|呢|都)*"
)
_ALONE_HEARD = re.compile(
    r"(?:就)?只(?:要|留|保留|留下|剩|听|用|需要)(?:背景)?(?:音乐|配乐|bgm|旁白|人声)(?:就行|就好|就可以|即可|了|的声音)*"
)
_WRITTEN = ("title", "subtitle", "lower_third")


def _words_follow(before: Read, alone: Read) -> bool:
    """加个标题,写着回家路上: a text is asked for, and the next piece says its words."""
    c = before.clause
    wanting = not (before.best and before.best.asked) and not before.held and not c.quotes
    return wanting and bool(alone.clause.quotes) and c.has("add") and c.mention(*_WRITTEN, "text") is not None


_KEEPS = ("keep_range", "trim")
_TAKES = ("regenerate_music", "vary_music")
_REST_GOES = re.compile(  # after what stays, this says it once more
    r"(?:那|就|把|将|然后)*(?:后[面边]|前[面边]|其他|其它|其余|剩下|剩余|多余|多出来|别的)的?(?:部分|内容|画面|地方|时间|那些|那段)?"
    r"(?:我|就|都|全部?|统统|通通|可以|给我|帮我|一律)*(?:剪|删|去|砍|切|裁|掐|扔|丢|不要|不用|不需要)(?:掉|了|除|去)*(?:吧|就行|就好)?"
)


def _whole(before: Read, alone: Read) -> Read | None:
    """The piece with what it leaves out."""
    if alone.clause.around.language == "zh":
        return elided_zh.completed(before, alone, alone.clause.around)
    return completed(before, alone, alone.clause.around)


_REST = r"(?:(?:all |all of )?(?:the )?rest(?: of (?:the |my )?[a-z]+| of it)?|(?:everything|anything|all|everyone|nothing) else|(?:all )?(?:the )?others?(?: (?:ones?|clips?|shots?|photos?|parts?|two|three))?|what'?s left)"
_AS_IS = r"(?:as (?:it|they) (?:is|are|was|were)|as is|alone|untouched|unchanged|the same|natural|normal|plain|fine|good|ok(?:ay)?|original|put|like (?:that|this|it is|before|now)|how (?:it|they) (?:is|are)|in (?:full |normal )?colou?r|in there|where (?:it|they) (?:is|are)|on|in|there|exactly|please|though|of course)"
_STAYS = re.compile(
    rf"(?:(?:but|and|while|just|please|with|so|the) )*(?:(?:keep|leave|keeping|leaving|have|with) {_REST}(?: {_AS_IS})*"
    rf"|{_REST}(?: (?:just|should|can|must|to|shall))*(?: (?:stays?|remains?|is|are|staying|be|kept|left|keeps?|goes|good))?(?: {_AS_IS})+|{_REST}(?: (?:just|should|can|must|shall))* (?:stays?|remains?|kept))"
)
_GOES = re.compile(
    rf"(?:(?:and|just|please|then|you can|so) )*(?:throw|drop|lose|delete|cut|remove|toss|bin|trash|discard|scrap|chuck|ditch|dump|get rid of|forget|ignore|don'?t need)(?: away| out| off)?(?: of)? {_REST}(?: away| out| off| please)*"
    rf"|(?:and )?{_REST} (?:can |should |must |has to |needs to )?(?:goes|go|be (?:cut|deleted|removed|gone|thrown away))"
)
_KEPT_THING = re.compile(
    r"(?:(?:but|and|while|just|please|though|only|make sure (?:to|you)|be sure to) )*(?:keep|leave|keeping|leaving|retain|preserve|don'?t (?:touch|remove|delete|change|lose|cut|mute|mess with)|do not (?:touch|remove|delete|change)|without (?:touching|changing|removing|losing)) (?:(?:all|the|my|her|his|our|those|these|its|any|of) )*$"
)


def _left_as_it_is(before: Read, c: Clause) -> bool:
    """Does a piece only say what stays as it is, or what goes where only the rest was to stay?"""
    text = c.text.strip(" ,.!?;:")
    if before.best is None or not before.best.asked or not text.isascii() or len(text) > 60:
        return False
    if _STAYS.fullmatch(text):
        return True
    if _GOES.fullmatch(text):
        return names_of(before)[0] in _KEEPING
    first = next((m for m in c.mentions if m.kind not in ("film", "pronoun", "all")), None)
    if first is None or c.quantities or c.quotes or not _KEPT_THING.fullmatch(c.text[: first.start].lstrip(" ,.!?;:")):
        return False
    rest = c.text[c.mentions[-1].end :].strip(" ,.!?;:")
    if rest and not re.fullmatch(rf"(?:{_AS_IS} ?)+", rest):
        return False
    roles = {thing.role for m in before.clause.mentions for thing in m.things}
    return roles.isdisjoint({thing.role for m in c.mentions for thing in m.things})


_KEEPING = ("keep_range", "trim", "remove")


def _may_be_one(c: Clause) -> bool:
    """Is it worth reading a message of several pieces as one: leaning on the message before, or of one form?"""
    if c.has("withhold") or (len(c.text) <= _LEANS and next(followups.read(c), None) is not None):
        return True
    return any(reading.whole for forms in (together, extents, extents_zh) for reading in forms.read(c))


def _follows(read: Read) -> bool:
    """Was it read as leaning on the message before?"""
    if read.best is None or read.best.score < 0.93 or len(read.clause.text) > _LEANS:
        return False
    return any(reading.asked == read.best.asked for reading in followups.read(read.clause))


def _aside(words: str) -> bool:
    """Does a piece only say why, what will be done next or what is not meant: 以便后续比对, "not the sound"?"""
    if patterns.fullmatch(r"not (?:on |for |in |at )?(?:the |my |its )?[a-z0-9]+(?: (?:itself|though|please))*", words):
        return True
    return not words.isascii() and len(words) < 24 and patterns.match(table("joints")["aside"]["zh"], words) is not None


def _musical(everything: Clause) -> bool:
    return everything.has("music_noun") or any(not wish.idle for wish in everything.wishes)


def _before_its_thing(read: Read, after: Read | None, reader: MessageReader) -> Read:
    """ "mirror and slow down the lake": what is said before the thing that both are about is read with it."""
    asked = read.best.asked if read.best else ()
    then = after.best.asked[0] if after and after.best and after.best.asked else None
    if after is None or len(asked) != 1 or not isinstance(asked[0], Step) or not isinstance(then, Step) or read.held:
        return read
    which = dict(then.args).get("which")
    said = next((m for m in after.clause.mentions if m.said == which and m.things), None)
    bare = not read.clause.mentions and not read.clause.quantities and not read.clause.quotes and not read.clause.wishes
    words = read.clause.text.split()
    if (
        said is None
        or not bare
        or "which" in dict(asked[0].args)
        or len(words) > (6 if then.command == asked[0].command else 3)
        or after.clause.span[0] - read.clause.span[1] > 5
    ):
        return read
    around = replace(reader.around, focus=str(which), focus_kind=said.things[0].role)
    again = read_clause(reader.clause(*read.clause.span, around))
    same = again.best is not None and names_of(again) == names_of(read) and args_of(again).get("which") == which
    return again if same else read


def _told(before: Read, alone: Read) -> bool:
    """Is what stands before a remark that asks for nothing, and this the wish?"""
    if alone.best is None or alone.best.score < SURE or before.held or before.clause.quotes:
        return False
    if before.best is not None and before.best.score >= STANDS:
        return False
    return REMARK.match(before.clause.text.strip(" ,.!?")) is not None


_TOO = re.compile(
    r"\W*(?:(?:but|and|so|also|well|hm+|i think|i feel like|i find) )*[^,.;]{2,40}? (?:is|are|was|were|looks?|sounds?|feels?|seems?|comes?|goes|starts?|ends?|plays?|runs?)(?: (?:[a-z]+ ){0,2}?too [a-z]+| not [a-z]+ enough)(?: (?:here|there|now|though|for me|for my taste|in general|right now))*\W*"
)


def _because(before: Read, alone: Read) -> bool:
    """Does the piece before only say why: "the intro is too loud | mute it"?"""
    if before.held or alone.held or alone.best is None or alone.best.score < SURE or before.best is None:
        return False
    told = [m for m in alone.clause.mentions if m.kind != "pronoun"]
    pointing = any(m.kind == "pronoun" for m in alone.clause.mentions)
    of = [args_of(read).get("which") for read in (before, alone)]
    return pointing and not told and of[0] == of[1] is not None and _TOO.fullmatch(before.clause.text) is not None


def _fuller(alone: Read, joined: Read) -> bool:
    """Does the remark add to the wish: "I don't like bars 2-4, rewrite them"?"""
    one, both = args_of(alone), args_of(joined)
    return (
        names_of(alone) == names_of(joined) and len(both) > len(one) and all(both.get(k) == v for k, v in one.items())
    )


IDLE = re.compile(
    r"^(?:(?:hold on|hang on|wait|one moment|just a (?:sec|second|moment|minute)|ok(?:ay)?|yes|yeah|yep|sure|please|pls|thanks|thank you|bye(?: bye)?|goodbye|see you(?: later| soon| tomorrow)?|oops|hmm+|um+|uh+|well|so|hey|hi|hello|now|right|alright|and|but|then|also"
    r"|(?:(?:that'?s|it'?s|this is|looks?|looking|sounds?|so|pretty|very|really) )*(?:great|good|nice|cool|perfect|awesome|amazing|excellent|lovely|beautiful|wonderful|fantastic)"
    r"(?: (?:so far|job|work|stuff|start|one|already|like that))?|(?:i )?(?:really )?love (?:it|this|that)(?: so far)?|one (?:more |last |other )?thing(?: though)?|here'?s the thing|quick (?:one|question)|好的?|嗯+|那个|对|是的?|行|可以|谢谢|啊|哦|嘿|请|那|然后|the rest as is|(?:[a-z]+ )?(?:nothing|no more) (?:else|more)?|(?:keep|leave) (?:the rest|everything else|all else|the others)(?: as (?:it|they) (?:is|are)| alone| untouched| unchanged| the same)?|that'?s (?:it|all)|for now|instead)(?:[ ,.!:]+|$))+$"
)
