"""What a message says of music: its key, its sections, what shall stay, and whether it is spoken of at all."""

from __future__ import annotations

import re
from fractions import Fraction

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mentions import mentions
from reelscore.converse.numbers import value_of
from reelscore.converse.quantities import Quantity
from reelscore.converse.sieves import Sieve

_KEY = Sieve(
    re.compile(
        r"(?<![a-z])([a-g])( ?(?:#|♯|sharp)| ?(?:♭|flat)|b(?= ?(?:maj|min|m(?![a-z]))))? ?-?(major|minor|maj|min|m)(?![a-z])|([a-g])(#|b|升|降)? ?(大调|小调)|([升降])([a-g]) ?(大调|小调)"
    )
)


def about_music(c: Clause) -> bool:
    """Is music plainly spoken of?"""
    if c.mention("music"):
        return True
    if not c.scene.clips and c.scene.music and not c.mention("title", "text", "voice", "clip", "image"):
        return True
    if any(t.role == "music" for m in c.mentions if m.kind in ("name",) for t in m.things[:1]):
        return False
    focus = c.touched
    return bool(c.mention("pronoun") and focus and focus.role == "music" and not c.around.focus) or (
        c.around.focus_kind == "music" and c.mention("pronoun") is not None
    )


_SOMETHING = Sieve(
    re.compile(  # "something upbeat with guitar", but "something calmer with guitar" is of what there is
        r"^\W*(?:(?:please|i (?:want|need)|i'd like|can you|maybe|give me|let's have|how about|try) )*something (?!more |less |a bit |else )(?:(?![a-z]+er )[a-z-]+,? (?:and )?){1,3}with (?!more |less |the )"
    )
)
_ANEW = Sieve(
    re.compile(
        r"^\W*(?:(?:please|can you|could you|now|then|and|i want you to|i'd like you to|let's)[ ,]+)*(?:(?:compose|generate) (?:me |us )?(?:a|an|some|something)|write (?:me |us )?(?:something|(?:an?|some) (?:[a-z-]+ ){0,4}(?:piece|song|track|tune|jingle|theme|score)))(?![a-z])(?! (?:bass|counter|harmony))"
        r"|^(?:音乐|配乐|bgm|请|给我|帮我|再|就|想要)*[来换整]一?段[^,。;]{1,8}的(?=[^,。;]*[乐曲歌他琴])"
    )
)


def asks_anew(c: Clause) -> bool:
    """ "compose something with a harp": a new piece, whatever it is played on."""
    return _ANEW.match(c.text) is not None or _SOMETHING.match(c.text) is not None


_EXCHANGED = re.compile(
    r"(?:音乐|配乐|bgm|歌曲?|曲子|背景乐|[这那]首[^,。;换改变替首]{0,8}?)(?:也|都|给我|帮我|能不能|可以|可不可以|想|要|得|请|就)*(?:换|改|变|替换)(?:成|为|用|做|一?下|个)*[,:]?(?P<rest>[^,。;]+)"
)


_INSTEAD = Sieve(
    re.compile(
        r"\s*(?:(?:please|can you|could you|can we have|could we have|i'?d like|i want|give me|give it|let'?s have|maybe|actually|no|make it|make that|put|use|have|try|and|now|how about|what about|just)[ ,]+)*(?P<new>[^,.;!?]{3,60}?)(?: (?:there|on|in|on it))?,? (?:instead of|rather than|in place of) (?P<old>[^,.;!?]{2,30})(?:[,.!?].*)?"
        r"|\s*(?:(?:please|can you|could you|let'?s|now|and|just|i want to|i'?d like to)[ ,]+)*(?:replace|swap|exchange|trade|change|switch) (?:out )?(?P<old2>[^,.;!?]{2,30}?) (?:with|for|by|to) (?P<new2>(?:an?|some) [^,.;!?]{3,50}? (?:piece|track|song|tune|number|thing))(?: please| pls)?[.! ]*"
    )
)
_HOW_IT_BEGINS = re.compile(r"(?:(?:an?|some|the) )*", re.IGNORECASE)


def in_place_of_it(c: Clause) -> str:
    """ "something romantic with strings instead of the lofi": what the music shall be like that takes the place of what
    there is; "" where no such is asked for, or two words say all of it."""
    match = _INSTEAD.fullmatch(c.text) if c.scene.music and not c.quotes and not c.quantities else None
    if match is None:
        return ""
    first = match["old"] is not None
    old, new = match.span("old" if first else "old2"), match.span("new" if first else "new2")
    there = mentions(f"the {c.text[slice(*old)].removeprefix('the ')}", c.scene)
    music = [m.things[0] for m in there if m.things and m.things[0].role == "music"]
    named = any(m.things and m.things[0] not in music and new[0] <= m.start < new[1] for m in c.mentions)
    told = [w for w in c.wishes if new[0] <= w.start < new[1]]
    if not music or named or not told or (not first and c.text[slice(*new)].count(" ") < 3):
        return ""
    return _HOW_IT_BEGINS.sub("", c.said(*new).strip(), count=1)


