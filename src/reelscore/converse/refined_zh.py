"""A Chinese piece that only tells how what was just made shall be: "各两秒", "白字黑底", "放上面", "从30秒开始用". It changes
that and asks for nothing of its own. Of sounds: `sound_tails_zh`; of the cut: `cut_tails_zh`. In English: `refined`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reelscore.converse.clause import Clause, plain
from reelscore.converse.cut_tails_zh import of_the_cut
from reelscore.converse.one_clause import Read
from reelscore.converse.quotes import MARK
from reelscore.converse.readers.text_looks import styled
from reelscore.converse.sieves import Sieve
from reelscore.converse.sound_tails_zh import of_sounds
from reelscore.values.command import Plain, Step
from reelscore.values.message import Asked

_MOST = 24  # letters of such a piece
_STAYS = re.compile(
    r"(?:都|各|停留?|显示|持续|展示|放|出现|保持|留|时长|停个|待|[只就]?要|[只就]?用|截取?|取|播放?)+(?:是|为)?"
)
_TEXTS = ("title", "subtitle", "lower_third")


_EACH = re.compile(
    r"(?:每(?:一)?[个条句行张段]?(?:字幕|标题)?|各|分别|都|全都|均|统一)(?:都|各|用|给|要|停留?|显示|持续|展示|放|出现|保持|留)*(?:是|为)?"
)


def refined(done: list[Read], open_: Read, alone: Read) -> tuple[list[Read], Read] | None:
    """Texts just made, with what a tail says of them all or of the last; None where the piece is no tail."""
    c = alone.clause
    if len(c.text) > _MOST or not (c.scene.clips or c.scene.timeline.media):
        return None
    if labelled := _label_of(open_, alone):
        return done, labelled
    if c.quotes:
        return None
    if seen := _seen_through(open_, alone) or _in_its_place(open_, alone) or _first_of_it(open_, c):
        return done, seen
    if heard := of_sounds(open_, alone):
        return done, heard
    if song := _song_from(open_, c) or _title_of(open_, alone) or _how_strong(open_, c):
        return done, song
    length, each = _length_alone(c)
    if cut := of_the_cut(open_, c, length, each=each):
        return done, cut
    every = [*done, open_]
    fading = [n for n, read in enumerate(every) if _fades(read)]
    if len(fading) > 1 and fading[-1] == len(every) - 1 and each and length is not None:
        made = [_with(read, {"duration": length}) if n in fading else read for n, read in enumerate(every)]
        return made[:-1], made[-1]
    own = [n for n, read in enumerate(every) if _writes(read)]
    if not own or not all(_styles(read, every[own[-1]]) for read in every[own[-1] + 1 :]):
        return None
    given, each = _tail(c)
    if not given:
        return None
    chosen = own if each else own[-1:]
    made = [_with(read, given) if n in chosen else read for n, read in enumerate(every)]
    return made[:-1], made[-1]


_STRENGTH = Sieve(
    re.compile(
        r"(?:效果|程度|强度|颜色|稍微|要|别太|不要太|不用太|再|弄)*(?:(?P<less>淡|轻|弱|柔和?|浅|强|浓|重|夸张|明显)(?P<bit>一?[点些])?)(?:的|就行|就好|吧|了)*[。.!]?"
    )
)


def _how_strong(open_: Read, c: Clause) -> Read | None:
    """加个复古滤镜,淡一点: how much of the look that was just asked for."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    found = _STRENGTH.fullmatch(c.text.strip(" ,"))
    if not isinstance(asked, Step) or asked.command != "filter" or found is None or "amount" in dict(asked.args):
        return None
    denied = re.match(r"别|不", c.text.strip(" ,")) is not None
    if str(dict(asked.args).get("name")) in _BY_DEGREES or open_.best is None or denied == bool(found["bit"]):
        return None
    less = (found["less"] in "淡轻弱柔和浅") != denied
    made = Step("filter", (*asked.args, ("amount", 50 if less else 150)))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


