"""A file where another one is, and a clip once more: "use reviews where wearing is now", 海滩换成日落照片,放6秒, "play the
intro again at the end". Whole clauses, drawn with one letter a thing, so that none of their words is left unread.

put reviews where wearing is   | unboxing | wearing |   ->   | unboxing | reviews |
the intro again at the end     | intro | lake |         ->   | intro | lake | intro |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.reading import Reading, step
from reelscore.converse.sieves import Sieve
from reelscore.values.message import Asked

_SCORE = 0.978
_LONGEST = 110
_GATE = Sieve(
    re.compile(
        r"(?<![a-z])(?:instead|place|spot|slot|where|replace|swap|change|exchange|switch|substitute|rather|for|become|again|once more|one more time|second time|another time|twice|two times|repeat|out|take|takes|with)(?![a-z])"
        r"|换|替|代|再|又|[两二2][遍次]|位置"
    )
)
_NOUN = r"(?: (?:clip|video|vid|pic|picture|photo|image|shot|scene|part|bit|footage|file|recording|segment|one))?"
_SMALL = re.compile(
    r"(?<![a-z'])(?:the|my|our|that|this|please|pls|plz|just|now|can|could|would|you|u|we|also|maybe|currently|right|at the moment|currently|ok|okay|so|i want|i'd like|let'?s|lets|to|should|thanks|clip|video|vid|pic|picture|photo|image|shot|scene|footage|file|recording|segment|very)(?![a-z'])"
    r"|(?:请|麻烦|帮我|给我|那|这|[那这]?[一]?[段张个]|片段|照片|视频|画面|镜头|的|吧|就|都|一下|好了|行了|谢谢|了)"
)
_TAIL = r"(?:(?: ,)?(?: and| but)?(?: (?:have|let|make|keep|show|hold|leave|give|only|use))*(?: P)?(?: (?:last|lasts|run|runs|be|stay|stays|go|on|up|play|for|it))* T(?: of P)?|[,只就]*(?:放|要|用|取|留|停|停留|显示|持续|播|时长|给它|让它|P|展示|播放|长度|出现)*T(?:钟|长)?)?"
_MUTED = r"(?:(?: ,)?(?: and| but)? (?P<mute>(?:mute|silence|with no sound|without sound|no sound|muted|silent)(?: P)?)|,?(?:P)?(?P<mute2>静音|不要声音|消音|不要原声))?"
_REPLACED = tuple(
    re.compile(rf"(?:and |then |,)*{form}{_TAIL}{_MUTED}")
    for form in (
        r"(?:swap|change|exchange|switch|trade|replace|sub|substitute)(?: out)? (?P<old>[CO]) (?:for|with|by|into|in for) (?P<new>[CN])",
        r"(?:swap|put|bring|drop|switch|cut) in (?P<new>[CN]) (?:for|instead of|in place of|where) (?P<old>[CO])",
        r"instead of (?P<old>[CO]) ,? ?(?:use|put|show|play|have|take|try)(?: in)? (?P<new>[CN])",
        r"(?:use|put|show|play|take|have|place|stick|insert|drop)(?: in)? (?P<new>[CN]) (?:where|in place of|in (?:place|spot|slot) of|in for|instead of|(?:at|in|into|on) (?:place|spot|slot) of|rather than) (?P<old>[CO])(?: (?:is|was|sits|plays|goes|'s)(?: at)?)?",
        r"(?:let |have |make )?(?P<new>[CN])(?: (?:takes?|replaces?|goes|go|comes?|in))?(?: over)?(?: (?:place|spot|slot) of| in (?:place|spot|slot) of| instead of| where)? (?P<old>[CO])(?: (?:is|was|sits|plays))?",
        r"(?:take |put )?(?P<old>[CO]) out(?: ,)?(?: and)?(?: put)? (?P<new>[CN]) in",
        r"(?:use|put|show|play|take|have) (?P<new>[CN]) (?:for|as|in) (?P<old>[CO]) instead",
        r"out with (?P<old>[CO])(?: ,)?(?: and)? in with (?P<new>[CN])",
        r"(?P<new>[CN]) (?:instead of|in place of|rather than) (?P<old>[CO])",
        r"(?:make |turn )?(?P<old>[CO]) (?:be|becomes?|into) (?P<new>[CN])(?: instead)?",
        r"[把将]?(?P<old>[CO])(?:位置|那里|这里|地方)?(?:换成|换为|替换成|替换为|改用|改成|改为|换上|放|换)(?P<new>[CN])",
        r"[用拿以](?P<new>[CN])(?:来|去)?(?:代替|替换|替掉|换掉|顶替|取代|替|换下?)(?:掉)?(?P<old>[CO])",
        r"[用拿以](?P<new>[CN])[把将](?P<old>[CO])(?:替换|换|顶|替)(?:掉|下来)?",
        r"[把将]?(?P<old>[CO])(?:不要|替换|换|去|撤|拿)(?:掉|下来)?,?(?:再)?(?:换成|换上|用|换|改用|放上?)(?P<new>[CN])",
        r"[把将]?(?P<new>[CN])(?:放|摆|插)(?:在|到|进)?(?P<old>[CO])(?:位置|那里|地方)(?:上)?",
    )
)
_PLACE = r"(?P<place>end|start|beginning|front|after (?P<after>C)|before (?P<before>C)|T)"
_PLACE_ZH = r"(?P<place>最后面?|结尾|末尾|片尾|结束(?:时|的时候)?|开头|最前面?|片头|(?P<after>C)(?:之|以)?后面?|(?P<before>C)(?:之|以)?前面?|第?T(?:处|时|的?时候|那里)?)"
_ONCE_MORE = r"(?:again|once more|once again|one more time|a second time|another time)"
_AGAIN = tuple(
    re.compile(form)
    for form in (
        rf"(?:and |then |,)*(?:put|play|show|use|have|add|insert|run|bring(?: back)?|repeat|see)(?: in| back)? (?P<what>[CS])(?: in)? {_ONCE_MORE}(?: ,)?(?: (?:at|in|as|on))? ?{_PLACE}",
        rf"(?:and |then |,)*(?:repeat) (?P<what>[CS])(?: (?:at|in|as|on))? ?{_PLACE}",
        rf"(?:and |then |,)*(?:at )?{_PLACE} ,? ?(?:put|play|show|use|have|add|run|repeat) (?P<what>[CS]) {_ONCE_MORE}",
        rf"[把将让]?(?P<what>[CS])[在到]?{_PLACE_ZH},?[再又](?:重新|重复)?(?:放|来|播|加|出|用|插|接|响|出现|播放)(?:上|入|进)?[一1](?:次|遍|回)",
        rf"[在到]?{_PLACE_ZH},?[再又]?(?:把|将)?(?:放|来|播|加|出|用|插|接|播放)?(?:上|入)?(?P<what>[CS]),?[再又]?(?:放|来|播|加|出|用|插|播放)(?:上|入)?[一1](?:次|遍|回)",
        rf"[再又](?:放|来|播|加|出|用|插|播放)[一1](?:次|遍|回)(?P<what>[CS]),?(?:放|接|加)?[在到]{_PLACE_ZH}",
    )
)
_TWICE = re.compile(
    r"(?:and |then |,)*(?:(?:put|play|show|use|have|run|repeat|add) (?P<what>C)(?: in| play| run)? (?:twice|two times|2 times)(?: in a row| after each other| back to back)?|(?P<what2>C) (?:plays?|runs?|comes?|goes?|in|appears?) (?:twice|two times)(?: in a row)?|[把让]?(?P<what3>C)(?:连续|连着)?(?:放|播|用|来|播放|出现)(?:上)?[两二2][遍次])"
)


_EACH_TIME = re.compile(r"(?<![a-z])once (?:at|in|after|before|near)(?![a-z])")  # where it is each time
_FILE = re.compile(r"\.(?:mp4|mov|jpe?g|png|webm)(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class _Drawn:
    text: str
    held: tuple[Mention | Quantity, ...]  # what the capital letters stand for, in order

    def at(self, match: re.Match[str], group: str) -> Mention | None:
        """The thing that a group of a form found."""
        if not match.groupdict().get(group):
            return None
        found = self.held[sum(letter.isupper() for letter in self.text[: match.start(group)])]
        return found if isinstance(found, Mention) else None

    @property
    def length(self) -> Quantity | None:
        return next((one for one in self.held if isinstance(one, Quantity)), None)


def read(c: Clause) -> Iterator[Reading]:
    """The clause as a replacement, or as something that is seen or heard once more."""
    if len(c.text) > _LONGEST or c.quotes or not c.scene.things or not _GATE.search(c.text):
        return
    drawn = _drawn(c)
    if drawn is None:
        return
    for form in _REPLACED:
        if (match := form.fullmatch(drawn.text)) and (made := _replaced(c, drawn, match)):
            yield Reading(tuple(made), _SCORE, whole=True)
            return
    for form in _AGAIN:
        if (match := form.fullmatch(drawn.text)) and (made := _again(c, drawn, match)):
            yield Reading(tuple(made), _SCORE, whole=True)
            return
    if (twice := _TWICE.fullmatch(drawn.text)) and not _EACH_TIME.search(c.findings.text):
        what = next(m for g in ("what", "what2", "what3") if (m := drawn.at(twice, g)))
        yield Reading(step("duplicate", 1, which=what.said).asked, _SCORE, whole=True)


def _drawn(c: Clause) -> _Drawn | None:
    marks: list[tuple[int, int, str, Mention | Quantity]] = []
    for m in c.mentions:
        letter = _letter(m, c)
        if letter is None:
            return None
        if letter:
            marks.append((m.start, m.end, letter, m))
    for q in c.quantities:
        if q.kind == "times":
            continue
        if q.kind not in ("seconds", "number") or isinstance(q.value, str):
            return None
        marks.append((q.start, q.end, "T", q))
    marks.sort(key=lambda one: one[0])
    if sum(letter in "CNSO" for _, _, letter, _ in marks) == 0:
        return None
    parts, at = [], 0
    for start, end, letter, _ in marks:
        parts += [c.text[at:start], f" {letter} "]
        at = end
    words = re.sub(r"[!?.:;()]+", " ", "".join((*parts, c.text[at:])))
    words = _SMALL.sub(" ", words)
    words = " ".join(words.split()).strip(" ,，")
    if not words.isascii():
        words = re.sub(r"\s+|(?<=[,，])[,，]", "", words.replace("，", ","))
    else:
        words = re.sub(r" *, *", " , ", words)
    return _Drawn(words, tuple(one for _, _, _, one in marks))


def _letter(m: Mention, c: Clause) -> str | None:
    """C a clip, S a sound that lies there, N a file that does not; "" for what says nothing; None: not of this table."""
    if m.kind == "pronoun":
        return "P"
    if m.kind == "film" or (m.bare and m.kind in ("clip", "image") and len(m.things) != 1):
        return ""
    if m.kind == "name" and not m.things:
        return "N" if c.scene.media_named(m.said.lower()) else None
    if len(m.things) != 1 or m.every:
        return None
    role = m.things[0].role
    return (
        "C"
        if role == "clip"
        else "O"
        if role == "overlay"
        else "S"
        if role in ("music", "sound", "audio", "voice")
        else None
    )


def _replaced(c: Clause, drawn: _Drawn, match: re.Match[str]) -> list[Asked]:
    old, new = drawn.at(match, "old"), drawn.at(match, "new")
    if old is None or new is None or old is new or not old.things:
        return []
    if new.things and c.text.startswith(("swap", "exchange", "trade", "switch")):
        return []  # two clips that lie there change places
    segment = old.things[0].segment
    made = [*step("replace_media", 1, which=old.said, media=new.said).asked]
    if drawn.length is not None:
        made += step("trim", 1, which=segment.id, to=plain(drawn.length)).asked
    if match["mute"] or match["mute2"]:
        made += step("mute", 1, which=segment.id).asked
    return made


def _again(c: Clause, drawn: _Drawn, match: re.Match[str]) -> list[Asked]:
    what = drawn.at(match, "what")
    if what is None:
        return []
    thing, place = what.things[0], match["place"]
    clips = c.scene.of("clip")
    front = place in ("start", "beginning", "front", "开头", "最前", "最前面", "片头")
    beside = drawn.at(match, "after") or drawn.at(match, "before")
    at = drawn.length
    if thing.role != "clip":
        file = c.scene.timeline.medium(thing.segment.media)
        if file is None or beside is not None:
            return []
        moment = Fraction(at.value) if at and not isinstance(at.value, str) else Fraction(0)
        if at is None and not front:
            moment = c.scene.duration - thing.segment.duration
        return [*step("add", 1, media=what.said, at=seconds(max(moment, Fraction(0)))).asked]
    if at is not None:
        return [*step("add", 1, media=what.said, at=plain(at)).asked]
    if _FILE.search(c.text, what.start, what.end + 5) and not front:
        return [*step("add", 1, media=what.said).asked] if beside is None else []
    file = c.scene.timeline.medium(thing.segment.media)
    as_filmed = thing.segment.picture is None and thing.segment.sound is None and thing.segment.speed == 1
    if file is not None and as_filmed and beside is None and not front:
        start, length = seconds(thing.segment.start) or None, seconds(thing.segment.duration)
        return [*step("add", 1, media=file.name, start=start, duration=length).asked]
    first = clips.index(thing) + 1
    made = [*step("duplicate", 1, which=thing.segment.id).asked]
    if beside is None:
        return [*made, *step("reorder", 1, which=f"clip {first + 1}", position=1 if front else -1).asked]
    other = clips.index(beside.things[0]) + 1  # where it lies before there are two
    to = other + (1 if match["after"] else 0)
    return [*made, *step("reorder", 1, which=f"clip {first + 1}", position=to).asked]
