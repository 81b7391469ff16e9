"""Music that the person brought: "use my own song instead", "add the track I uploaded", 配上我上传的那首歌.

The sound file that is not used yet is put under the film, or takes the place of the music that is there; of several it
is asked which, and where there is none this is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reelscore.converse.clause import Clause, plain
from reelscore.converse.reading import Reading
from reelscore.converse.scene import stem
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Plain, Said, Step
from reelscore.values.message import Option, Question
from reelscore.values.timeline import Media

_SONG = r"(?:song|track|tune|music|mp3|audio(?: file)?|soundtrack|bgm)(?: file)?"
_CAME = r"(?:that |which )?(?:i|we)(?:'ve| have)? (?:just |already )?(?:uploaded|sent(?: you)?|gave you|given you|attached|imported|brought|added)(?: earlier| before)?"
_EN = Sieve(
    re.compile(
        r"(?:(?:no|ok(?:ay)?|hm+|actually|please|now|and|then|can you|could you|let'?s|i want to|i'?d like to|i'?d rather|(?:i|we)(?:'?ll| will)|rather|just|also|but)[, ]+)*"
        r"(?:use|add|put|play|take|lay|now|next|go with|try|switch to|include|insert|drop in|put in|have|change (?:it|the music) to|(?:replace|swap) (?:it|that|this|the music|the song) (?:with|by|for))(?: in)? "
        rf"(?:(?:my|our) (?:own )?{_SONG}(?: {_CAME})?|the (?:own )?{_SONG} {_CAME}|the uploaded {_SONG}|{_SONG} of my own|(?P<only>(?:the|that|this) (?:song|track|mp3|audio file)))"
        r"(?: (?:instead(?: of (?:that|this|it|yours|nothing|silence|what you made|the (?:composed |generated |other |new )?(?:music|song|track|one)))?|as (?:the )?(?:background |backing )?(?:music|soundtrack|bgm)|for (?:the )?(?:background |backing )?(?:music|soundtrack|bgm|it)|in the background|(?:under|underneath|behind|to|on|over) (?:it|this|that|everything|all of it|the (?:video|film|clips?|movie|whole (?:thing|video|film)))|here|in|there|please|pls|now|then|too))*[.! ]*"
    )
)
_ZH = Sieve(
    re.compile(
        r"(?:再|那就?|就|还是|请|帮我|给我|然后|换|不|算了|,)*(?:把)?(?:用|换成|改用|改成|加上?|配上?|放上?|垫上?|铺上?|换上|放)?"
        r"(?P<mine>(?:我们?|咱)(?:自己)?的?(?:刚才?|之前)?(?:上传|传|发)?(?:上来|过来)?(?:的|那|这)*|(?:刚才?|之前)?(?:上传|传|发)(?:上来|过来)?的?(?:那|这)?|那|这)(?:首|个|段|支)?(?P<song>歌曲?|曲子|音乐|mp3|音频|背景音乐)"
        r"(?:给)?(?:用上|加上|配上|放上去?|垫上|铺上|换上|垫在下面|放在下面|加进来|放进来)?(?:当|做|作为|作|来当|来做)?(?:背景音乐|bgm|配乐|背景|音乐)?(?:吧|。|就行|好了)*"
    )
)
_VERB_ZH = Sieve(re.compile(r"用|换|改|加|配|放|垫|铺"))
_NONE = Said(
    "no sound file of yours is here yet; upload it first, and say it again",
    "这里还没有您的音频文件；请先上传，再说一次",
)


def read(c: Clause) -> Iterator[Reading]:
    """The person's own sound file as the music."""
    text = c.text.strip()
    start: Plain = None
    if c.quantities and not c.quotes and len(text) < 90:
        yield from _from_within(c)
        text, start = _starting(c)
    if c.quotes or (c.quantities and start is None) or len(text) > 90:
        return
    if start is None and (called := _called_zh(c)) is not None:
        yield Reading((called,), 0.985)
        return
    if any(m.kind == "name" for m in c.mentions):
        if start is None:
            yield from _named(c)
        return
    match = _EN.fullmatch(text) or (_ZH.fullmatch(text) if not text.isascii() and _VERB_ZH.search(text) else None)
    if match is None:
        return
    used = {t.segment.media for t in c.scene.things}
    files = [m for m in c.scene.timeline.media if m.kind == "audio" and m.id not in used]
    plainly = not match.groupdict().get("only") and match.groupdict().get("mine") not in ("那", "这")
    brought = [t for t in c.scene.of("music") if t.segment.media and not t.segment.piece]
    if not files and brought:  # it plays already, which the answer says
        yield Reading((Step("replace_media", (("which", "music"), ("media", stem(brought[0].segment.name)))),), 0.985)
        return
    if not files:
        if plainly:
            yield Reading((), 0.985, missed=_NONE)
        return
    if not plainly and any(t.role == "music" for t in c.scene.things):
        return  # "that song" is the one that plays
    if len(files) == 1:
        yield Reading((_put(c, files[0], start),), 0.985, whole=start is not None)
        return
    options = tuple(Option(Said(m.name, m.name), (_put(c, m, start),)) for m in files[:3])
    yield Reading((), 0.985, question=Question(Said("Which file?", "哪个文件？"), options))