_BY_DEGREES = ("brighter", "darker", "more_contrast", "less_contrast", "more_colour", "less_colour")  # a step each


_FROM = re.compile(r"(?:从|由|自)?(?:它|歌曲?|音乐|曲子|原曲|这首歌|那首歌|副歌)?(?:的|里)*(?:从|由|自)?第?$")


_ON = re.compile(r"(?:处|那里|那儿|的?(?:地方|位置))?(?:开始|起)(?:播放|放|用|播|截|取|算)?(?:吧|就行|就好)?[。.!]?$")


_AS_MUSIC = re.compile(
    r"(?:就|用来|拿来|用它|拿它|把它|让它|给我|给(?:影片|视频|片子))*(?:当作?|作为|[做作]|当成|做成|用[作做])(?:个|一?首)?(?:背景)?(?:音乐|配乐|bgm|乐|背景)(?:吧|就行|就好|来用|用)*[。.!]?"
)


def _song_from(open_: Read, c: Clause) -> Read | None:
    """把pop song当背景音乐,从30秒开始用: where in the song it begins; 放pop song,做背景乐: as what."""
    asked = open_.best.asked[0] if open_.best and open_.best.asked and not open_.held else None
    times = c.every("seconds", "timecode")
    if not isinstance(asked, Step) or asked.command != "add" or len(c.quantities) > 1:
        return None
    args = dict(asked.args)
    medium = next(
        (m for m in c.scene.timeline.media if m.name.rsplit(".", 1)[0].lower() == str(args.get("media")).lower()), None
    )
    audible = args.get("as") == "music" or (medium is not None and medium.kind == "audio" and "as" not in args)
    if audible and _AS_MUSIC.fullmatch(c.text.strip(" ,")) and "as" not in args and open_.best is not None:
        made = (Step("add", (*asked.args, ("as", "music"))), *open_.best.asked[1:])
        return replace(open_, best=replace(open_.best, asked=made))
    if not audible or {"at", "start"} & set(args) or len(times) != 1:
        return None
    q = times[0]
    if not _FROM.fullmatch(c.text[: q.start].strip(" ,")) or not _ON.fullmatch(c.text[q.end :].strip()):
        return None
    assert open_.best is not None
    made = (Step("add", (*asked.args, ("start", plain(q)))), *open_.best.asked[1:])
    return replace(open_, best=replace(open_.best, asked=made))


_CALLED = Sieve(
    re.compile(
        r"(?:名字|名称|标签|备注|上面)?(?:就)?(?:叫做?|写(?:上|着|个)?|标(?:上|成|为)?|备注|注明|是|为)[: ]?(?P<name>[^,。;]{1,20}?)(?:吧|就行|就好)?[。!]?"
    )
)


def _label_of(open_: Read, alone: Read) -> Read | None:
    """在25秒做个标记,名字叫航拍: what the marker is called."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    found = _CALLED.fullmatch(alone.clause.text.strip(" ,"))
    if not isinstance(asked, Step) or asked.command != "marker" or found is None or open_.best is None:
        return None
    if "label" in dict(asked.args):
        return None
    quoted = [q.words for q in alone.clause.quotes]
    if quoted and (len(quoted) > 1 or found["name"].strip(MARK)):
        return None
    at = alone.clause.text.find(found["name"])
    label = quoted[0] if quoted else alone.clause.said(at, at + len(found["name"]))
    made = Step("marker", (*asked.args, ("label", label)))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


_FIRST_OF_IT = re.compile(
    r"(?:但|不过|它|这段|那段|我|就|只|仅)*(?:只|就|仅)(?:要|用|取|截|留|放|剪|需要|保留)?(?:它|这段|那段|其中)?的?(?:最?前面?|开头|头)的?"
)


def _first_of_it(open_: Read, c: Clause) -> Read | None:
    """后面接reviews，只要前5秒: so much of the file just added."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    if not isinstance(asked, Step) or asked.command != "add" or {"duration", "start"} & dict(asked.args).keys():
        return None
    lengths = c.every("seconds")
    if open_.best is None or len(lengths) != 1 or len(c.quantities) != 1 or c.mentions:
        return None
    lead, rest = c.text[: lengths[0].start].strip(" ,"), c.text[lengths[0].end :].strip(" ,.!。的吧就行了好可以")
    if rest or not _FIRST_OF_IT.fullmatch(lead):
        return None
    made = Step("add", (*asked.args, ("duration", plain(lengths[0]))))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