_OF_A_STYLE = re.compile(r"[^,。;]{4,12}(?:风格|风)的?(?:吧|音乐|配乐)?")  # 换成欢快节日风格
_RATHER = Sieve(
    re.compile(r"(?:算了|那|嗯|,|，| )*(?:还是|不如|干脆)(?:就)?(?:要|来|用|配|写)(?:点|段|首|个)?(?!原|之前|刚才|上)")
)
_LIKENED = re.compile(  # 早餐vlog那种感觉, 像日剧片尾曲那样; 换成像上次那样的 is of what there is
    r"[,，、 ]*(?:(?:就|要|最好|有点)*(?:像|类似)(?!上|刚|之前|现在|原来)[^,。;]{2,16}|[^,。;]{2,12}(?:那种|那样|这种)(?:[^,。;]{0,6}的|的?(?:感觉|氛围|调调|风格|味道|feel))?|[^,。;]{2,12}的(?:感觉|氛围|调调|味道))(?:的|吧|哦)*(?=[,。;!！]|$)"
)


def exchanged(c: Clause) -> bool:
    """bgm换成轻快的钢琴: other music in the place of what there is, told by what it is played on, by a style and how that
    shall be, or by what it is like; "something romantic instead of the lofi"."""
    if in_place_of_it(c):
        return True
    if (rather := _RATHER.match(c.text)) and not c.find("sections"):
        return any(w.kind == "genre" and not w.idle and w.start <= rather.end() + 4 for w in c.wishes)
    found = _EXCHANGED.search(c.text) if "换" in c.text or "改" in c.text or "变" in c.text else None
    if (
        found is None
        or c.find("sections")
        or patterns.search(r"[带有加没不去少多]|大调|小调|重[写做新]", found["rest"])
    ):
        return False
    start = found.start("rest")
    if any(w.kind in ("instrument", "role") and w.end <= start for w in c.wishes):
        return False
    told = [w for w in c.wishes if w.start >= start and not w.idle]
    if any(w.kind == "instrument" for w in told) or ("换" in found[0] and len(told) > 1):
        return True
    if c.scene.music and not c.scene.composed:
        return bool(told)  # what was brought cannot be written otherwise
    if told and "换" in found[0] and all(w.kind == "mood" for w in told) and _OF_A_STYLE.fullmatch(found["rest"]):
        return True
    text = c.plain.text  # what it is like may be told behind a comma
    return (
        bool(told)
        and "换" in found[0]
        and (_LIKENED.match(text, c.span[0] + found.end()) is not None or _LIKENED.fullmatch(found["rest"]) is not None)
    )


def kept_part(c: Clause) -> str | None:
    for name in ("harmony", "groove", "melody"):
        if c.has(f"keep_{name}"):
            return name
    return None


_AT_AN_EDGE = Sieve(
    re.compile(  # "can we have it end softer"
        r"(?<![a-z])(?:have|let|make|should|could|must|to|want) (?:it |the (?:music|song|track|piece) )?(?:(?P<last>end|finish)|start|begin)(?: off)? (?:(?:a|bit|little|lot|much|more|less|way|so) )*(?:[a-z]{3,}er|softly|quietly|gently|calmly)(?![a-z])"
    )
)


_TOO_LONG_ZH = re.compile(
    r"(?:前奏|间奏|主歌|副歌|尾奏|桥段|过门)[^,，。;]{0,6}(?:(?:太|有点|偏)[长短]|(?:缩短|延长|加长|拉长|缩|减|压|剪|改|变)(?:短|长)?(?:到|成|为))"
)


_JUST_SO = Sieve(
    re.compile(
        r"(?:能不能|可以|要|再|稍微|弄|改|放|做|给我|它|就)*(?:缩|剪|减|压|加|拉|延)?[长短]一?[点些](?:吧|呗|行吗|吗)?"
    )
)


def of_a_section(c: Clause) -> bool:
    """前奏太长了,缩短到四秒: is it of a section that was just spoken of that a length is told?"""
    return (
        not c.text.isascii()
        and (bool(c.every("seconds")) or _JUST_SO.fullmatch(c.text.strip(" ,。!")) is not None)
        and _TOO_LONG_ZH.search(c.plain.text, 0, c.span[1]) is not None
    )


