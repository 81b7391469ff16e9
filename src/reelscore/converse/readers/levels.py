"""How loud things are: louder, quieter, to a level, by an amount, one against another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.patterns import just_before
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.balance import against, compared
from reelscore.converse.readers.level_amounts import amount, by_a_part, times_now
from reelscore.converse.readers.sounding import heard
from reelscore.converse.reading import SOUND_KINDS, Reading, steps, unnamed
from reelscore.converse.sieves import Sieve
from reelscore.converse.vocabulary_words import Wish
from reelscore.values.command import Plain, Said, Step


def volume(c: Clause) -> Iterator[Reading]:
    if _TO_AN_EDGE.search(c.text):
        return  # "bump the lake up so it's the opener"
    if (
        c.quotes
        or (c.has("zoom", "opacity", "crop") and not _ENLARGED_ZH.search(c.text))
        or patterns.search(r"情绪|气氛|氛围|能量|文件|体积", c.text)
    ):
        return
    if "soft" in c.text and softer_look(c):
        return  # "make it brighter and a bit softer"
    if "too " in c.text and _SEEN_SO.search(c.text) and not c.mention(*SOUND_KINDS):
        return  # "too bright now, bring it down to 10%"
    if "colo" in c.text and _COLOURS.search(c.text):
        return  # "tone the colours down on the lake"
    if " up" in c.text and _LIFTED.search(c.text):
        return  # "brighten the music up" is no louder
    if " up" in c.text and _COMES_UP.search(c.text) and not _TURNED_UP.search(c.text):
        return  # "when the garden photo comes up"
    if "比" in c.text and (c.has("volume") or c.mention("music", "voice", "own")) and _RATIO_ZH.search(c.text):
        yield Reading((), 0.97, missed=_EACH_LEVEL)  # 音量比例调成7比3
        return
    if " between " in c.text and _A_GAP.search(c.text):
        return  # "reduce the gap between the voice and the start"
    spoken = c.mention("music", "voice", "sound", "audio", "own") is not None
    named = heard(c)
    if spoken and "barely" in c.text and _BARELY.search(c.text):
        yield steps("volume", 0.97, named or [None], step="much_quieter")
        return
    if spoken and "听不" in c.text and _BARELY_ZH.search(c.text):
        yield steps("volume", 0.97, named or [None], step="much_quieter")
        return
    if not named and not spoken and _MYSELF.search(c.text) and c.scene.of("voice"):
        named = ["voice"]  # "i can barely hear myself"
    if (
        not (named or spoken)
        and _UNDER_ALL.search(c.text)
        and any(w.kind == "instrument" and not w.idle for w in c.wishes)
    ):
        return  # "quiet piano under the whole episode at 15%": new music
    if (
        not named
        and (c.has("volume") or (c.quantity("decibels") and " else" not in c.text))
        and any(m.kind == "all" for m in c.mentions)
        and not spoken
    ):
        named = ["all"]  # "drop the volume of everything by 5 dB"
    if len(c.mentions) == 1 and named and (c.scene.music or c.around.before) and _than_a_voice(c):
        named = ["music"]  # "put the song in, but quieter than the talking"
    rest = _the_rest(c) if not c.mentions else ""
    named = [rest] if rest else named
    sounding = spoken or bool(rest) or _of_sounds(c)
    if not spoken and (of_a_look(c) or (not named and c.mention("pronoun") and softer_look(c))):
        return  # "too bright now, bring it down to 10%"
    special = by_a_part(c, named, spoken) or against(c) or times_now(c, named, sounding) or compared(c)
    if special is not None:
        yield special
    elif said := _said(c, named, sounding, spoken):
        yield said


_UNDER_ALL = Sieve(
    re.compile(
        r"(?<![a-z])(?:under(?:neath)?|beneath|behind) (?:it all|everything|(?:the |my |this )?(?:whole|entire) [a-z]+)(?![a-z])"
    )
)
_RATIO_ZH = re.compile(r"[\d一二两三四五六七八九十] ?比 ?[\d一二两三四五六七八九十]|音量比|音量的?比例")
_EACH_LEVEL = Said(
    'Say how loud each of them shall be: "the voice at 100%, the music at 40%".',
    "请分别说明各自的音量：“旁白100%，音乐40%”。",
)
_ENLARGED_ZH = re.compile(
    r"(?:声音?|音量|原声|音乐|配乐|bgm|旁白|人声)(?:都|再|也|给我|帮我|要|可以|太小了?|,)*(?:放大|拉大|推大)"
)


_THAN = re.compile(r"(?<![a-z])(?:quieter|softer|lower) than (?:the |his |her |my )?$")


def _than_a_voice(c: Clause) -> bool:
    return (
        c.mentions[0].kind in ("voice", "own", "audio") and just_before(_THAN, c.text, c.mentions[0].start) is not None
    )


def _the_rest(c: Clause) -> str:
    """ "30% until the interview, then 80%": what follows the part that was just given its level; "" where none was."""
    before = [one for one in c.around.before if isinstance(one, Step)]
    if len(before) < 2 or before[-1].command != "volume" or before[-2].command != "split" or not c.quantity("percent"):
        return ""
    role, _, nth = str(dict(before[-1].args).get("which", "")).partition(" ")
    return f"{role} {int(nth) + 1}" if role in ("music", "voice") and nth == "1" else ""


def of_a_look(c: Clause) -> bool:
    """ "too much contrast, lower it to -10": is a setting of the picture brought to so much?"""
    numbered = c.quantity("percent", "number") is not None and not c.quantity("decibels")
    return numbered and c.mention("pronoun") is not None and softer_look(c) and not c.has("volume")


def softer_look(c: Clause) -> bool:
    """Is "softer" said beside how the picture shall look?"""
    return any(getattr(one, "command", "") == "filter" for one in c.around.before)


_SEEN_SO = re.compile(
    r"(?<![a-z])too (?:much )?(?:bright|dark|dim|warm|cold|cool|blue|yellow|orange|saturated|colou?rful|vivid|contrasty|contrast|blurry|grainy|sharp)(?![a-z])"
)
_COLOURS = re.compile(
    r"(?<![a-z])(?:turn|tone|dial|bring|take|knock|crank|pump|boost|lower|reduce|raise) (?:up |down |back )?(?:the |its |those )?colou?rs?(?![a-z])"
)
_LIFTED = re.compile(r"(?<![a-z])(?:brighten|cheer|liven|perk|spice|jazz|lighten|speed)s? (?:[a-z]+ ){0,3}up(?![a-z])")
_BARELY = re.compile(  # asked for, and no complaint
    r"(?<![a-z])(?:set|make|turn|bring|keep|want|should be|put|have)(?![a-z])[^.;]*(?<![a-z])barely (?:audible|noticeable|there|hear(?:d|able)?|perceptible)(?![a-z])"
)
_COMES_UP = re.compile(r"(?<![a-z])(?:com(?:e|es|ing)|show(?:s|ing)?|pop(?:s|ping)?) up(?![a-z])")
_TURNED_UP = re.compile(r"(?<![a-z])(?:loud|quiet|soft|volume|turn|bring|boost|down)")
_DROPPED = Sieve(
    re.compile(
        r"\s*(?:(?:please|pls|then|and|just|ok|now|also|so|can you|could you|let's|we can|you can|,) ?)*drop (?:the |my |that |this |all |all the |her |his )?(?:[a-z-]+ ){0,2}[a-z-]+(?: (?:altogether|completely|entirely|totally|please|pls|now|then|too|for good|as well|all together))*[ .!?]*"
    )
)
_TO_AN_EDGE = Sieve(
    re.compile(
        r"(?<![a-z])(?:opener|opening (?:shot|clip)|first (?:shot|clip|in (?:the )?order)|closer|closing (?:shot|clip)|finale)(?![a-z])"
    )
)


def _of_sounds(c: Clause) -> bool:
    """Is it about how loud something is: the word, or a sound by its name, or what was last spoken of?"""
    if c.has("volume"):
        return True
    heard_here = (t.role for m in c.mentions if m.kind in ("name", "pronoun") for t in m.things[:1])
    if not _SOUNDS.isdisjoint(heard_here):
        return True
    leaning = c.leaning or (c.mention("pronoun") is not None and not c.around.focus)
    return leaning and c.touched is not None and c.touched.role in _SOUNDS


_SOUNDS = frozenset(("music", "voice", "sound", "audio"))


def _said(c: Clause, named: list[str], sounding: bool, spoken: bool) -> Reading | None:
    """Louder or quieter, by an amount or to a level."""
    up, down = c.has("louder"), c.has("quieter")
    level = c.quantity("percent") or (_bare_number(c) if sounding and not _A_MOMENT.search(c.text) else None)
    decibels = c.quantity("decibels")
    if decibels is None and level is None and (c.has("fade_in") or not (up or down or c.has("halve", "full"))):
        return None  # "make the music start quieter" lets it come in slowly
    if level is None and decibels is None and not c.has("volume", "a_bit", "halve") and _DROPPED.fullmatch(c.text):
        return None  # "drop the voiceover altogether": it goes
    if level is not None and level.kind == "number" and any(m.kind == "name" and not m.things for m in c.mentions):
        return None  # "click sound at 10": of a file that is not used yet
    if level is not None and level.kind == "number" and patterns.search(_NO_LEVEL, unnamed(c)):
        return None
    if c.quantity("bpm", "factor", "fps", "bars", "degrees") or c.has("speed_up", "slow_down", "speed"):
        return None
    times = c.every("seconds")
    during = (
        len(times) == 1
        and times[0].cue in ("first", "last")
        and (c.has("halve", "full") or " of the " in c.text or not c.text.isascii())
    )
    if times and not during and not (c.range and len(times) == 2) and not _ONWARD_ZH.search(c.text):
        return None  # but 10秒到15秒音乐小声一点
    if c.has("normalise") and not decibels:
        return None
    if patterns.search(
        r"key|tempo|pitch|bpm|opaque|opacity|透明|(?:升|降)[一两二三四五六\d]*个?调|[大小]调|speed|速度|节奏",
        unnamed(c),
    ):
        return None
    args = amount(c, up, down, level, decibels)
    if not args:
        return None
    if not named and not spoken and up and c.scene.of("voice") and patterns.search(_TALKING, c.text):
        named, sounding = ["voice"], True
    loud = patterns.search(_LOUD, c.text)
    if not sounding and patterns.search(
        r"画质|清晰|分辨率|码率|帧|字号|字体|画面|亮度|对比|饱和|锐度|色|温度|透明", c.text
    ):
        return None
    sized = loud is not None and patterns.fullmatch(r"[大小]一?[点些]", loud[0]) is not None
    if sized and not sounding and c.around.focus and c.around.focus_kind not in (*SOUND_KINDS, "clip", "film"):
        return None  # "badge in the corner, a bit smaller"
    if loud is None and sounding:
        loud = patterns.search(r"(?<![a-z])(?:up|down)(?: a bit| a little| a lot| please)?$", c.text)
    styles = [w for w in c.wishes if w.kind in ("genre", "mood") and not w.idle and not _named_so(c, w)]
    if styles and not level and not decibels:
        return None
    if not sounding and not named and (turned := _OBJECT.search(c.text)) and not _LOUDNESS.match(turned["of"]):
        return None  # "tone down the highlights"
    bare = level is not None and level.kind == "number" and not patterns.search(r"(?<![a-z])at(?![a-z])", c.text)
    if not sounding and not loud and bare:
        return None  # "the animation down to 12": how loud or how long is not told
    if not sounding and not loud and (c.has("trim", "shorter", "longer") or not (named and c.mention("clip", "name"))):
        return None
    if not named and not spoken and c.mention("title", "text", "overlay", "logo", "image"):
        return None
    return steps("volume", _sureness(c, args, level is not None, sounding, loud is not None), named or [None], **args)


def _bare_number(c: Clause) -> Quantity | None:
    """A number that counts nothing: not the one of "the two songs"."""
    counting = {m.start for m in c.mentions if len(m.things) > 1}
    return next((q for q in c.every("number") if not {q.end, q.end + 1} & counting), None)


def _named_so(c: Clause, w: Wish) -> bool:
    """Does this word only name what there is: "the background music", "the lofi" where a song is called so?"""
    held = [m for m in c.mentions if m.start <= w.start and w.end <= m.end]
    said = (c.text[m.start : m.end] for m in held)
    its = any(m.kind == "name" and m.things and m.things[0].role in _SOUNDS for m in held)
    return its or any(words.startswith(("the ", "my ", "this ", "that ", "our ")) for words in said)


_ONWARD_ZH = re.compile(
    r"(?:从|自|打|第|^)第?[^,。]{1,8}[秒分]钟?(?:处|的时候)?(?:开始|起|往后|之后|以后)"
)  # `spans.py` reads from when on


def _sureness(c: Clause, args: dict[str, Plain], level: bool, sounding: bool, loud: bool) -> float:
    if not sounding and not loud:
        return 0.6 if level else 0.4
    if c.quantity("decibels"):
        return 0.94
    if not sounding:
        return 0.86
    return 0.93 if loud or level or args.get("step") or c.has("halve", "full") else 0.5


_LOUD = (
    r"loud|quiet|nois|soft(?:er)|volume|(?:turn|crank|bring|bump|pump|dial|tone|put|push|boost|ramp)(?: [^ ,]+){0,5}? (?:up|down)(?![a-z])"
    r"|^(?:a bit |a little |much )?(?:up|down)(?![a-z])"
    r"|hear|音量|大声|小声|响|吵|轻|声音|调[大小高低]|听不|(?<![a-z])db(?![a-z])|分贝|大一?[点些]|小一?[点些]"
)
_NO_LEVEL = r"(?<![a-z])(?:cut|trim|start|begin|stop|end|move|come|enter|appear|second|hit|accent|marker|bars?|version|variation|option|take|idea)s?(?![a-z])"


_A_MOMENT = Sieve(
    re.compile(  # a bare number beside these is a moment, and no level
        r"(?<![a-z])(?:in|out|off) at (?:the )?\d+(?![\d%]| ?percent)|(?<![a-z])(?:cut|stop|end|start|begin|come|enter|hit|mark|fade|trim|until|till|second|appear|leave|kick|second|bar|beat|accent|drop out)(?:s|es|ing)?(?: \w+){0,6}? (?:at|in|by|from|on) ?(?:the )?\d"
    )
)


_BARELY_ZH = re.compile(r"[小轻低弱](?:声)?(?:到|得)(?:几乎|快要?|差不多|基本)?(?:都)?听不")  # 小到几乎听不见
_MYSELF = Sieve(
    re.compile(
        r"(?<![a-z])(?:hear (?:me|myself)|(?:make|turn|bring|boost) me(?! (?:a|an|some|the)(?![a-z]))|i'?m (?:too|way too|so) (?:quiet|loud|soft)|i sound (?:(?:too|way|so|a|bit|little|really|very|kinda|pretty|super) )*(?:quiet|loud|soft))(?![a-z])"
    )
)
_TALKING = (
    r"(?<![a-z])(?:when|while|whenever) (?:[a-z'\ue100-\ue6ff]+ ){1,3}(?:talks?|speaks?|talking|speaking|says)(?![a-z])"
)


_OBJECT = re.compile(
    r"(?<![a-z])(?:turn|tone|bring|dial|pull|crank|bump|push|lower|reduce|raise|decrease|increase|boost|soften|quiet)(?: (?:up|down|back))? (?:the|my|those|these|all the) (?:[a-z]+ )?(?P<of>[a-z-]{3,})(?: (?:up|down|back))?(?: (?:a (?:little|bit|lot|touch|tad)|slightly|please|pls|by [^,;]{1,14}|to [^,;]{1,14}))*[ .!]*$"
)
_LOUDNESS = re.compile(
    r"(?:volumes?|sounds?|audio|loudness|levels?|noise|music|voices?|voice-?over|song|track|talking|speech|speaking|dialogue?|everything|it|whole|rest|thing|film|video|clips?|background|bass|drums?)(?![a-z])"
)
_A_GAP = re.compile(r"(?<![a-z])(?:gap|distance|space|pause|delay|silence)s? between ")