def _seen_through(open_: Read, alone: Read) -> Read | None:
    """水印用endcard,透明度一半: how much the small picture lets through."""
    asked = open_.best.asked[-1] if open_.best and open_.best.asked and not open_.held else None
    told = alone.best.asked if alone.best and not alone.held else ()
    if not isinstance(asked, Step) or asked.command != "picture_in_picture" or len(told) != 1 or alone.clause.mentions:
        return None
    if not isinstance(told[0], Step) or told[0].command != "opacity" or open_.best is None:
        return None
    made = Step(asked.command, (*asked.args, ("opacity", dict(told[0].args)["to"])))
    return replace(open_, best=replace(open_.best, asked=(*open_.best.asked[:-1], made)))


def _in_its_place(open_: Read, alone: Read) -> Read | None:
    """结尾卡片去掉,换成reviews: another file in the place of the clip that goes."""
    gone = open_.best.asked if open_.best and not open_.held else ()
    told = alone.best.asked if alone.best and not alone.held else ()
    if len(gone) != 1 or len(told) != 1 or not isinstance(gone[0], Step) or not isinstance(told[0], Step):
        return None
    which, media = dict(gone[0].args).get("which"), dict(told[0].args).get("media")
    if gone[0].command != "remove" or told[0].command != "replace_media" or "which" in dict(told[0].args):
        return None
    made = Step("replace_media", (("which", which), ("media", media)))
    return replace(alone, best=replace(alone.best, asked=(made,))) if alone.best else None


def _title_of(open_: Read, alone: Read) -> Read | None:
    """加人名条:安娜,制片人: what somebody is, behind the name."""
    asked = open_.best.asked[0] if open_.best and open_.best.asked and not open_.held else None
    words = alone.clause.said().strip(" ,，.。!！")
    if not isinstance(asked, Step) or asked.command != "lower_third" or "second_line" in dict(asked.args):
        return None
    if alone.best is not None or alone.held or alone.clause.quantities or alone.clause.mentions or alone.clause.colours:
        return None
    if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z ]{2,12}", words) or re.search(r"[了吧别不要在放加改停留显]", words):
        return None
    assert open_.best is not None
    made = (Step("lower_third", (*asked.args, ("second_line", words))), *open_.best.asked[1:])
    return replace(open_, best=replace(open_.best, asked=made))


def _fades(read: Read) -> bool:
    """开头加淡入,结尾加淡出,各一秒: does it fade, and not say how long?"""
    asked = read.best.asked if read.best and not read.held else ()
    return len(asked) == 1 and isinstance(asked[0], Step) and asked[0].command in ("fade_in", "fade_out", "transition")


def _writes(read: Read) -> bool:
    asked = read.best.asked if read.best and not read.held else ()
    return bool(asked) and isinstance(asked[0], Step) and asked[0].command in _TEXTS


def _styles(read: Read, of: Read) -> bool:
    """字要大: is it how that text shall look?"""
    asked = read.best.asked if read.best and not read.held else ()
    text = dict(of.best.asked[0].args).get("text") if of.best else None
    looks = all(isinstance(one, Step) and one.command in ("text_style", "text_position") for one in asked)
    return bool(asked) and looks and {dict(one.args).get("which") for one in asked} == {text}


