"""The first wish of many: a film of all that was uploaded. "put my clips together with some upbeat music",
"make a video out of these", 把素材拼起来，配个轻快的音乐. Read as one where nothing lies on the timeline yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.readers.files_meant import is_sign
from reelscore.converse.reading import Reading, action, step
from reelscore.converse.sieves import Sieve
from reelscore.values.message import Asked
from reelscore.values.timeline import Media

_FILM = r"(?:video|film|movie|reel|montage|slide ?show|edit|vlog|short|story|compilation|recap)"
_ADJECTIVES = r"(?:(?:single|nice|short|quick|cool|simple|little|fun|great|whole|proper|one|minute|vertical) )*"
_KIND = r"(?:clips?|videos?|vids?|footage|shots?|photos?|pictures?|pics|images?|files?|material|media|stuff|uploads?|things?)"
_ALL = (
    r"(?:(?:(?:all|both|each|every one)(?: of)? )?(?:(?:the|my|our|these|those|this) )?(?:(?:\d+|two|three|four|five|few) )?(?:(?!together|into|out|from|first|second|last)[a-z]+ )?"
    rf"{_KIND}|everything|them(?: all)?|these|those|it all|all of (?:it|them|these|this)|this|it)"
    r"(?: (?:that )?i(?: have|'ve)?(?: just)? (?:uploaded|sent|added|gave you))?"
)
_INTO = rf"into (?:a|one|the|a single) ?{_ADJECTIVES}{_FILM}"
_MUSIC_EN = (
    r"(?:,? ?(?:with|and add|and put|plus|add|and use|set to|and give it|over) (?P<music>(?:[^,]* )?(?:music|beats?|songs?|tracks?|"
    r"tunes?|soundtrack|bgm|score|piano|guitar|strings|lo-?fi|jazz|pop|rock|house|techno|synthwave|hip ?hop|ambient)(?: [^,]*)?))?"
)
_CAME = r"(?: (?:that )?(?:i|we|they) (?:shot|filmed|took|recorded|made|uploaded|sent|came|were)(?: (?:them|it|in|shot|filmed|taken|uploaded))*)"
_ORDER = rf"(?:(?:(?:this|that|the (?:same|right)) )?order|the order{_CAME})"
_EN = Sieve(
    re.compile(
        r"(?:(?:please|pls|can you|could you|just|hey|now|i want you to|i'd like you to|let's|help me) )*(?:"
        rf"(?:put|throw|cut|edit|glue|string|stick|piece) (?P<put>{_ALL}) (?:together|{_INTO}|together {_INTO})"
        rf"|(?:stitch|join|combine|merge|assemble|compile|splice) (?P<joined>{_ALL})(?: together| up)?(?: {_INTO})?"
        rf"|turn (?P<turned>{_ALL}) {_INTO}"
        rf"|(?:use|take|start with|load|import|bring in) (?P<used>{_ALL})"
        rf"|(?:make|create|build|produce|cut|edit|do|give me) (?:me )?(?:(?:a|one|an) {_ADJECTIVES}{_FILM}|something(?: [a-z]+)?) "
        rf"(?:out of|from|of|with|using) (?P<made>{_ALL})"
        rf"|(?:make|create|build|produce|do) (?:me )?(?:a|an) {_ADJECTIVES}(?P<wanted>{_FILM})"
        rf"|(?:(?:i|we)(?:'d)?(?: would)?(?: really)? (?:want|need|like|love) )(?:a|an) {_ADJECTIVES}(?P<wanted2>{_FILM})(?: (?:for|to|out of|from|with|about) (?:it|this|that|them|these|(?:the |my |our )?[a-z]+))?"
        rf"|(?:put )?(?P<allin>all (?:of (?:it|them)|(?:of )?(?:the |my |our )?{_KIND})) (?:goes |go )?in(?:to it)?"
        rf"|(?:put|cut|edit|sync|match|set|time) (?P<timed>{_ALL}) (?P<beat>(?:to|on|with) (?:the )?(?:beats?|music|song|track|rhythm)))"
        rf"(?: in {_ORDER}| one after (?:the other|another))?{_MUSIC_EN}[ .!?]*"
    )
)
_USED_ZH = Sieve(
    re.compile(
        r"(?:请|帮我|麻烦|给我|那|就|先|把|将)*(?P<all>这些|这几[个段张]|(?:我的)?(?:[两三四五六七八九几]|\d+)[段个张](?:视频|片段|素材|照片)?|(?:所有|全部)的?(?:素材|视频|片段|照片|图片)?|素材|视频|片段|照片|图片|我(?:传|上传|发)的|)"
        r"(?:都|全部?|全都?|一起)(?:用上?|放(?:进去|进来|上去|上)|加(?:进去|进来|上)|要)(?:吧|了)?(?:[,，]?(?:按|照)(?:拍摄|时间|上传|先后)?的?(?:先后)?顺序(?:来|放|排)?|[,，]?依次(?:来|放|排)?)?(?:吧|就行|就好)?[。.!]*"
    )
)
_FILM_ZH = r"(?:视频|短片|片子|影片|vlog|相册|成片|短视频|电影|集锦|混剪)"
_MADE_ZH = Sieve(
    re.compile(
        rf"(?:请|帮我|麻烦|给我|帮忙|你|可以|能|想|我|要|打算|(?:老板|客户|公司|领导|朋友|老婆|老公|家人)(?:让|叫|要))*(?:做|剪|剪辑|弄|来|制作|生成|搞|拍)(?:成|出)?一?[个条段支部](?:[小短]|[\u4e00-\u9fff]{{2,4}}?)?(?P<wanted>{_FILM_ZH}|广告片?)(?:留念|纪念|留个纪念|吗|吧|谢谢|就行|就好)*[。.!?]*"
    )
)
_ZH = Sieve(
    re.compile(
        r"(?:请|帮我|麻烦|给我|帮忙|你)*(?:把|用|将|拿)?(?:这些|这几[个段张]|我的|所有的?|全部的?|刚上传的|上传的|以上|我上传的)*"
        r"(?P<all>素材|视频|片段|照片|图片|镜头|文件|它们|这些|东西|全部|所有|全都)(?:都|全部|全|给我|按(?:拍摄|时间|上传|先后)?的?(?:先后)?顺序|依次|一个接一个)*"
        r"(?:拼(?:接?起来|接?在一起|到一起|接)|[接连串]起来|合(?:并|成|起来|到一起|在一起)+|剪[到在]一起|"
        rf"(?:拼|合|合并|剪|做|弄|生成|制作|剪辑|串)(?:成|出)?(?:一?[个条段支])?{_FILM_ZH})"
        r"(?:[, ]*(?:再|并|然后|顺便)?(?:配|加|用|来|放)(?:上|个|点|段|首|一段|一首|些|一点|一些)*"
        r"(?P<music>[^,]*(?:音乐|配乐|bgm|曲子|歌|节奏|钢琴|吉他|旋律)[^,]*?))?(?:吧|谢谢|就行|就好)?[。.!]*"
    )
)


def read(c: Clause) -> Iterator[Reading]:
    """All fitting files in the order they came, and the music wished for."""
    if c.quotes:
        return
    text = c.text.strip()
    found = (
        _ZH.fullmatch(text) or _MADE_ZH.fullmatch(text) or _USED_ZH.fullmatch(text)
        if patterns.search(r"[一-鿿]", text)
        else _EN.fullmatch(text)
    )
    if found is None:
        return
    if not c.scene.timeline.media:
        yield action("upload", 0.97)
        return
    groups = found.groupdict()
    if c.scene.clips:
        if any(groups.get(name) for name in ("put", "joined", "allin")) or (groups.get("all") and "都" in text):
            yield from _the_rest(c)
        return
    named = next((words for name, words in groups.items() if words and name not in ("music", "beat")), "")
    files = _files(c, "" if groups.get("wanted") or groups.get("wanted2") else named)
    if groups.get("beat"):
        files += [medium for medium in c.scene.timeline.media if medium.kind == "audio" and medium not in files]
    used = {thing.segment.media for thing in c.scene.things}
    files = [medium for medium in files if medium.id not in used]
    if not any(medium.kind != "audio" for medium in files):
        return
    made: list[Asked] = []
    wished = groups.get("music")
    other = wished or re.search(r"音乐|配乐|bgm", c.plain.text[c.span[1] :])  # wished for behind it
    for medium in files:
        if medium.kind != "audio" or not other:
            sound = "music" if medium.kind == "audio" else None
            made += step("add", 1, media=medium.name, as_=sound).asked
    if wished:
        lead = len(c.text) - len(c.text.lstrip())
        prompt = c.said(found.start("music") + lead, found.end("music") + lead).strip(" .!。")
        made += step("generate_music", 1, prompt=re.sub(r"^(?:some|a|an) ", "", prompt)).asked
    if groups.get("beat") and any(medium.kind == "audio" for medium in files):
        made += step("cut_to_beat", 1).asked
    yield Reading(tuple(made), 0.98, whole=True)


def _the_rest(c: Clause) -> Iterator[Reading]:
    """Where clips are there already: the files that are not, else how it stands."""
    used = {thing.segment.media for thing in c.scene.things}
    left = [m for m in c.scene.timeline.media if m.kind != "audio" and m.id not in used and not is_sign(m.name)]
    made = tuple(one for medium in left for one in step("add", 1, media=medium.name).asked)
    yield Reading(made, 0.96, whole=True) if made else replace(action("status", 0.96), whole=True)


def _files(c: Clause, named: str) -> list[Media]:
    """Photos, clips, or whatever came."""
    media = list(c.scene.timeline.media)
    if re.search(r"photo|picture|pics|image|照片|图片", named):
        return [medium for medium in media if medium.kind == "image"]
    if re.search(r"clip|video|vid|footage|shot|视频|片段|镜头", named):
        return [medium for medium in media if medium.kind == "video"]
    return [medium for medium in media if medium.kind != "image" or not is_sign(medium.name)]
