"""What is said of the music that is there, in one or several pieces of a message: "drums feel stiff in the verse, lose
them there", 副歌加铜管，主歌把鼓去掉, "calmer verse, bigger bridge".

A piece (`music_saying.py`) tells of sections, of sounds that come in or go, of what the music shall be like or what is
wrong with it, of what shall be written anew and what kept; the next piece may only point to what was spoken of. A piece
counts only where nearly all of its words are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from reelscore.converse.clause import Clause
from reelscore.converse.clauses import Piece
from reelscore.converse.mention import Mention
from reelscore.converse.music_assembled import HOW_LOUD, IN_DECIBELS, assembled, unwritten
from reelscore.converse.music_said import Told
from reelscore.converse.music_saying import Saying, overdone
from reelscore.converse.music_told_words import pattern_of, sections_in, style_patterns
from reelscore.converse.readers.music_asked import by_bpm, interval
from reelscore.converse.readers.music_parts import asks_anew, exchanged
from reelscore.converse.readers.music_within import within
from reelscore.converse.reading import Reading
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Step

_PLAYER = 0.985  # "the drums are too loud" goes on about no other level
_SURE, _PARTLY = 0.96, 0.87  # fully read; where a word or two of it is not


_JOINT = re.compile(
    r"[,;.!?:\n，。；！？：、]|(?<![a-z])(?:and|(?<!nothing )(?<!everything )(?<!anything )(?<!all )but|then|also|plus|yet|although|though)(?![a-z])|(?<=[一-鿿]) (?=[多少](?:来)?一?[点些])|然后|接着|但是?|而且|并且|同时|另外|再(?=把|给)"
)


_AMOUNT_ZH = re.compile(r"(?<=[大小轻响多少强弱重低高])(?:声)?一?[点些](?=[\u4e00-\u9fff])")
_NEAR = re.compile(r"[^,，。;；、 ]{1,4}")
_LESS_MORE = re.compile(
    r"(?<=[a-z]) (?=(?:more|less|fewer) [a-z-]+(?: please| pls)?[.! ]*$)"
)  # "less drums more piano"


_LOOSE_IN_FILMS = ("beat", "beats", "keys", "lead", "bells", "melody", "hit", "impact", "drone", "sweep", "texture", "boom", "drop", "choir", "voices", "人声", "vocals", "singing", "lyrics", "vocal")  # fmt: skip


_FREE = ("pronoun", "music", "all", "film")  # kinds of things that may be spoken of beside


_SPOILS = ("percent", "decibels", "lufs", "ratio", "size", "fps", "seconds", "timecode", "frames", "factor")


_OF_LEVELS = ("factor", "percent", "decibels", "seconds", "timecode")  # of how loud one sound is


_SO_MUCH = re.compile(
    r"(?:by |about |maybe |say |just )*[-+]?(\d+(?:\.\d+)?) ?db(?: (?:less|more|quieter|louder|down|up|lower|higher|or so|please))*(?: (?:on|for|off|from) (?:that|it|them|those|this))?"
)


_TO_THE_BEAT = re.compile(r"(?<![a-z])(?:cut|cuts|edit|cutting)(?: [a-z]+){0,4} (?:to|on|with) (?:the|every|each) ")


_BROUGHT_DOWN = re.compile(
    r"(?<![a-z])(?:bring|pull|turn|take|keep|dial|get) (?:it|that) (?:back )?(?:down|low|lower)(?![a-z])"
)


_DIES_AWAY = Sieve(  # 结尾慢慢弱下去: a fade
    re.compile(
        r"(?:结尾|结束|最后|末尾|尾巴|尾声|尾奏|收尾|outro|ending)[^。;!?]{0,16}?(?:慢慢|渐渐|逐渐|缓缓|一点点)地?的?(?:变|减|收|淡|弱|轻|小)(?:弱|小|轻|掉|下|出|没)?"
    )
)


def read(c: Clause) -> Iterator[Reading]:
    """The clause as what is said of the music that is there; nothing where it says something else."""
    if (
        not c.scene.composed
        or c.quotes
        or not _may(c)
        or c.has("new")
        or exchanged(c)
        or asks_anew(c)
        or by_bpm(c.text) is not None
        or interval(c.text)
        or (c.has("snap") and c.has("cuts"))
        or (c.has("duck") and _BROUGHT_DOWN.search(c.text))  # "bring it down when I talk": how loud it is
        or _DIES_AWAY.search(c.text)
    ):
        return
    if c.has("cut_to_beat") and _TO_THE_BEAT.search(c.text):
        return  # "cut to the beat" takes no drums out
    told = pieces(c)
    if told is None or not _of_music(c, told):
        if _player_moved(c):
            yield Reading((), 0.965, missed=HOW_LOUD)
        return
    if _ITS_VOLUME.fullmatch(c.text):
        return
    on = _goes_on(c) or overdone(c)
    player = any(
        t.level in ("louder", "quieter", "more") and t.sounds for t in told
    )  # of one instrument, whatever went before
    if on and not player and _LEVEL.search(c.text):
        return
    if (
        c.context.steps
        and not player
        and not any((on and t.flaws) or t.sections or t.bars or t.keep or (t.asks and not t.redo) for t in told)
    ):
        return  # "once more" goes on about the last edit
    if (why := unwritten(c.text, told)) is not None:
        yield Reading((), _SURE, missed=why)
        return
    if any(t.level == "share" and t.sounds for t in told) and not _OF_TEMPO.search(c.text):
        yield Reading((), _PLAYER, missed=IN_DECIBELS)
        return
    made = assembled(c, told)
    if made is None:
        return
    asked, missed = made
    score = _SURE if all(t.unread <= 1 for t in told if t.asks) else _PARTLY
    yield Reading(asked, _PLAYER if player and asked else score, missed=missed)


def _player_moved(c: Clause) -> bool:
    """Is a player said to be louder or quieter, in words that are not read? The music's volume is not meant."""
    return pattern_of("level").search(c.text) is not None and any(
        w.kind in ("instrument", "role")
        and not w.idle
        and w.words not in _LOOSE_IN_FILMS
        and _MOVED.search(c.text[: w.start])
        and not any(m.kind in ("name", "voice") and m.start <= w.start < m.end for m in c.mentions)
        for w in c.wishes
    )