def _length_alone(c: Clause) -> tuple[Plain, bool]:
    """The length that a piece is, and whether it is for each; None where it says anything else."""
    lengths = c.every("seconds", "frames")
    if len(lengths) != 1 or len(c.quantities) != 1 or c.colours:
        return None, False
    q = lengths[0]
    lead, rest = c.text[: q.start].strip(" ,"), c.text[q.end :].strip(" ,.!。的吧就行了好后消失不见")
    if rest or not (_EACH.fullmatch(lead) or _STAYS.fullmatch(lead) or not lead):
        return None, False
    return plain(q), _EACH.fullmatch(lead) is not None


def _tail(c: Clause) -> tuple[dict[str, Plain], bool]:
    """The arguments of a piece that holds nothing else, and whether they are for each."""
    length, each = _length_alone(c)
    if length is not None:
        return {"duration": length}, each
    if c.quantities or any(m.kind not in ("text", "film") for m in c.mentions):
        return {}, False
    rest = c.text
    given: dict[str, Plain] = {}
    if found := _PLACE.fullmatch(c.text):
        return {"place": _where(found["where"])}, bool(found["each"])
    looks = next((r for r in styled(c) if len(r.asked) == 1), None)
    if looks and (c.colours or not c.mentions) and isinstance(looks.asked[0], Step):
        for _, start, end in reversed(c.colours):
            rest = rest[:start] + rest[end:]
        args = {key: value for key, value in looks.asked[0].args if key != "which"}
        if not re.sub(r"[色字体的用是底框背景黑边描吧,. 纯大小粗一点些再要调弄得号]|颜色|加粗|粗体|文字|都", "", rest):
            given = dict(args)
    return given, c.text.startswith(("都", "全"))


_PLACE = re.compile(
    r"(?P<each>都|全部?)?(?:给我)?(?:放|摆|搁|位置|显示|打|居|靠|写|挂|在|到|在|于)*(?:画面|屏幕|片子|视频)?的?(?:最|正|偏)?(?P<where>上|下|左|右|中|居中|中间|中央|顶|底|顶部|底部|角|上角|下角|左上角?|右上角?|左下角?|右下角?|上方|下方|上面|下面|左边|右边|正中间?|正中央)(?:面|边|方|部|间|央|角)?(?:位置)?[吧。!]?"
)


def _where(words: str) -> str:
    row = "top" if re.search("[上顶]", words) else "bottom" if re.search("[下底]", words) else ""
    side = "left" if "左" in words else "right" if "右" in words else ""
    return "_".join(filter(None, (row, side))) or "centre"


def _at_the_end(read: Read, held: dict[str, Plain], duration: Plain) -> Plain:
    """When a text that ends with the film begins, now that it stays so long; None for any other."""
    at, whole = held.get("at"), float(read.clause.scene.duration)
    if not isinstance(at, (int, float)) or not isinstance(duration, (int, float)) or not read.clause.has("at_end"):
        return None
    stay = held.get("duration") or 3
    return max(0, round(whole - duration, 3)) if abs(at + float(str(stay)) - whole) < 0.01 else None


def _with(read: Read, given: dict[str, Plain]) -> Read:
    """The read with these arguments; what a text cannot be made with at once is set behind it."""
    assert read.best is not None
    first = read.best.asked[0]
    assert isinstance(first, Step)
    held = dict(first.args)
    own = {key: value for key, value in given.items() if key in ("duration", "place", "colour", "size", "font")}
    later = tuple((key, value) for key, value in given.items() if key not in own)
    if "duration" in own and (at := _at_the_end(read, held, own["duration"])) is not None:
        own["at"] = at
    made: tuple[Asked, ...] = (Step(first.command, tuple({**held, **own}.items())), *read.best.asked[1:])
    if later:
        made += (Step("text_style", (("which", held["text"]), *later)),)
    return replace(read, best=replace(read.best, asked=made))