_THE_ONE_ZH = Sieve(  # 用lofi那首垫底, 把 pop song 那首放上去
    re.compile(
        r"(?:再|那就?|就|请|帮我|给我|换|,)*(?:[用放把将拿配加垫铺来换]|换成|改用|配上|放上|加上)* ?(?:(?P<name>[a-z0-9][a-z0-9 ._-]{0,30}?) ?[那这]首|[那这]首 ?(?P<name2>[a-z0-9][a-z0-9 ._-]{0,30}?)) ?(?:歌曲?|曲子?|音乐|bgm)?"
        r"(?:给我|来|就|拿来)*(?:[放加垫铺配][上进]?[来去]?|用上|垫底|打底|[放垫]在?(?:下面|底下|背景)里?)?(?:[当做]|作为)?(?:个)?(?:背景(?:音?乐)?|bgm|配乐)?(?:吧|。|就行|好了)*"
    )
)


def _letters(name: str) -> str:
    """lofi of "Lo-fi"."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _called_zh(c: Clause) -> Step | None:
    """A sound file that is not used yet, by its name before 那首."""
    match = _THE_ONE_ZH.fullmatch(c.text.strip()) if "首" in c.text else None
    if match is None:
        return None
    used, said = {t.segment.media for t in c.scene.things}, _letters(match["name"] or match["name2"])
    files = [
        m for m in c.scene.timeline.media if m.kind == "audio" and m.id not in used and said in _letters(stem(m.name))
    ]
    return _put(c, files[0]) if len(files) == 1 else None


_LEAD = re.compile(
    r"\s*(?:(?:no|ok(?:ay)?|hm+|actually|please|now|then|can you|could you|let'?s|i want to|(?:i|we)(?:'?ll| will)|i'?d rather|rather|just|but)[, ]+)*(?:use|play|take|try|go with|switch to|change (?:it|the music) to|have|put (?=.* in(?: instead)?[.! ]*$)) ?(?:the |my )?"
)
_TAIL = re.compile(
    rf"(?: (?:song|track|file|mp3))?(?: {_CAME})?(?: in)?(?: instead(?: of (?:that|this|it|the (?:music|song|track|one)))?| as (?:the )?(?:background )?(?:music|song)| for (?:the )?music)?(?: please)*[.! ]*"
)


def _named(c: Clause) -> Iterator[Reading]:
    """ "use pop song instead": a sound file by its name, in the place of the music."""
    named = [m for m in c.mentions if m.kind == "name"]
    files = c.scene.media_named(named[0].said.lower()) if len(named) == 1 else ()
    if len(files) == 1 and files[0].kind == "audio" and not named[0].things and c.scene.music:
        at = named[0]
        if _LEAD.fullmatch(c.text, 0, at.start) and _TAIL.fullmatch(c.text, at.end):
            yield Reading((_put(c, files[0]),), 0.985)


_WITHIN = re.compile(
    r"(?:(?:no|ok|and|now|please|can you|but|actually)[, ]+)*(?:start|begin|play|use|take)s? (?:the |my )?(?:song|music|track|it)(?: playing)? (?:from )?(?:at |about )?[^,.;]{1,16}? (?:in|into it|into the (?:song|track|music)|of (?:the song|it)|of the track|in the song)(?: please| instead)*[.! ]*"
    r"|(?:歌|音乐|歌曲)从(?:它|歌|歌曲|音乐)?的?第?[\d.:分一二三四五六七八九十百半]+秒?(?:那里|处|的地方)?(?:开始)?(?:放|播|用)?(?:吧|。)*"
)


_FROM = re.compile(
    r"(?:(?:and|but|ok|please|now)[, ]+)*(?:start(?:ing)? |beginning |play it )?from (?:about |minute |second )?[\d:.]+(?: ?(?:s|secs?|seconds?|min(?:ute)?s?))?(?: of (?:it|the song)| in| on(?:wards)?)?(?: please)?[.! ]*|从(?:第)?[\d:.分一二三四五六七八九十半]+秒?(?:开始)?(?:放|播)?(?:吧|。)*"
)


def _from_within(c: Clause) -> Iterator[Reading]:
    """ "start the song 30 seconds in": from there in the file, where the film is not so long or the song is meant."""
    music, at = c.scene.of("music"), c.every("seconds", "timecode")
    if len(music) != 1 or len(at) != 1 or music[0].segment.piece or not music[0].segment.media:
        return
    last = c.context.steps[-1] if c.context.steps else None
    came = isinstance(last, Step) and last.command in ("add", "replace_media") and c.touched in music
    if came and _FROM.fullmatch(c.text.strip()):  # "from 1:00" right after the song was put there
        args = (("which", "music"), ("media", stem(music[0].segment.name)), ("start", plain(at[0])))
        yield Reading((Step("replace_media", args),), 0.985)
        return
    inside = re.search(r"(?<![a-z])(?:into|of|song)(?![a-z])", c.text[at[0].end :])
    if _WITHIN.fullmatch(c.text.strip()) and (inside or at[0].number >= c.scene.duration):
        args = (("which", "music"), ("media", stem(music[0].segment.name)), ("start", plain(at[0])))
        yield Reading((Step("replace_media", args),), 0.985)


_STARTING = Sieve(
    re.compile(
        r"(?P<song>.+?),? (?:(?:but|and) )?(?:(?:start|begin)(?:ing|s)?(?: it| off| playing)?(?: at| from)?|(?:playing )?from)(?: about| around| like| the)* @(?: in| into (?:it|the (?:song|track))| mark| on(?:wards?)?)?(?:,? (?:where|when|that'?s|which is|because|since|cos|cuz|at the) [^.;]*)?[ .!]*"
    )
)


def _starting(c: Clause) -> tuple[str, Plain]:
    """ "add the song, starting 45 seconds in where the drop is": the words before, and where in the file it starts."""
    at = c.every("seconds", "timecode")
    if len(at) != 1 or len(c.quantities) != 1:
        return c.text.strip(), None
    said = _STARTING.fullmatch(f"{c.text[: at[0].start]}@{c.text[at[0].end :]}".strip())
    return (said["song"].strip(), plain(at[0])) if said else (c.text.strip(), None)


def _put(c: Clause, file: Media, start: Plain = None) -> Step:
    within = () if start is None else (("start", start),)
    if c.scene.music:
        return Step("replace_media", (("which", "music"), ("media", stem(file.name)), *within))
    return Step("add", (("media", stem(file.name)), ("as", "music"), *within))