_ITS_VOLUME = Sieve(
    re.compile(
        r"\W*(?:make |turn )?(?:the |my )?(?:music|song|track|it)(?: should be| needs to be| must be)?(?: a (?:bit|little|lot|touch)| much| way)? (?:louder|quieter)[ .!]*(?:please|pls)?[ .!]*"
        r"|\W*(?:it|this|(?:the |my )(?:music|song|track))(?:'s| is|s)(?: (?:a (?:bit|little)|way|far|much|really|just))* too (?:loud|quiet)[ .!]*"
    )
)


_ITS_VOLUME_ZH = Sieve(
    re.compile(  # 音乐大一点,说话时压低音乐
        r"[把将]?(?:背景)?(?:音乐|配乐|bgm|歌曲?)的?(?:声音?|音量)?(?:再|调|开|稍微)*[大小响轻高低]声?一?[点些儿]+"
    )
)
_MOVED = re.compile(
    r"(?<![a-z])(?:turn|bring|push|pull|raise|lower|boost|dial)(?: up| down| back)?(?: the volume of| the level of)?(?: the| my)? (?:[a-z]+ )?$|^(?:make )?(?:the )?(?:[a-z]+ )?$"
)


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
                whole_run = clause(parts[first].start, parts[last - 1].end)
                found[first] = (last - 1, within(whole_run, [reading])[0])
        first = max(last, first + 1)
    return found


def _musical(c: Clause) -> bool:
    if c.quotes or any(not _free(c, m) for m in c.mentions) or _ITS_VOLUME_ZH.fullmatch(c.text.strip(" ,。!")):
        return False
    told = _told(c, 0, len(c.text))
    return told is not None


_WHILE_SPOKEN = re.compile(  # "lose the drums during the voiceover", 有旁白的时候把鼓去掉
    r"(?<![a-z])(?:during|while|when(?:ever)?|under|over|behind)(?: there'?s| there is| the| my| her| his| a| any)* (?:voice|voice-?over|narration|narrator|talking|speech|speaking|dialogue)(?![a-z])|(?:旁白|人声|解说|说话|讲话|口播|配音)(?:出现|进来|响起|说话)?的?(?:时候|期间|时|部分|那段)"
)
_OWN_PART = re.compile(
    r"(?:intro|opening|ending|end|beginning|start) (?:of|in) the (?:music|song|track|piece|score|tune)|(?:music|song|track|score)'?s (?:intro|opening|ending)|(?:音乐|曲子|配乐|歌)的?(?:前奏|开头|结尾)"
)


_ENTERS_WRONG = Sieve(
    re.compile(r"too (?:early|late|soon|often)|(?:earlier|later|sooner) (?:than|in)|进得?太(?:早|晚)|太(?:早|晚)")
)


def _free(c: Clause, m: Mention) -> bool:
    """May this be spoken of beside: music, a pronoun, a section that a clip is named like?"""
    if m.kind in ("audio", "own", "sound") and any(
        w.kind in ("instrument", "role") and c.text[w.end : m.start] in ("", "的") for w in c.wishes
    ):
        return True  # 吉他声音太大
    of_music = bool(m.things) and all(t.role == "music" for t in m.things)
    spoken = (
        bool(m.things)
        and all(t.role == "voice" for t in m.things)
        and _WHILE_SPOKEN.search(c.text) is not None
        and any(w.kind in ("instrument", "role") and w.words not in _LOOSE_IN_FILMS for w in c.wishes)
    )
    return m.kind in _FREE or of_music or spoken or _within_section(c, m.start, m.end)


def _within_section(c: Clause, start: int, end: int) -> bool:
    return any(a < end and start < b for _, a, b, _ in sections_in(c.text))


