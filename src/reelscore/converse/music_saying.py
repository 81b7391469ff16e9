"""One piece of what is said of the music that is there: each of its words counts once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause, plain, seconds
from reelscore.converse.music_loudness import (
    BY_SO_MANY_DB,
    EVERYTHING_BUT,
    HALF_AS_LOUD,
    LOUD,
    ONLY_HEARD,
    THAN,
    TWICE_AS_LOUD,
    amount_of,
    level_of,
    much_of,
)
from reelscore.converse.music_said import Told
from reelscore.converse.music_swapped import swapped
from reelscore.converse.music_told_words import (
    all_else,
    pattern_of,
    patterns_of,
    sections_in,
    small_words,
    style_patterns,
)
from reelscore.converse.patterns import compiled
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.music_parts import bars_of, key_of
from reelscore.converse.remarks import REMARK
from reelscore.converse.sieves import Sieve, known_texts
from reelscore.converse.tables import table
from reelscore.converse.vocabulary_words import Wish

_DRAWN_IN = re.compile(
    r"(?:再|给我|稍微|就|都)*(?:[收压](?:一?[收压]|[着低]?一?[点些]|低)|[调弄关]?[小轻低]声?一?[点些])(?:吧|。)*"
)


def overdone(c: Clause) -> bool:
    """Is there said to be too much of a feeling that music has, and is nothing else spoken of: "too sad", 太悲伤了?"""
    return all(m.kind in ("pronoun", "music") for m in c.mentions) and any(
        w.kind == "mood" and not w.idle and _TOO.search(c.text[: w.start]) for w in c.wishes
    )


class Saying:
    """One piece while it is read: each of its words counts once."""

    def __init__(self, c: Clause, start: int, end: int) -> None:
        self.c, self.start, self.text = c, start, c.text[start:end]
        self.taken = [False] * len(self.text)
        self.one = Told()
        self.sounds: list[tuple[int, int, Wish]] = []
        self.styles: list[Wish] = []

    def told(self) -> Told | None:
        """What it says; None where too much of it is not of music."""
        one, words = self.one, self.text.strip(" ,.!?")
        if all_else().match(words):
            one.idle = True
            return one
        self._named()
        self._numbers()
        self._sounds()
        self._orders()
        self._polarity()
        if one.gone and one.level == "quieter" and not one.sounds:
            one.level = ""  # 鼓太吵了,去掉
        self._unread()
        told = self.sounds or one.sections or one.flaws or one.bars or one.keep or one.mood or one.genre
        if REMARK.match(words) and not told:
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
        """Count these letters as read; False where one was read before."""
        if any(self.taken[start:end]):
            return False
        self.taken[start:end] = [True] * (end - start)
        return True

    def tokens(self, pattern: re.Pattern[str] | Sieve) -> list[re.Match[str]]:
        """Where the pattern stands in what is not read yet, which counts as read from here on."""
        known = known_texts.get(self.c.text)
        if known is not None and isinstance(pattern, Sieve) and pattern not in known:
            return []  # none of its words is in the whole clause
        return [m for m in pattern.finditer(self.text) if m[0].strip() and self.take(*m.span())]

    def _mine(self, *kinds: str) -> Iterator[tuple[int, int, Wish]]:
        for w in self.c.wishes:
            a, b = w.start - self.start, w.end - self.start
            compared = w.kind == "mood" and (self.text[a:b].endswith("er") or self._more_so(a))  # no "sad": sadder
            if w.kind in kinds and not (w.idle or compared) and a >= 0 and b <= len(self.text) and self.take(a, b):
                yield a, b, w

    def _more_so(self, at: int) -> bool:
        """忧伤一点: is it a mood compared with the one there is?"""
        return not self.text.isascii() and any(p.regex.match(self.text, at) for _, p in style_patterns("mood"))

    def _named(self) -> None:
        one = self.one
        for name, a, b, of_music in sections_in(self.text):
            if self.take(a, b):
                first = not one.sections and not patterns.search(
                    r"[a-z]{4,}|[\u4e00-\u9fff]{2}", small_words().sub(" ", self.text[:a])
                )
                one.sections.append(name)
                one.plain = one.plain or of_music
                one.leads = one.leads or first
        one.every = bool(self.tokens(pattern_of("every")))
        one.points = pattern_of("points").search(self.text) is not None

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
            elif q.kind in ("decibels", "percent", "seconds", "timecode", "factor"):
                self._amount_or_time(q)
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

    def _amount_or_time(self, q: Quantity) -> None:
        """By how much, from when and until when a sound shall be louder or quieter."""
        one = self.one
        if q.kind == "decibels":
            one.by_db = abs(q.number)
            one.level = "quieter" if q.number < 0 else "louder" if q.signed else ""
        elif q.kind in ("percent", "factor"):
            one.level = "share"
        elif q.cue in ("first", "until") or q.pair == 2:
            one.end = plain(q)
        elif q.cue == "last":
            one.start = seconds(self.c.scene.duration - Fraction(q.value))
        else:
            one.start = plain(q)

    def _sounds(self) -> None:
        self.sounds = [one for one in self._mine("instrument", "role") if not self.text.startswith(" thing", one[1])]
        if not pattern_of("keep").search(self.text):
            return
        for name, pattern in patterns_of("part"):
            if match := pattern.search(self.text):
                for m in (match, *pattern_of("keep").finditer(self.text)):
                    self.taken[m.start() : m.end()] = [True] * (m.end() - m.start())
                self.sounds = [s for s in self.sounds if not match.start() <= s[0] < match.end()]
                self.one.keep = name
                return

    def _orders(self) -> None:
        one = self.one
        new = [
            m for m in pattern_of("another").finditer(self.text) if one.sections and _before_section(self.text, m.end())
        ]
        for m in new:
            self.take(*m.span())
        one.redo = bool(self.tokens(pattern_of("redo"))) or bool(new)
        if one.sections and not self.sounds and (disliked := _DISLIKED.search(self.text)):
            one.redo = self.take(*disliked.span()) or one.redo
        one.vary = bool(self.tokens(pattern_of("vary")))
        self._heard()
        if self.sounds and (HALF_AS_LOUD.search(self.text) or TWICE_AS_LOUD.search(self.text)):
            one.level, one.by_db = "quieter" if HALF_AS_LOUD.search(self.text) else "louder", 6
        if self.sounds and one.by_db and not one.level and (moved := BY_SO_MANY_DB.search(self.text)):
            one.level = "louder" if moved["up"] or moved["up_zh"] else "quieter"
            self.take(*moved.span())
        if self.sounds and not one.bars and (how := much_of(self.text, self.sounds)):
            one.level, one.amount = how[0], amount_of(self.text)
            for span in how[1]:
                self.take(*span)
        elif self.sounds and (one.level or pattern_of("level").search(self.text)):
            one.level = one.level or level_of(self.text)
            one.amount = amount_of(self.text)
            self.sounds = [s for s in self.sounds if not THAN.search(self.text[: s[0]])]
            self.tokens(pattern_of("level"))
        for kind, to in (("flaw", one.flaws), ("wish", one.wished)):
            for name, pattern in patterns_of(kind):
                if kind == "wish" and (said := pattern.search(self.text)) and _TOO.search(self.text[: said.start()]):
                    continue  # 太活泼了
                if self.tokens(pattern) and name not in to:
                    to.append(name)
        self._too_much()
        if one.wished or one.flaws:
            one.amount = amount_of(self.text)
        self.styles = [w for _, _, w in self._mine("genre", "mood")]
        for kind in ("genre", "mood"):
            for name, pattern in style_patterns(kind):
                if self.tokens(pattern):
                    setattr(one, kind, getattr(one, kind) or name)
        turned = bool(one.sections) or (not self.c.scene.clips and _TURNED.search(self.text) is not None)
        if self.styles and turned and not (one.genre or one.mood) and not (self.sounds or one.redo):
            one.genre = next((w.words for w in self.styles if w.kind == "genre"), "")
            one.mood = "" if one.genre else self.styles[0].words

    def _heard(self) -> None:
        """The melody is a player too, where it is said how loud something is, and hats are of the kit."""
        if self.sounds:
            return
        if not (pattern_of("level").search(self.text) or self.one.by_db):
            self.one.loud = level_of(self.text) if LOUD.search(self.text) else ""  # 吉他太吵了,轻一点
            return
        for name, pattern in ONLY_HEARD:
            if (found := pattern.search(self.text)) and self.take(*found.span()):
                at = self.start
                self.sounds.append((*found.span(), Wish(at + found.start(), at + found.end(), "role", name, name)))
                return
        self.one.loud = level_of(self.text) if LOUD.search(self.text) else ""
        if _DRAWN_IN.fullmatch(self.text.strip()):
            self.tokens(pattern_of("level"))  # 贝斯太抢了,收一收

    def _too_much(self) -> None:
        """ "too dramatic", "less sad", 别那么欢快: the feeling that there is too much of, and the way out of it."""
        for w in self.c.wishes:
            a, b = w.start - self.start, w.end - self.start
            inside = w.kind == "mood" and a >= 0 and b <= len(self.text)
            before = (_TOO.search(self.text[:a]) or _LESS_SO.match(self.text, b)) if inside else None
            mood = self.c.known.vocabulary.moods.get(w.name) if before else None
            if before is None or mood is None or not self.take(min(a, before.start()), max(b, before.end())):
                continue
            way = (
                "calmer" if mood.arousal >= _STRONG
                else "brighter" if mood.valence < 0
                else "livelier" if mood.arousal <= -_STRONG
                else "darker"
            )  # fmt: skip
            self.one.flaws += [way] if way not in self.one.flaws else []

    def _polarity(self) -> None:
        """Which sounds come in and which go, by the words before and behind each."""
        one = self.one
        one.swap = swapped(self.text, self.sounds)
        if one.swap is not None:
            self.tokens(pattern_of("swap"))
            self.tokens(_SWAPS)
            one.redo = False  # 用竖琴换掉钢琴
            return
        if self.sounds and _FOR_ANOTHER.search(self.text, self.sounds[-1][1]):
            one.unread += _MOST_UNREAD  # in whose place something comes that nobody here knows
        to = {"only": one.alone, "out": one.gone, "gone": one.gone, "in": one.added, "enters": one.added}
        flow: list[tuple[int, str, Wish | None]] = [(a, "", w) for a, _, w in self.sounds]
        flow += [(m.start(), name, None) for name in to for m in self.tokens(pattern_of(name))]
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
        if one.level and one.alone and not EVERYTHING_BUT.search(self.text):  # "only the kick louder"
            loose, one.alone = [*one.alone, *loose], []
        if (
            one.level
            and one.added
            and (one.level == "more" or not patterns.search(r"(?<![a-z])(?:add|with)(?![a-z])|加", self.text))
        ):
            loose, one.added = [*one.added, *loose], []  # "bring the pads up 4 dB", "with more bass"
        one.sounds = loose
        if one.alone:
            one.of_them = ""

    def _unread(self) -> None:
        """How many words are not of music; a sound in a few words that says nothing else is wished for."""
        one = self.one
        left = small_words().sub(" ", "".join(" " if t else ch for ch, t in zip(self.text, self.taken, strict=True)))
        han = patterns.findall(r"[\u4e00-\u9fff]", compiled(table("music_told")["small"]["zh"]).sub("", left))
        one.unread += len(patterns.findall(r"[a-z]{2,}", left)) + (len(han) + 1) // 2
        said = one.unread or one.asks or one.flaws or one.level or one.keep
        if one.sounds and not said and pattern_of("wants").search(self.text):
            one.added, one.sounds, one.weak = one.sounds, [], True


_TOO = re.compile(
    r"(?<![a-z])(?:too|less|not (?:so|that|as|quite so)|overly|way too|a bit too)(?: much)? $|(?:太|过于|别那么|别这么|不要那么|不要这么|没那么|少一?点)$"
)
_LESS_SO = re.compile(r"(?:再|要)?(?:弱|淡|少|轻)一?[点些]")  # 科技感弱一点
_STRONG = 0.4  # of a feeling's arousal


_TEMPO = re.compile(r"tempo|speed|pace|bpm|速度|节奏|拍速")


_SEED_SAID = re.compile(r"(?<![a-z])seed(?![a-z])|种子")


_SEED = Sieve(re.compile(r"seed(?: (?:of|is|number|to))?[ =:,]*(\d+)|种子(?:是|为|用)?(\d+)"))


_KEY = re.compile(
    r"[升降]?[a-g][#b]? ?[大小]调|(?:in |to |into )?(?<![a-z])[a-g](?:#|b| sharp| flat)? ?(?:major|minor|maj|min|m)?(?![a-z])"
)


_SWAPS = re.compile(r"(?<![a-z])(?:instead|rather|than|place|for|with|in)(?![a-z])")


_TURNED = re.compile(
    r"(?<![a-z])(?:make|turn|go|should be|more|into)(?![a-z])|换成|变成|改成|往.{1,8}靠|走|偏|更|一[点些]"
)


_DISLIKED = Sieve(
    re.compile(  # "I don't like the chords in the bridge"
        r"(?<![a-z])(?:(?:do not|don'?t) (?:really |quite |much )?(?:like|love|dig)|hate|not (?:happy|sold|convinced|sure)(?: with| by| about| on)?|can'?t stand)(?: the (?:chords?|harmony|harmonies|melody|tune|part|way))?(?![a-z])|不(?:太|怎么)?喜欢|讨厌|不满意"
    )
)
_MOST_UNREAD = 9
_FOR_ANOTHER = re.compile(r"(?:换|改|变)(?:成|为|做|作)(?=[^,。小大更轻重高低弱强柔,。 ]{2,8}$)")


def _before_section(text: str, at: int) -> bool:
    rest = text[at:].lstrip()
    return any(a == 0 for _, a, _, _ in sections_in(rest))