def section_of(c: Clause) -> str | None:
    found = c.find("sections")
    if found is None and (edge := _AT_AN_EDGE.search(c.text)):
        return "ending" if edge["last"] else "opening"
    if found is None:
        return None
    word = found[0]
    if word in (
        "opening",
        "ending",
        "theme",
        "build",
        "break",
        "drop",
        "结尾",
        "开头",
        "主题",
        "高潮",
        "铺垫",
    ) and not patterns.search(
        r"(?:in|of|during|for|at|make|redo|rewrite|regenerate|only|new|a|another|different) (?:the |new )?(?:music'?s )?(?:opening|ending|theme|build|break|drop)|(?:the )?(?:break|build|drop|ending|opening) (?:calmer|darker|louder|part|section|of|should)|(?:结尾|开头|主题|高潮|铺垫)(?:部分|段|处|的?时候|的|要|里|那|再|更|不要|别|加|换|重|用)|重[写做](?:结尾|开头|高潮|主题)|音乐(?:的)?(?:结尾|开头|高潮|主题)",
        c.text,
    ):
        return None
    return word


_A_MODE = re.compile(r"a (?:minor|major) key(?![a-z])")


def key_of(c: Clause) -> str | None:
    """A key as it is written: "D minor", "F# major"."""
    found = _KEY.search(c.text)
    if found and _A_MODE.match(c.text, found.start()) and c.said(*found.span())[:1] == "a":
        return None  # "in a minor key"
    if not found:
        bare = patterns.search(
            r"(?:transpose|key)(?: it| the music| the song)?(?: to| of| up to| down to)? ([a-g])(#|b| sharp| flat)?(?![a-z])",
            c.text,
        )
        return (
            f"{bare[1].upper()}{ {'#': '#', ' sharp': '#', 'b': 'b', ' flat': 'b'}.get(bare[2] or '', '') }"
            if bare
            else None
        )
    if found[1]:
        minor = found[3] in ("minor", "min", "m")
        sign = "#" if found[2] and patterns.search(r"#|♯|sharp", found[2]) else "b" if found[2] else ""
        if found[3] == "m" and not sign and not patterns.search(r"key|调", c.text):
            return None
        return f"{found[1].upper()}{sign} {'minor' if minor else 'major'}"
    letter, sign, mode = (found[4], found[5] or "", found[6]) if found[4] else (found[8], found[7], found[9])
    sign = {"升": "#", "降": "b"}.get(sign, sign)
    return f"{letter.upper()}{sign} {'minor' if mode == '小调' else 'major'}"


def other_things(c: Clause) -> bool:
    """Is something named that is no music? A clip "intro" may also be a section of the music."""
    section = c.find("sections")
    return any(
        m.kind == "name"
        and not any(t.role == "music" for t in m.things)
        and not (section and section.start() < m.end and m.start < section.end())
        for m in c.mentions
    )


def own_feeling(kind: str, before: str) -> bool:
    """ "I'm happy with it" is no wish for happy music."""
    return (
        kind == "mood" and patterns.search(r"(?:i'?m|i am|we'?re|we are) (?:so |very |really )?$", before) is not None
    )


def bars_of(c: Clause, q: Quantity | None) -> str:
    """Bars as the edits read them: "5-8", of "the first four bars" "1-4"; "" where none are said or known."""
    if q is None or q.kind not in ("bars", "count_bars"):
        return ""
    value = str(q.value)
    if q.kind == "bars" and value.isdigit() and _ONWARD_ZH.match(c.text, q.end) and (known := _bars_known(c)):
        return f"{value}-{known}" if int(value) < known else value
    if q.kind == "bars" and value[:1].isdigit():
        return value
    counted = patterns.search(r"(?P<which>first|last) (?P<count>\S+)", value) if q.kind == "bars" else None
    count = value_of(counted["count"]) if counted else q.value
    which = counted["which"] if counted else q.cue
    known = _bars_known(c)
    if not isinstance(count, Fraction) or count.denominator != 1 or which not in ("first", "last"):
        return ""
    if which == "first":
        return f"1-{count}"
    return f"{known - int(count) + 1}-{known}" if known >= count else ""


_ONWARD_ZH = re.compile(r"(?:开始|起|往后|[之以]后)")  # 从第17小节开始重写


def _bars_known(c: Clause) -> int:
    """How many bars the composed piece has, 0 where nobody knows."""
    piece = next((t for t in c.scene.of("music") if t.segment.piece), None)
    passages = c.known.facts.of(piece.segment.media).passages if piece else ()
    return max((p.first_bar + p.bars for p in passages), default=0)


def decade(text: str, q: Quantity) -> bool:
    """Is it a time and no length: "like the 80s"?"""
    return patterns.search(r"(?<![a-z])the $", text[: q.start]) is not None and text[q.start : q.end].endswith("0s")
