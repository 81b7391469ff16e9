"""Where files came and nothing lies on the timeline yet, a wish for the film is one for a film of these files.

"make it vertical", "a 30 second highlight video", "music that fits my video", 做成抖音竖屏: they are put on it first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelscore.converse.scene import Scene
from reelscore.values.command import Step
from reelscore.values.message import Action, Asked
from reelscore.values.timeline import Media

_OF_A_FILM = (
    "aspect", "fit_duration", "filter", "speed", "crop", "fit", "resolution", "frame_rate", "cut_first", "cut_last",
    "cut_range", "keep_range", "reverse", "rotate", "flip", "zoom", "title", "subtitle", "fade_in", "fade_out", "mute",
    "volume", "background", "cut_to_beat",
)  # fmt: skip
_ITS_MUSIC = re.compile(
    r"(?<![a-z])(?:videos?|vids?|films?|clips?|movies?|footage|pictures?|photos?|fits?|match(?:es)?|score|under(?:neath)?|to it)(?![a-z])"
    r"|视频|影片|片子|素材|画面|照片|配乐|适合|匹配|这[段个条]"
)
_ALL = re.compile(r"(?<![a-z])(?:these|everything|all|both|files?|stuff)(?![a-z])|这些|所有|全部|都|文件")
_MINE = re.compile(  # music for a film that is not here
    r"(?<![a-z])(?:to|on|over|under|for|behind|of|with|matches|match|fits?) (?:my|this|the|our) (?:own )?(?:\w+ )?(?:videos?|vids?|films?|clips?|footage|recording)(?![a-z])"
    r"|(?<![a-z])i(?: have|'ve got| got| made| shot| filmed| recorded) (?:a|an|some|this|my) (?:\w+ )?(?:videos?|vids?|films?|clips?|footage)(?![a-z])"
    r"|[给为](?:我的?|这段?个?|那段?个?)(?:视频|影片|片子|vlog|录像)|我(?:有|拍了|录了)[一几]?[个段条]?\w{0,4}(?:视频|影片|片子|录像)"
)


def placed_first(steps: Sequence[Asked], scene: Scene, text: str) -> list[Asked]:
    """The steps, the files that came before them where they need them."""
    media = scene.timeline.media
    edits = [one for one in steps if isinstance(one, Step)]
    if scene.empty and not media and edits and all(_any_music(one) for one in edits) and _MINE.search(text):
        return [Action("upload")]
    if not (scene.empty and edits and any(medium.kind != "audio" for medium in media)):
        return list(steps)
    if any(one.command in ("add", "picture_in_picture", "replace_media") for one in edits):
        return _under_the_film(_once(steps, scene), scene, text)
    if _ANYTHING.fullmatch(text.strip(" .!?")) and all(one.command == "generate_music" for one in edits):
        edits, steps = [], [one for one in steps if isinstance(one, Action)]
        return [*(Step("add", _added(medium)) for medium in media), *steps]
    music = any(one.command == "generate_music" for one in edits)
    if not any(one.command in _OF_A_FILM for one in edits) and not (music and _ITS_MUSIC.search(text)):
        return list(steps)
    sound = not music and (_ALL.search(text) or _OWN_SONG.search(text) or _to_beat(edits)) is not None
    taken = [medium for medium in media if medium.kind != "audio" or sound]
    added = [Step("add", _added(medium)) for medium in taken]
    asked = [one for one in steps if not (isinstance(one, Action) and one.name == "upload")]
    return [*added, *asked]


def _added(medium: Media) -> tuple[tuple[str, str], ...]:
    return (("media", medium.name), *((("as", "music"),) if medium.kind == "audio" else ()))


def _to_beat(edits: Sequence[Step]) -> bool | None:
    return any(one.command == "cut_to_beat" for one in edits) or None


def _once(steps: Sequence[Asked], scene: Scene) -> list[Asked]:
    """No file is put on the timeline twice in one breath: "my party video" and "put them together" mean one."""
    kept: list[Asked] = []
    seen: set[str] = set()
    for one in steps:
        args = dict(one.args) if isinstance(one, Step) and one.command == "add" else {}
        stem = str(args.get("media", "")).rsplit(".", 1)[0].lower()
        if stem and stem in seen and not args.keys() - {"media", "as"}:
            continue
        seen.add(stem)
        kept.append(one)
    heard = {medium.name.rsplit(".", 1)[0].lower() for medium in scene.timeline.media if medium.kind == "audio"}
    return sorted(kept, key=lambda one: _after_the_film(one, heard))


def _after_the_film(one: Asked, heard: set[str]) -> bool:
    """Music ends with the film only where the film is there first."""
    args = dict(one.args) if isinstance(one, Step) and one.command == "add" else None
    return args is None or str(args.get("media", "")).rsplit(".", 1)[0].lower() in heard


def _under_the_film(steps: list[Asked], scene: Scene, text: str) -> list[Asked]:
    """ "put the song under the video": the video comes first, where only sound is added."""
    media = {medium.name.rsplit(".", 1)[0].lower(): medium for medium in scene.timeline.media}
    named = [dict(one.args) for one in steps if isinstance(one, Step) and one.command == "add"]
    only = all(
        (medium := media.get(str(a.get("media")).rsplit(".", 1)[0].lower())) and medium.kind == "audio" for a in named
    )
    films = [medium for medium in scene.timeline.media if medium.kind != "audio"]
    if not named or not only or not films or not _A_FILM.search(text):
        return steps
    return [*(Step("add", _added(medium)) for medium in films), *steps]


_A_FILM = re.compile(
    r"(?<![a-z])(?:videos?|vids?|films?|clips?|movies?|footage|original (?:sound|audio)|pictures?|photos?)(?![a-z])|视频|影片|片子|画面|原声|照片|素材"
)
_OWN_SONG = re.compile(
    r"(?<![a-z])(?:with|to|on|using|over|and) (?:the|my|this|that) (?:song|music|track|audio|beat)(?![a-z])|[用配](?:我的|这首|那首)(?:歌|音乐|曲子)"
)
_ANYTHING = re.compile(
    r"(?:(?:hi|hey|hello|please|pls|can you|could you|just|ok)[, ]+)*(?:make|create|do|build|edit|cut)(?: me)? (?:something|anything)(?: (?:really|super|very))?(?: [a-z]+)?(?: (?:for|on|to post on) (?:my )?(?:instagram|insta|tiktok|youtube|facebook|channel|story|feed|me))?(?: (?:with|from|out of|of) (?:this|these|them|it|my files?))?"
)


def _any_music(step: Step) -> bool:
    """Is music asked for, and nothing said of what it shall be like?"""
    args = dict(step.args)
    words = _MINE.sub(" ", str(args.get("prompt", "")).lower())
    return (
        step.command == "generate_music"
        and not args.keys() - {"prompt"}
        and not _TELLING.search(_PLAIN.sub(" ", words))
    )


_PLAIN = re.compile(
    r"(?<![a-z])(?:some|a|an|the|music|song|track|soundtrack|background|bgm|score|add|put|to|on|it|for|my|this|video|please|want|i|of|that|which|match(?:es)?|fits?|mood|pac(?:e|ing)|and|good|nice|right)(?![a-z])"
    r"|想|要|个|配|视频|影片|片子|的|音乐|配乐|背景|曲子|一|段|首|上|的|加"
)
_TELLING = re.compile(r"\w")