def _may(c: Clause) -> bool:
    """Quickly: is there anything of music in it?"""
    return (
        any(w.kind in ("instrument", "role") for w in c.wishes)
        or (not c.scene.clips and bool(c.text.strip()))
        or bool(sections_in(c.text))
        or c.quantity("bars") is not None
        or _goes_on(c)
        or overdone(c)
        or _BAND.search(c.text) is not None
        or (c.mention("music") is not None and _styled(c.text))
        or (_AMISS_ZH.search(c.text) is not None and c.mention("music") is not None)
        or (_TUNE.search(c.text) is not None and pattern_of("level").search(c.text) is not None)
    )


def _styled(text: str) -> bool:
    """Is a genre or a mood compared: "the music funkier"?"""
    return any(pattern.search(text) for kind in ("genre", "mood") for _, pattern in style_patterns(kind))


_BAND = Sieve(re.compile(r"(?<![a-z])instruments(?![a-z])|乐器"))
_AMISS_ZH = Sieve(re.compile(r"不够|没(?:有)?[劲力气]|太[平闷薄单空满乱丧沉悲]|起伏|层次"))
_TUNE = Sieve(re.compile(r"(?<![a-z])(?:melody|melodies)(?![a-z])|旋律"))
_GOES_ON = ("change_music", "generate_music", "regenerate_music", "vary_music", "music_length", "refit_music")


_OF_TEMPO = re.compile(r"(?<![a-z])(?:faster|slower|quicker|tempo|speed)(?![a-z])|[快慢]")
_LEVEL = re.compile(r"(?<![a-z])(?:loud(?:er)?|quiet(?:er)?|volume|turn)(?![a-z])|响|吵|声")


def _goes_on(c: Clause) -> bool:
    """Was the last edit one of what the music is like, and is nothing else spoken of?"""
    last = c.context.steps[-1] if c.context.steps else None
    return (
        isinstance(last, Step) and last.command in _GOES_ON and all(m.kind in ("pronoun", "music") for m in c.mentions)
    )


def _of_music(c: Clause, told: Sequence[Told]) -> bool:
    """Where there is a film too, is it plainly the music that is meant?"""
    if any(not _free(c, m) for m in c.mentions) or _ENTERS_WRONG.search(c.text):
        return False
    if not c.scene.clips or _OWN_PART.search(c.text) or _goes_on(c) or overdone(c):
        return True
    sure = (
        c.mention("music") is not None
        or _BAND.search(c.text) is not None
        or any(t.plain or t.bars or (t.level and any(w.name == "melody" for w in t.sounds)) for t in told)
        or any(w.words not in _LOOSE_IN_FILMS and not w.idle for t in told for w in (*t.added, *t.gone, *t.alone, *t.sounds, *(t.swap or ())) if w)
    )  # fmt: skip
    named = any(m.kind == "name" and m.things and m.things[0].role != "music" for m in c.mentions)
    return sure and not (named and not any(t.added or t.gone or t.redo for t in told))


def pieces(c: Clause) -> list[Told] | None:
    """What each piece says; None where one says something else."""
    spans, at, strong = [], 0, True
    held = c.whole
    joints = [*_JOINT.finditer(c.text)]
    if not c.text.isascii():  # 贝斯小一点|钢琴大一点
        told_of = [w for w in c.wishes if w.kind in ("instrument", "role")]
        joints += [
            m
            for m in _AMOUNT_ZH.finditer(c.text)
            if any(w.start == m.end() for w in told_of)
            and any(_NEAR.fullmatch(c.text, w.end, m.start()) for w in told_of)
        ]
        joints.sort(key=lambda joint: joint.start())
    if "more " in c.text and ("less " in c.text or "fewer " in c.text):
        joints = sorted([*joints, *_LESS_MORE.finditer(c.text)], key=lambda joint: joint.start())
    for joint in [*joints, None]:
        end = len(c.text) if joint is None else joint.end() if joint.re is _AMOUNT_ZH else joint.start()
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
        if told and _goes_with(one, told[-1]):
            one.added, one.sounds, one.weak = [*one.added, *one.sounds], [], False
        elif (
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
        if told and one.of_them == "out" and told[-1].sounds and told[-1].level == "quieter":
            told[-1].level = ""  # 鼓太吵了,去掉
        told.append(one)
        before = (start, end)
    return told


def _goes_with(one: Told, before: Told) -> bool:
    """Is a sound only named after what the music shall be like, and so wished for: "something warmer, rhodes, a harp"?"""
    if not one.bare or one.sections or not (one.sounds or one.weak):
        return False
    wished = bool(before.wished or before.mood or before.genre) and not _sounding(before)
    before.lists = before.lists or (wished and not before.sections)
    one.lists = before.lists
    return before.lists


def _sounding(one: Told) -> bool:
    return bool(one.sounds or one.added or one.gone or one.alone)


def _told(c: Clause, start: int, end: int) -> Told | None:
    """What c.text[start:end] says; None where too much of it is not of music."""
    spoils = {q.kind for q in c.quantities if q.kind in _SPOILS and start <= q.start < end}
    if spoils == {"decibels"} and (much := _SO_MUCH.fullmatch(c.text[start:end].strip(" .!"))):
        return Told(level="same", by_db=abs(float(much[1])))
    if spoils - {*_OF_LEVELS}:
        return None
    told = Saying(c, start, end).told()
    return told if told is None or told.level or told.loud or not spoils else None
