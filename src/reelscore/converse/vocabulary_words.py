"""Genres, moods and instruments in a message: what tells a wish for music from an edit.

Latin text is looked up by runs of words, Chinese by runs of characters, so a long vocabulary costs no more than a
short one. Words that mean something else to an editor ("cut", "slow", "soft", "light") are not counted alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reelscore.converse.patterns import just_before
from reelscore.converse.sieves import Sieve
from reelscore.converse.tables import table
from reelscore.values.vocabulary import Vocabulary

_WORD = re.compile(r"[a-z0-9à-ÿ]+(?:['&][a-z]+)*")
_LONGEST_HAN = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """A genre, mood or instrument named at text[start:end]."""

    start: int
    end: int
    kind: str  # genre, mood, instrument, role
    name: str
    words: str
    idle: bool = False  # a word that means something else to an editor: it counts only where music is spoken of


class _Phrases:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.latin: dict[tuple[str, ...], tuple[str, str, bool]] = {}
        self.heads: set[str] = set()  # words with which something Latin begins
        self.players: dict[str, tuple[str, str]] = {}  # an instrument whose word is a genre's too: "ukulele"
        self.han: dict[str, tuple[str, str, bool]] = {}
        idle = set(table("music_words")["idle"]["words"])
        for kind, entries in (
            ("genre", vocabulary.genres),
            ("mood", vocabulary.moods),
            ("instrument", vocabulary.instruments),
        ):
            for name, entry in entries.items():
                for words in (*entry.words, name.replace("_", " ")):
                    self._add(words, kind, name, idle)
        for name, listed in vocabulary.missing.items():
            for words in listed:
                if words.isascii() or len(words) > 1:  # 阮 is a name, and 锣 half a word
                    self._add(words, "instrument", name, idle)
        for kind in ("role", "mood", "genre"):
            for name, listed in table("music_words")[kind].items():
                for words in listed:
                    self._add(words, kind, name, set())

    def _add(self, words: str, kind: str, name: str, idle: set[str]) -> None:
        plain = words.lower()
        if kind == "instrument":
            self.players.setdefault(plain, (kind, name))
        held = (kind, name, plain in idle)
        if plain.isascii():
            run = tuple(_WORD.findall(plain))
            self.latin.setdefault(run, held)
            self.heads |= {*run[:1], *(f"{word}s" for word in run if len(run) == 1)}
        else:
            self.han.setdefault(plain, held)


_built: list[_Phrases] = []


def _phrases(vocabulary: Vocabulary) -> _Phrases:
    for phrases in _built:
        if phrases.vocabulary is vocabulary:
            return phrases
    _built.append(_Phrases(vocabulary))
    del _built[:-4]
    return _built[-1]


def wishes_in(text: str, vocabulary: Vocabulary) -> tuple[Wish, ...]:
    """What is named, the longest first where two overlap; in order of place."""
    phrases = _phrases(vocabulary)
    found = [*_latin(text, phrases), *_han(text, phrases)]
    found.sort(key=lambda w: (w.start - w.end, w.start))
    found = [w for w in found if w.words != "kick" or not _KICKS.match(text, w.end) or _A_KICK.search(text, 0, w.start)]
    kept: list[Wish] = []
    taken = bytearray(len(text))
    for wish in found:
        if 1 not in taken[wish.start : wish.end]:
            kept.append(wish)
            taken[wish.start : wish.end] = b"\1" * (wish.end - wish.start)
    if any(w.kind == "genre" and w.words in phrases.players for w in kept):
        players = [w for w in kept if w.kind in ("instrument", "role")]
        kept = [
            _played(text, w, phrases, players) if w.kind == "genre" and w.words in phrases.players else w for w in kept
        ]
    if any(word in text for word in ("not ", "instead of ", "rather than ", " than that", "不是", "不要")):
        kept = [w for w in kept if w.kind not in ("genre", "mood") or not just_before(_DENIED, text, w.start)]
    return tuple(sorted(kept, key=lambda w: w.start))


def _played(text: str, wish: Wish, phrases: _Phrases, players: Sequence[Wish]) -> Wish:
    """A genre by whose word an instrument is meant: "add a ukulele", 吉他换尤克里里, but "ukulele music"."""
    if _A_STYLE.match(text, wish.end):
        return wish
    beside = any(
        _BESIDE.fullmatch(text, w.end, wish.start) or _BESIDE.fullmatch(text, wish.end, w.start) for w in players
    )
    if not beside and not just_before(_BRINGS, text, wish.start) and not _COMES.match(text, wish.end):
        return wish
    kind, name = phrases.players[wish.words]
    return replace(wish, kind=kind, name=name)


_COMES = re.compile(r" (?:in|out)(?=[ .!,]*$)")  # "organ out, harpsichord in"
_A_KICK = re.compile(r"(?<![a-z])(?:the|an?|no|any|that|of|more|less|without) $")
_KICKS = re.compile(  # "kick out the guitar", "kick the intro out"
    r" (?:(?:out|in|off|things|it)|(?:the|my|that|this) [a-z0-9_ -]{2,24}? (?:out|off)(?! of the (?:music|mix|song|track|intro|verse|chorus)))(?![a-z])"
)
_BRINGS = re.compile(
    r"(?<![a-z])(?:with|without|add|plus|no|remove|drop|lose|more|less|instead of)(?: (?:an?|the|some|any|my))? $|(?<![a-z])(?:an?|some) $"
    r"|(?:加|带|配|用|去掉|不要|没有|换成|改成|换)(?:上|入|一?[点些把个种])?$"
)
_BESIDE = re.compile(  # what joins two players
    r" ?(?:,|、|/|\+|&) ?(?:and |an? |the |some |maybe )*"
    r"| ?(?:-?> ?|→ ?)|,? (?:and|or|plus|with|for|by|to|into|over|under|instead of|rather than|in place of)(?: an?| the| my| some)? "
    r"|(?:给|都|再|全)?(?:换成?|改成?|换为|改为|替换成?|变成|代替|替代?|取代|和|与|跟|加|或者?|还有)(?:一?[把个种])?"
)
_A_STYLE = re.compile(
    r"[ -](?:music|songs?|tunes?|tracks?|vibes?|styles?|feel|mood|sounds?|piece|theme|beats?|based)(?![a-z])|的?(?:风格?|曲|音乐|歌|小调|味)"
)
_DENIED = re.compile(
    r"(?<![a-z])(?:not(?: (?:an?|really))?|instead of(?: an?)?|rather than(?: an?)?|than that) $|不是$"
)  # "not epic but sad"


def _latin(text: str, phrases: _Phrases) -> list[Wish]:
    words = list(_WORD.finditer(text))
    said = tuple(word[0].removesuffix("'s") for word in words)
    found = []
    for first, head in enumerate(said):
        if head not in phrases.heads:
            continue
        for count in (4, 3, 2, 1):
            run = said[first : first + count]
            if len(run) < count or (head in _VERBS and text.startswith(" in", words[first].end())):
                continue
            hit = phrases.latin.get(run) or phrases.latin.get((*run[:-1], run[-1].removesuffix("s")))
            last = words[first + count - 1].start() + len(said[first + count - 1])
            if hit and not (count > 1 and _DROPS.match(text, words[first + count - 1].start())):
                start, end = words[first].start(), last
                found.append(Wish(start, end, hit[0], hit[1], text[start:end], hit[2]))
                break
    return found


_DROPS = re.compile(r"drops? (?:out|in|away|back)(?![a-z])")  # "the bass drops out" names no style
_VERBS = ("kick", "kicks")  # "the voice kicks in too soon"
_GOES_ON = re.compile(r"节(?=[奏拍])|声(?=[音道部])|电(?=[影视脑话])|流(?=[畅程])")  # 音乐|节奏: the word ends before


_GREETS = Sieve(re.compile(r"嗨+(?:(?=[\s,.!~，。！]|你|大家|各位)|[啊呀]|$)"))  # 嗨 我第一次用: no mood


def _han(text: str, phrases: _Phrases) -> list[Wish]:
    found = []
    greeting = _GREETS.match(text)
    for start in range(greeting.end() if greeting else 0, len(text)):
        if text[start] < "\u3000":
            continue
        for count in range(min(_LONGEST_HAN, len(text) - start), 0, -1):
            if (hit := phrases.han.get(text[start : start + count])) and not _GOES_ON.match(text, start + count - 1):
                found.append(Wish(start, start + count, hit[0], hit[1], text[start : start + count], hit[2]))
                break
    return found
