"""What is said of the music that is there, in one or several pieces of a message: "drums feel stiff in the verse, lose
them there", 副歌加铜管，主歌把鼓去掉, "calmer verse, bigger bridge".

A piece tells of sections, of sounds that come in or go, of what the music shall be like or what is wrong with it, of
what shall be written anew and what kept; the next piece may only point to what was spoken of. A piece counts only where
nearly all of its words are read. `words/music_told.toml` holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.mention import Mention
from reelscore.converse.music_assembled import assembled, unwritten
from reelscore.converse.patterns import compiled
from reelscore.converse.readers.music_parts import bars_of, exchanged, key_of
from reelscore.converse.reading import Reading
from reelscore.converse.remarks import REMARK
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish

_SURE, _PARTLY = 0.96, 0.87  # fully read; where a word or two of it is not
_JOINT = re.compile(
    r"[,;.!?:\n，。；！？：、]|(?<![a-z])(?:and|(?<!nothing )(?<!everything )(?<!anything )(?<!all )but|then|also|plus|yet|although|though)(?![a-z])|然后|接着|但是?|而且|并且|同时|另外|再(?=把|给)"
)
_LOOSE_IN_FILMS = ("beat", "beats", "keys", "lead", "bells", "melody", "hit", "impact", "drone", "sweep", "texture", "boom", "drop", "choir", "voices", "人声", "vocals", "singing", "lyrics", "vocal")  # fmt: skip
_FREE = ("pronoun", "music", "all", "film")  # kinds of things that may be spoken of beside
_SPOILS = ("percent", "decibels", "lufs", "ratio", "size", "fps", "seconds", "timecode", "frames", "factor")


@dataclass(slots=True)
class Told:
    """What one piece says. Sounds by their names: `sounds` are those of which nothing more is said."""

    sections: list[str] = field(default_factory=list)
    leads: bool = False  # the section stands before all else
    every: bool = False  # all of the music is meant
    added: list[Wish] = field(default_factory=list)
    gone: list[Wish] = field(default_factory=list)
    alone: list[Wish] = field(default_factory=list)
    sounds: list[Wish] = field(default_factory=list)
    of_them: str = ""  # "in" or "out", of the sounds spoken of before
    swap: tuple[Wish | None, Wish] | None = None
    wished: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    redo: bool = False
    vary: bool = False
    keep: str = ""
    bars: str = ""
    bpm: float | int | None = None
    number: float | int | None = None
    seed: int | None = None
    key: str = ""
    genre: str = ""
    mood: str = ""
    points: bool = False
    level: bool = False
    strong: bool = False  # a sentence of its own
    idle: bool = False  # a remark, or that all else stays
    plain: bool = False  # is the section a word of music alone?
    amount: float | None = None
    unread: int = 0
    weak: bool = False  # it is only named, as what shall sound

    @property
    def asks(self) -> bool:
        """Is something wished for?"""
        return bool(
            self.added or self.gone or self.alone or self.of_them or self.swap or self.wished or self.redo or self.vary
            or self.bpm or self.key or self.genre or self.mood
        )  # fmt: skip

    @property
    def bare(self) -> bool:
        """Only sounds or sections, as in a list."""
        return bool(self.sounds or self.sections or self.weak) and not (
            (self.asks and not self.weak) or self.flaws or self.keep or self.unread or self.level or self.idle
        )


_TO_THE_BEAT = re.compile(r"(?<![a-z])(?:cut|cuts|edit|cutting)(?: [a-z]+){0,4} (?:to|on|with) (?:the|every|each) ")


def read(c: Clause) -> Iterator[Reading]:
    """The clause as what is said of the music that is there; nothing where it says something else."""
    if not c.scene.composed or c.quotes or not _may(c) or c.has("new") or exchanged(c):
        return
    if c.has("cut_to_beat") and _TO_THE_BEAT.search(c.text):
        return  # "cut to the beat" takes no drums out
    told = pieces(c)
    if told is None or not _of_music(c, told):
        return
    if c.context.steps and not any(t.sections or t.bars or t.keep or (t.asks and not t.redo) for t in told):
        return  # "once more" goes on about the last edit
    if (why := unwritten(c.text, told)) is not None:
        yield Reading((), _SURE, missed=why)
        return
    made = assembled(c, told)
    if made is None:
        return
    asked, missed = made
    score = _SURE if all(t.unread <= 1 for t in told if t.asks) else _PARTLY
    yield Reading(asked, score, missed=missed)


def runs(parts: Sequence[Piece], clause: Callable[[int, int], Clause]) -> dict[int, tuple[int, Reading]]:
    """Pieces of a message that together tell of the music there is: the first, the last and what they mean."""
    whole = clause(parts[0].start, parts[-1].end)
    if not whole.scene.composed or whole.quotes or not _may(whole) or exchanged(whole):
        return {}
    found: dict[int, tuple[int, Reading]] = {}
    first = 0
    while first < len(parts):
        last = first
        while last < len(parts) and _musical(clause(parts[last].start, parts[last].end)):
            last += 1
        if last - first > 1:
            reading = next(read(clause(parts[first].start, parts[last - 1].end)), None)
            if reading is not None and reading.score >= _PARTLY:
                found[first] = (last - 1, reading)
        first = max(last, first + 1)
    return found


def _musical(c: Clause) -> bool:
    if c.quotes or any(not _free(c, m) for m in c.mentions):
        return False
    told = _told(c, 0, len(c.text))
    return told is not None


_OWN_PART = re.compile(
    r"(?:intro|opening|ending|end|beginning|start) (?:of|in) the (?:music|song|track|piece|score|tune)|(?:music|song|track|score)'?s (?:intro|opening|ending)|(?:音乐|曲子|配乐|歌)的?(?:前奏|开头|结尾)"
)
_ENTERS_WRONG = re.compile(
    r"too (?:early|late|soon|often)|(?:earlier|later|sooner) (?:than|in)|进得?太(?:早|晚)|太(?:早|晚)"
)


def _free(c: Clause, m: Mention) -> bool:
    """May this be spoken of beside: music, a pronoun, a section that a clip is named like?"""
    of_music = bool(m.things) and all(t.role == "music" for t in m.things)
    return m.kind in _FREE or of_music or _within_section(c, m.start, m.end)


def _within_section(c: Clause, start: int, end: int) -> bool:
    return any(a < end and start < b for _, a, b, _ in _sections(c.text))


def _may(c: Clause) -> bool:
    """Quickly: is there anything of music in it?"""
    return (
        any(w.kind in ("instrument", "role") for w in c.wishes)
        or (not c.scene.clips and bool(c.text.strip()))
        or bool(_sections(c.text))
        or c.quantity("bars") is not None
    )


def _of_music(c: Clause, told: Sequence[Told]) -> bool:
    """Where there is a film too, is it plainly the music that is meant?"""
    if any(not _free(c, m) for m in c.mentions) or _ENTERS_WRONG.search(c.text):
        return False
    if not c.scene.clips or _OWN_PART.search(c.text):
        return True
    sure = (
        c.mention("music") is not None
        or any(t.plain or t.bars for t in told)
        or any(w.words not in _LOOSE_IN_FILMS and not w.idle for t in told for w in (*t.added, *t.gone, *t.alone, *t.sounds, *(t.swap or ())) if w)
    )  # fmt: skip
    named = any(m.kind == "name" and m.things and m.things[0].role != "music" for m in c.mentions)
    return sure and not (named and not any(t.added or t.gone or t.redo for t in told))


def pieces(c: Clause) -> list[Told] | None:
    """What each piece says; None where one says something else."""
    spans, at, strong = [], 0, True
    held = c.whole
    for joint in [*_JOINT.finditer(c.text), None]:
        end = joint.start() if joint else len(c.text)
        if joint and any(a < joint.start() and joint.end() < b for a, b in held):
            continue
        if c.text[at:end].strip():
            spans.append((at, end, strong))
            strong = False
        strong = strong or bool(joint and joint[0] in ".;!?\n。；！？")
        at = joint.end() if joint else end
    told: list[Told] = []
    before: tuple[int, int] | None = None
    for start, end, strong in spans:
        one = _told(c, start, end)
        if one is None:
            return None
        if (
            one.bare
            and before
            and told
            and not strong
            and not told[-1].idle
            and not (one.sections and told[-1].sections)
        ):
            both = _told(c, before[0], end)
            if (
                both is not None
                and (told[-1].asks or told[-1].bare)
                and (not (one.sounds or one.weak) or _sounding(told[-1]))
            ):
                told[-1], before = both, (before[0], end)
                continue
        one.strong = strong
        told.append(one)
        before = (start, end)
    return told


def _sounding(one: Told) -> bool:
    return bool(one.sounds or one.added or one.gone or one.alone)


def _told(c: Clause, start: int, end: int) -> Told | None:
    """What c.text[start:end] says; None where too much of it is not of music."""
    if any(q.kind in _SPOILS and start <= q.start < end for q in c.quantities):
        return None
    return _Saying(c, start, end).told()


class _Saying:
    """One piece while it is read: each of its words counts once."""

    def __init__(self, c: Clause, start: int, end: int) -> None:
        self.c, self.start, self.text = c, start, c.text[start:end]
        self.taken = [False] * len(self.text)
        self.one = Told()
        self.sounds: list[tuple[int, int, Wish]] = []
        self.styles: list[Wish] = []

    def told(self) -> Told | None:
        one, words = self.one, self.text.strip(" ,.!?")
        if _rest().match(words):
            one.idle = True
            return one
        self._named()
        self._numbers()
        self._sounds()
        self._orders()
        self._polarity()
        self._unread()
        if REMARK.match(words) and not (self.sounds or one.sections or one.flaws or one.bars or one.keep):
            return Told(idle=True)
        if self.styles and not one.asks and compiled(r"^\s*(?:like|as in|像|类似)").match(self.text):
            return Told(idle=True)
        if one.seed is not None and _SEED_SAID.search(self.text):
            one.redo = True
        if one.number and not (one.unread or one.asks):
            return one
        if not (one.unread or one.asks or one.sections or one.sounds or one.flaws or one.keep or one.bars):
            return Told(idle=True)
        limit = 2 if one.asks else 4 if (one.sections or one.sounds or one.flaws or one.keep or one.bars) else -1
        return one if one.unread <= limit else None

    def take(self, start: int, end: int) -> bool:
        if any(self.taken[start:end]):
            return False
        self.taken[start:end] = [True] * (end - start)
        return True

    def tokens(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        return [m for m in pattern.finditer(self.text) if m[0].strip() and self.take(*m.span())]

    def _mine(self, *kinds: str) -> Iterator[tuple[int, int, Wish]]:
        for w in self.c.wishes:
            a, b = w.start - self.start, w.end - self.start
            if w.kind in kinds and not w.idle and a >= 0 and b <= len(self.text) and self.take(a, b):
                yield a, b, w

    def _named(self) -> None:
        one = self.one
        for name, a, b, plain in _sections(self.text):
            if self.take(a, b):
                first = not one.sections and not patterns.search(
                    r"[a-z]{4,}|[\u4e00-\u9fff]{2}", _small().sub(" ", self.text[:a])
                )
                one.sections.append(name)
                one.plain = one.plain or plain
                one.leads = one.leads or first
        one.every = bool(self.tokens(_words("every")))
        one.points = _words("points").search(self.text) is not None

    def _numbers(self) -> None:
        one, c = self.one, self.c
        for q in c.quantities:
            a, b = q.start - self.start, q.end - self.start
            if a < 0 or b > len(self.text):
                continue
            if bars := bars_of(c, q):
                one.bars = bars
            elif q.kind == "bpm":
                one.bpm = q.number
            elif q.kind == "number" and 40 <= q.number <= 240:
                one.number = q.number
            elif q.kind not in ("count_bars", "beats"):
                continue
            self.take(a, b)
        if one.number and self.tokens(_TEMPO):
            one.bpm, one.number = one.number, None
        if seed := _SEED.search(c.text):
            one.seed = int(seed[1] or seed[2])
        if (key := key_of(c)) and (found := [m for m in _KEY.finditer(self.text) if m[0].strip() != "a"]):
            one.key = key
            for m in found:
                self.take(*m.span())

    def _sounds(self) -> None:
        self.sounds = list(self._mine("instrument", "role"))
        if not _words("keep").search(self.text):
            return
        for name, pattern in _rows("part"):
            if match := pattern.search(self.text):
                for m in (match, *_words("keep").finditer(self.text)):
                    self.taken[m.start() : m.end()] = [True] * (m.end() - m.start())
                self.sounds = [s for s in self.sounds if not match.start() <= s[0] < match.end()]
                self.one.keep = name
                return

    def _orders(self) -> None:
        one = self.one
        new = [m for m in _words("another").finditer(self.text) if one.sections and _before_section(self.text, m.end())]
        for m in new:
            self.take(*m.span())
        one.redo = bool(self.tokens(_words("redo"))) or bool(new)
        one.vary = bool(self.tokens(_words("vary")))
        if self.sounds and _words("level").search(self.text):
            one.level = True
            self.tokens(_words("level"))
        for kind, to in (("flaw", one.flaws), ("wish", one.wished)):
            for name, pattern in _rows(kind):
                if self.tokens(pattern) and name not in to:
                    to.append(name)
        if one.wished or one.flaws:
            one.amount = _amount(self.text)
        self.styles = [w for _, _, w in self._mine("genre", "mood")]
        for kind in ("genre", "mood"):
            for name, pattern in _styles(kind):
                if self.tokens(pattern):
                    setattr(one, kind, getattr(one, kind) or name)
        turned = bool(one.sections) or (not self.c.scene.clips and _TURNED.search(self.text) is not None)
        if self.styles and turned and not (one.genre or one.mood) and not (self.sounds or one.redo):
            one.genre = next((w.words for w in self.styles if w.kind == "genre"), "")
            one.mood = "" if one.genre else self.styles[0].words

    def _polarity(self) -> None:
        """Which sounds come in and which go, by the words before and behind each."""
        one = self.one
        one.swap = _swapped(self.text, self.sounds)
        if one.swap is not None:
            self.tokens(_words("swap"))
            self.tokens(_SWAPS)
            return
        to = {"only": one.alone, "out": one.gone, "gone": one.gone, "in": one.added, "enters": one.added}
        flow: list[tuple[int, str, Wish | None]] = [(a, "", w) for a, _, w in self.sounds]
        flow += [(m.start(), name, None) for name in to for m in self.tokens(_words(name))]
        flow.sort(key=lambda x: x[0])
        mode = ""
        loose: list[Wish] = []
        for n, (_, name, wish) in enumerate(flow):
            if wish is not None:
                (to[mode] if mode else loose).append(wish)
            elif name not in ("gone", "enters") and n + 1 < len(flow) and flow[n + 1][2] is not None:
                mode = name
            elif loose:
                to[name].extend(loose)
                loose.clear()
            elif name == "gone" and mode == "in":  # "more ... out"
                one.gone, one.added = one.gone + one.added, []
            elif not (one.added or one.gone or one.alone):
                one.of_them = "out" if name in ("out", "gone") else "in" if name != "only" else ""
        one.sounds = loose
        if one.alone:
            one.of_them = ""

    def _unread(self) -> None:
        """How many words are not of music; a sound in a few words that says nothing else is wished for."""
        one = self.one
        left = _small().sub(" ", "".join(" " if t else ch for ch, t in zip(self.text, self.taken, strict=True)))
        han = patterns.findall(r"[\u4e00-\u9fff]", compiled(table("music_told")["small"]["zh"]).sub("", left))
        one.unread = len(patterns.findall(r"[a-z]{2,}", left)) + (len(han) + 1) // 2
        said = one.unread or one.asks or one.flaws or one.level or one.keep
        if one.sounds and not said and _words("wants").search(self.text):
            one.added, one.sounds, one.weak = one.sounds, [], True


_TEMPO = re.compile(r"tempo|speed|pace|bpm|速度|节奏|拍速")
_SEED_SAID = re.compile(r"(?<![a-z])seed(?![a-z])|种子")
_SEED = re.compile(r"seed(?: (?:of|is|number|to))?[ =:,]*(\d+)|种子(?:是|为|用)?(\d+)")
_KEY = re.compile(
    r"[升降]?[a-g][#b]? ?[大小]调|(?:in |to |into )?(?<![a-z])[a-g](?:#|b| sharp| flat)? ?(?:major|minor|maj|min|m)?(?![a-z])"
)
_SWAPS = re.compile(r"(?<![a-z])(?:instead|rather|than|place|for|with|in)(?![a-z])")
_TURNED = re.compile(
    r"(?<![a-z])(?:make|turn|go|should be|more|into)(?![a-z])|换成|变成|改成|往.{1,8}靠|走|偏|更|一[点些]"
)


def _before_section(text: str, at: int) -> bool:
    rest = text[at:].lstrip()
    return any(a == 0 for _, a, _, _ in _sections(rest))


def _swapped(text: str, sounds: list[tuple[int, int, Wish]]) -> tuple[Wish | None, Wish] | None:
    """What goes and what comes in its place."""
    if len(sounds) == 1 and (m := compiled(r"(?:换成|改成|换做|换作|变成|改用|换为)\s*$").search(text[: sounds[0][0]])):
        return None if text[: m.start()].strip(" 把将给") else (None, sounds[0][2])
    if len(sounds) != 2:
        return None
    (_, a, old), (b, _, new) = sounds
    between = text[a:b]
    if compiled(r"(?<![a-z])(?:instead of|rather than|in place of)(?![a-z])|代替|取代|替代|替掉").search(between):
        return new, old
    if compiled(r"换成|换为|改成|改为|替换成|替换为|变成|换做|换作|改用|->|→").search(between):
        return old, new
    if compiled(r"(?<![a-z])(?:for|with|by|into|to)(?![a-z])").search(between) and _words("swap").search(text[:a]):
        return old, new
    if compiled(r"(?<![a-z])(?:into|becomes)(?![a-z])").search(between):
        return old, new
    return None


def _amount(text: str) -> float | None:
    if compiled(r"(?<![a-z])(?:a (?:little |tiny )?bit|a little|slightly|a touch|a tad|somewhat|a hair|a notch)(?![a-z])|稍微?|略|一丢丢|一点点").search(text):  # fmt: skip
        return 0.5
    if compiled(r"(?<![a-z])(?:much|a lot|way|far|twice as|really|massively)(?: more)?(?![a-z])|(?:很多|得多|多了|大幅|加倍)").search(text) and not compiled(r"too |太").search(text):  # fmt: skip
        return 2
    return None


def _sections(text: str) -> list[tuple[str, int, int, bool]]:
    """The sections that are named, where, and whether a film has none of that name."""
    found = []
    for name, music, film in _section_words():
        found += [(name, *m.span(), True) for m in music.finditer(text)]
        found += [(name, *m.span(), False) for m in film.finditer(text)] if film else []
    return sorted(found, key=lambda one: one[1])


@cache
def _section_words() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple(
        (name, _compiled(row["en"], row["zh"]), _compiled(row["film"], []) if row.get("film") else None)
        for name, row in table("music_told")["section"].items()
    )


@cache
def _rows(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _compiled(row["en"], row["zh"])) for name, row in table("music_told")[kind].items())


@cache
def _styles(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _compiled(words, [])) for name, words in table("music_told")["style"][kind].items())


@cache
def _words(name: str) -> re.Pattern[str]:
    row = table("music_told")[name]
    return _compiled(row["en"], row["zh"])


def _compiled(en: Sequence[str], zh: Sequence[str]) -> re.Pattern[str]:
    latin = sorted((w.replace(" ~ ", "(?: [a-z']+){0,4} ") for w in en if w.isascii()), key=len, reverse=True)
    eastern = sorted((w for w in (*en, *zh) if not w.isascii() or w in zh), key=len, reverse=True)
    parts = [f"(?<![a-z])(?:{'|'.join(latin)})(?![a-z])"] if latin else []
    return re.compile("|".join([*parts, *eastern]) or r"(?!)")


@cache
def _small() -> re.Pattern[str]:
    return re.compile(table("music_told")["small"]["en"])


@cache
def _rest() -> re.Pattern[str]:
    held = table("music_told")["rest"]
    return re.compile(f"(?:{held['en']})|(?:{held['zh']})")
