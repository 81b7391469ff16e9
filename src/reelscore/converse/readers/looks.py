"""Colour and look of pictures: which look, how much of it, and taken away again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reelscore.converse import patterns
from reelscore.converse.choice_words import holds
from reelscore.converse.clause import Clause
from reelscore.converse.denied import denied, taken_zh
from reelscore.converse.quantities import Quantity
from reelscore.converse.readers.behind_pictures import at_the_bars
from reelscore.converse.readers.seeing import seen
from reelscore.converse.reading import TEXT_KINDS, Reading, step, steps
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Choice, Param, Step

_LOOKS = {
    "black_and_white": ("b/w", "black-and-white", "black n white", "bw", "去色", "灰度"), "warm": ("画面太冷", "颜色太冷", "色调太冷", "太冷了", "色温暖", "温暖", "偏暖", "less blue", "less bluish", "warm tones", "warm look", "warmth"),
    "cool": ("画面太暖", "颜色太暖", "太黄", "偏黄", "发黄", "太暖", "色调太暖", "太黄了", "太暖了", "cooler", "colder", "less yellow", "less orange", "less red", "bluish", "blue tint", "偏冷"), "vivid": ("more vivid", "vibrance", "pop more", "colours pop", "colors pop", "colours popping"),
    "brighter": ("brighten", "too dark", "太暗", "亮些", "亮一些", "变亮一点", "亮点", "调亮", "变亮", "lighten", "brighten up", "提亮一点", "加亮", "more brightness", "increase the brightness", "brightness up"),
    "darker": ("darken", "too bright", "太亮", "暗些", "暗一些", "暗点", "变暗", "less bright", "压暗", "brightness down"),
    "more_contrast": ("画面太灰", "太灰了", "发灰", "灰蒙蒙", "more contrast", "higher contrast", "contrast up", "increase the contrast", "增加对比度", "对比度高一点", "对比强一点", "提高对比度", "加强对比", "对比度调高", "增强对比度", "加对比度", "boost the contrast"),
    "less_contrast": ("less contrast", "lower contrast", "reduce the contrast", "降低对比度", "对比弱一点", "减少对比", "对比度低一点", "softer contrast"),
    "more_colour": ("颜色太淡", "太淡", "太素", "颜色太浅", "more colour", "more saturated", "more saturation", "saturate", "colourful", "colorful", "增加饱和度", "颜色鲜艳一点", "饱和度高一点", "提高饱和度", "颜色浓一点", "色彩更浓", "more colours"),
    "less_colour": ("颜色太浓", "太鲜艳", "太艳", "颜色太重", "less saturated", "less saturation", "desaturate", "less colour", "降低饱和度", "颜色淡一点", "饱和度低一点", "减少饱和度", "muted colors", "less colourful", "less colorful"),
    "vignette": ("dark corners", "dark edges", "加暗角"), "grain": ("noise", "胶片感", "噪点"), "sharpen": ("sharp", "crisper", "sharpness", "清晰一点", "锐"),
    "blur": ("blurred", "blur it", "out of focus", "虚化"), "vintage": ("old-fashioned", "nostalgic look", "70s look", "复古风", "做旧", "旧一[点些]", "老旧"), "cinematic": ("cinematic look", "movie-like", "film look", "电影质感", "大片感"),
    "faded": ("fade the colours", "washed-out"), "sepia": ("sepia tone", "泛黄"), "dreamy": ("glow",), "noir": ("film noir",), "invert": ("inverted", "inverse"),
}  # fmt: skip


def _unwanted(c: Clause, choice: Choice) -> str | None:
    """The look that is said not to be wanted: "no sepia", "sepia off", "not black and white"."""
    words = (choice.name.replace("_", " "), *choice.en, *_LOOKS.get(choice.name, ()))
    said = sorted((w for w in words if w.isascii() and holds(c.text, w)), key=len)
    if not said or choice.name.startswith(("more_", "less_", "bright", "dark")) or _LESS_SO.search(c.text):
        return None
    return choice.name if denied(c.text, re.escape(said[-1])) else None


def _looks(c: Clause, param: Param | None) -> list[str]:
    """Two or more looks that are named side by side: "grain and sepia"."""
    found: list[tuple[int, int, str]] = []
    if param is None or c.quantity("percent"):
        return []
    for choice in param.choices:
        for word in (choice.name, choice.name.replace("_", " "), *choice.en, *choice.zh, *_LOOKS.get(choice.name, ())):
            if word in c.text and holds(c.text, word):
                at = c.text.find(word)
                found.append((at, at + len(word), choice.name))
    found.sort(key=lambda one: one[0] - one[1])
    kept: list[tuple[int, int, str]] = []
    for one in found:
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    if len(kept) > 1:
        kept = [one for one in kept if one[2] not in ("tint", "hue", "temperature")]
    one_look = [o for o in kept if c.text.isascii() or all(o[0] != n[1] or c.text[n[1] - 1] in "点些" for n in kept)]
    if len(one_look) == 1 < len(kept):
        return [one_look[0][2]]  # 复古胶片感
    of_film = [n for n in kept if n[2] == "cinematic" and c.text.startswith(("film", "movie"), n[0])]
    old = next((o[2] for o in kept if of_film and o[1] == of_film[0][0] - 1 and o[2] in _OF_OLD_FILM), "")
    if old and len(kept) == 2:
        return [old]  # "vintage film look"
    names = list(dict.fromkeys(name for _, _, name in sorted(kept)))
    names = [name for name in names if name not in ("tint", "hue", "temperature")] if len(names) > 1 else names
    return names if len(names) > 1 and not {"brightness", "contrast", "saturation"} & set(names) else []


_OF_OLD_FILM = ("vintage", "faded", "noir", "sepia", "black_and_white")


def _complained(c: Clause, name: str, param: Param | None) -> bool:
    """Is this look what is wrong with the picture, and another one wished for: "looks washed out, so more contrast"?"""
    own = next((one.en for one in param.choices if one.name == name), ()) if param else ()
    words = (name.replace("_", " "), *own, *_LOOKS.get(name, ()))
    return any(
        patterns.search(
            rf"(?<![a-z])(?:looks?|looking|is|are|seems?|feels?|too|came out) (?:(?:a (?:bit|little)|so|too|pretty|really|kinda|kind of|rather|very|quite|all) )*{re.escape(word).replace('-', '[ -]')}(?![a-z])",
            c.text,
        )
        for word in words
        if word.isascii()
    )


_IT_ALONE = re.compile(
    r"\s*(?:please |can you |could you |just |ok,? |now )*(?:make|turn|get) (?:it|this|everything) (?:all )?(?:a (?:little )?(?:bit )?|slightly |much )?(?:brighter|darker)(?: please| overall)?[.! ]*$"
)
_OTHERWISE = tuple(
    (Sieve(re.compile(words)), name)
    for words, name in (
        (r"色调(?:再|要|调|往|偏|稍微?|给我|都|更|弄|得|能不能|可以|整体)*冷(?:一?[点些]|$)", "cool"), (r"色调(?:再|要|调|往|偏|稍微?|给我|都|更|弄|得|能不能|可以|整体)*暖(?:一?[点些]|$)", "warm"),
        (r"too (?:cold|cool|blue|bluish)(?![a-z])", "warm"), (r"too (?:warm|yellow|orange|red)(?![a-z])", "cool"),
        (r"too (?:much|high|strong|harsh) (?:a )?contrast|contrast (?:is |looks |seems )?(?:a bit |way |far )?too (?:high|strong|much|hard|harsh)|too contrasty", "less_contrast"),
        (r"(?:looks?|looking|is|are|seems?|feels?|too|so) (?:(?:a (?:bit|little)|so|too|pretty|really|kinda|kind of|rather|very|quite|all) )*(?:faded|washed[ -]out|pale|dull|drab|lifeless)(?![a-z])", "more_colour"),
        (r"(?:looks?|looking|is|are|seems?|feels?) (?:(?:a (?:bit|little)|so|too|pretty|really|kinda|rather|very|quite) )*(?:soft|blurry|out of focus)(?![a-z])(?! (?:and|light|look))", "sharpen"),
        (r"(?:looks?|is|are|seems?) (?:a bit |so |too |pretty |really )*flat(?![a-z])|contrast (?:is |looks )?(?:a bit |way )?too (?:low|weak)|punchier contrast|contrastier", "more_contrast"),
        (r"colou?rs? (?:is |are |looks? )?(?:a bit |way |far )?too (?:strong|much|loud|bright|vivid|intense|saturated)|too (?:colou?rful|saturated|vivid)|(?:mute|soften|calm)(?: down)? (?:all )?the colou?rs?|(?:tone|turn|take|dial|bring|knock) (?:down (?:all )?(?:the )?colou?rs?|(?:all )?(?:the )?colou?rs? (?:down|back))(?![a-z])", "less_colour"),
        (r"(?:more|some|extra|bit of|a little) (?:punch|pop|life|oomph|zing|vibrancy) (?:in|to|into) (?:the |its |those )?colou?rs?|(?:give|lend) (?:the |its |those |all the |my |these )*colou?rs? (?:a (?:bit|little) |some |a bit of |much |way )*(?:more |extra )?(?:punch|pop|life|oomph|zing|kick|vibrancy)|(?:make|let|get) (?:the |its |those |all the |my |these )*colou?rs? (?:really )?pop|colou?rs? (?:need|could use|want|lack)s? (?:a bit |some )?(?:more )?(?:punch|pop|life)", "more_colour"),
        (r"(?:stronger|richer|deeper|bolder|fuller) colou?rs?|colou?rs? (?:[a-z]+ ){0,3}(?:stronger|richer|deeper|bolder|fuller)(?![a-z])|colou?rs? (?:is |are |looks? )?(?:a bit |so |too |pretty )*(?:dull|pale|weak|washed[ -]out|faded|drab|boring)", "more_colour"),
        (r"look(?:s|ing)? (?:[a-z]+ ){0,2}(?:old(?:er)?|aged|ancient|antique)(?![a-z])|old(?:[ -](?:timey|time|school|fashioned|film|movie|cinema|photo))+|like an? old (?:home )?(?:film|movie|photo|video)|home (?:movie|video)|(?<![a-z])(?:super[ -]?8|vhs|camcorder|polaroid)(?![a-z])", "vintage"),
        (r"(?:looks?|looking|feels?|more|just) like (?:in |at )?(?:a |the )?(?:real |big )?(?:movies?|films?|cinema|hollywood)(?![a-z])(?! noir)|like (?:in|at) the (?:cinema|movies)|(?:movie|film|hollywood)[ -]look", "cinematic"),
        (r"grain(?:y|ier)(?![a-z])", "grain"),
        (r"desaturate [^,.;]*(?:completely|fully|entirely|totally|all the way)|(?:completely|fully|entirely|totally) desaturate|(?:remove|take out|drop|without|no) (?:all )?(?:the )?colou?rs?(?![a-z])(?! grad)", "black_and_white"),
        (r"(?:darken|dim|shade|blacken) (?:the |all )?(?:edges?|corners?|sides|borders?)|(?:edges?|corners?) (?:[a-z]+ ){0,3}darker|darker (?:edges?|corners?)|(?:四角|四周|四边|边缘|边角|角落)[^,。]{0,4}(?:压暗|变暗|调暗|暗一?[点些]|黑一?[点些])|(?:压暗|调暗)(?:四角|四周|边缘|边角)", "vignette"),
        (r"对比(?!度)[也再都稍微给我]*(?:拉|提|调|加|强|高|大)(?![低弱小])", "more_contrast"), (r"对比(?!度)[也再都稍微给我]*(?:调低|拉低|弱|降|减|低|小)", "less_contrast"),
    )
)  # fmt: skip


def _otherwise(c: Clause) -> str | None:
    """A look that is asked for by what is wrong with the picture, or by what it should be like."""
    return next((name for pattern, name in _OTHERWISE if pattern.search(c.text)), None)


_STRENGTH = Sieve(
    re.compile(  # 复古滤镜,强度60; 暗角30
        r"(?:强度|程度|力度|数值|参数|浓度|开到|调到|拉到|暗角|锐化|颗粒|噪点|模糊|褪色|黑白|复古|暖色|冷色)(?:调|改|设|拉|开|给|加|用)?(?:到|为|成|值)?[ :+]?\d"
    )
)


_TONE_FAULTED = re.compile(r"色调(?:有点|还是|太|过于|偏)+[冷暖黄蓝暗亮](?!一?[点些])")
_SOME_TONE = re.compile(r"^(?!.*(?:偏|往|绿|品红|洋红|紫|tint)).*[\u4e00-\u9fffa-z]{2}(?:的)?色调")


_COLOURLESS = Sieve(
    re.compile(
        r"(?<![a-z])(?:remove|take|drain|strip|suck|pull|get rid of|lose|kill|drop|no)(?: out)?(?: (?:the |my )?[a-z0-9_]+(?: [a-z0-9_]+)?'s)?(?: all| the| all the| any| of the)* colou?rs?(?: out| away)?(?= *(?:$|[,.!?]| (?:of|from|in|out|on|please|at|for)(?![a-z])))"
        r"|(?<![a-z])(?:colou?rless|without (?:any )?colou?r)(?![a-z])|(?:去掉|去除|抽掉|拿掉|去)(?:所有|全部)?(?:的)?(?:颜色|色彩|彩色)|去色|没有颜色"
    )
)


_LOOKS_SO = re.compile(
    r"\s*(?:(?:now|hm+|ok|still|but|and|,) ?)*(?:(?:it|this|that|everything|all) )?looks (?!like|good|great)"
)
_OF_TIME = ("cut_first", "cut_last", "cut_range", "keep_range", "trim", "split", "fit_duration", "speed")


def _of_it_all(c: Clause, named: list[str]) -> bool:
    """ "looks a bit cold, can you warm it up", after a clip was only cut: of the picture, and not of that clip."""
    last = c.context.steps[-1] if c.context.steps else None
    if not isinstance(last, Step) or last.command not in _OF_TIME or c.touched is None:
        return False
    return named == [c.touched.segment.id] and not c.mention("name") and _LOOKS_SO.match(c.plain.text) is not None


def filtered(c: Clause) -> Iterator[Reading]:
    named = seen(c)
    if "look" in c.plain.text and _of_it_all(c, named):
        named = []
    if "how it was" in c.text and not any(m.nth or m.kind == "name" for m in c.mentions):
        named = []  # "I want to see the footage how it was filmed"
    if named and _LIKENED.search(c.text) and not any(m.things for m in c.mentions):
        named = []  # what it shall be like is no thing of the film
    if _COLOURLESS.search(c.text) and not c.mention(*TEXT_KINDS) and not c.quotes:
        yield steps("filter", 0.96, named or [None], name="black_and_white")
        return
    off = denied(c.text, r"filters?|effects?|grading|colou?r grad\w*|(?:the|that|this|any) looks?") or patterns.search(
        r"(?<![a-z])(?:normal|natural|original|real|true|actual) colou?rs?(?![a-z])", c.text
    )
    off = off or patterns.search(
        r"(?<![a-z])(?:remove|no|without|clear|delete|take .{0,20}off|take of(?= the | that | my )|undo|drop|get rid of|reset|turn off|strip|throw (?:out|away)|kick out|wipe|peel|lose|kill|ditch|scrap)(?![a-z]).{0,24}(?:filters?|effects?|looks?|colou?r (?:grad|things?|stuff|changes?|work|edits?|corrections?|adjustments?|tweaks?|tricks?))|(?:how|the way|like|as) (?:it|they|that|everything) (?:was|were|came) (?:really |actually |originally )?(?:filmed|shot|recorded|captured|taken|out of the camera)(?![a-z])|(?:footage|video|picture|clips?|look|it) (?:un-?graded|untreated|straight (?:from|out of) (?:the )?camera)|natural colou?rs|original colou?rs|(?:reset|restore|neutrali[sz]e) (?:the |all the |all |my )?colou?rs(?![a-z])|(?<![a-z])colou?rs? back (?:to (?:normal|how (?:it|they) (?:was|were)|default|zero)|how (?:it|they) (?:was|were))|take .{0,24} (?:filter|look|effect) off|(?:去掉|移除|取消|删除|不要|清除).{0,8}(?:滤镜|调色|效果)|(?:滤镜|调色)(?:效果)?(?:都|全部|全)?(?:去掉|移除|取消|删|不要|清|还原|恢复|复原|重置)|(?:颜色|色彩|色调)[^,。;]{0,3}(?:还原|恢复|复原)(?![^,。;]{0,6}一点)|恢复原色|原来的颜色|原色|(?:没|未|不)(?:有)?(?:调|加滤镜)过?(?:色|颜色)?的(?:样子|颜色|状态|效果|时候)|(?:恢复|还原|回)[成到]?(?:没|未)调过?色?|调色(?:之|以)?前",
        c.text,
    )
    if (
        (off or taken_zh(c.text, "滤镜|调色"))
        and not c.mention("transition", "music", "voice")
        and not c.has("zoom", "fade_in", "fade_out", "animate")
    ):
        name = c.chosen("remove_filter", "name")
        yield steps("remove_filter", 0.95, named or [None], name=name)
        return
    param = c.param("filter", "name")
    choice = c.choice(param, _LOOKS) if param else None
    if param and (otherwise := _otherwise(c)):
        choice = next((one for one in param.choices if one.name == otherwise), choice)
    if (
        choice is not None
        and choice.name == "tint"
        and not c.quantities
        and (_SOME_TONE.search(c.text) or _TONE_FAULTED.search(c.text))
    ):
        return  # 赛博朋克色调: a look that is not known
    if choice is None or c.quotes or c.mention("title", "subtitle", "text", "transition"):
        return
    if choice.name == "grain" and "noise" in c.text and "grain" not in c.text and not _SEEN_NOISE.search(c.text):
        return  # "turn the wind noise down"
    if (
        patterns.search(
            r"remove|take .{1,24} off|no more|without|get rid|drop|turn off|undo|取消|去掉|(?<!要)不要|移除|去除|恢复|还原|关[掉了闭]|拿掉|拿走|撤[掉了]|删",
            c.text,
        )
        and patterns.search(
            r"^(?:please |then |and )*(?:remove|take|no|get|drop|turn|undo|lose|without)(?![a-z])|取消|去掉|(?<!要)不要|移除|去除|恢复|还原|(?:滤镜|效果|色调|风格|特效|色)[都给]?(?:关[掉了闭]|拿掉|拿走|撤[掉了]|删)|^[把将]?(?:关[掉闭]|拿掉|撤掉|删[掉除]?)",
            c.text,
        )
        and not c.quantity("percent", "number")
    ):
        yield steps("remove_filter", 0.95, named or [None], name=choice.name)
        return
    if not c.quantity("percent") and (unwanted := _unwanted(c, choice)):
        yield steps("remove_filter", 0.95, named or [None], name=unwanted)
        return
    if (several := _looks(c, param)) and (several := [n for n in several if not _complained(c, n, param)] or several):
        yield Reading(tuple(a for one in several for a in steps("filter", 1, named or [None], name=one).asked), 0.93)
        return
    name = choice.name
    if name == "blur" and (patterns.search(r"background|sides|edges|背景|两侧|两边", c.text) or at_the_bars(c)):
        return
    if (
        name == "sharpen"
        and not c.quantity("percent")
        and patterns.search(r"(?<![a-z])(?:less|not (?:so|as|that)|too) sharp", c.text)
    ):
        yield steps("filter", 0.95, named or [None], name="blur", amount=10)
        return
    percent = c.quantity("percent") or c.quantity("number", cue=("by", "to", "at"))
    if percent is None and name in ("brightness", "contrast", "saturation", "temperature", "exposure", "hue", "tint"):
        percent = c.quantity("number")
    if percent is None and (bare := _STRENGTH.search(c.text)):
        percent = next((q for q in c.every("number") if q.start <= bare.end() - 1 < q.end), None)
    amount: int | float | None = percent.number if percent else None
    if amount is None and patterns.search(
        r"(?<![a-z])(?:half (?:the )?(?:strength|intensity|opacity)|by half(?![a-z]))", c.text
    ):
        amount = 50
    lowering = patterns.search(
        r"less|lower|reduce|decrease|down|minus|(?<![a-z])(?:drop|pull|cut|dial|take)(?![a-z])|降低|减少|调低|减弱|低|降|减|弱|淡|拉下|小一?[点些]",
        c.text,
    )
    if name in ("brightness", "contrast", "saturation", "temperature", "exposure", "hue", "tint"):
        raising = patterns.search(
            r"more|higher|increase|boost|up|raise|add|提|增|调高|加|高|强|浓|拉(?![低下])|大一?[点些]", c.text
        )
        if (
            amount is not None
            and lowering
            and amount > 0
            and not patterns.search(r"to|到", c.text[max(0, percent.start - 3) : percent.start] if percent else "")
        ):
            amount = -amount
        if name == "saturation" and (amount == 0 or _NO_COLOUR.search(c.text)):
            amount = -100
        if amount is None:
            names = {
                "brightness": ("brighter", "darker"),
                "contrast": ("more_contrast", "less_contrast"),
                "saturation": ("more_colour", "less_colour"),
            }
            if name in names and (lowering or raising):
                name = names[name][1 if lowering else 0]
            elif lowering:
                amount = -20
    if name in _AGAINST_TONE and amount is None and _LESS_SO.search(c.text):
        name, amount = (name, 50) if name in _seen_filters(c) else (_AGAINST_TONE[name], None)
    if amount is None and _WEAKER.search(c.text) and name in _seen_filters(c):
        amount = 50  # 暖色弱一点
    told = amount
    name, amount = _of_what_is(c, name, amount, percent)
    spoken = (
        bool(named) or c.mention("film", "clip", "image") is not None or c.has("filter_word") or c.has("whole_picture")
    )
    tonal = name in ("brighter", "darker", "warm", "cool", "dreamy", "cinematic", "vintage", "blur")
    wanted = patterns.search(
        r"filter|look|grade|effect|感|质感|胶片|滤镜|提亮|压暗|调亮|调暗|加亮|曝光|colou?r|调色|色|黑白|contrast|bright(?:ness|en)|satur|对比|饱和|亮度|warm|cool|暖|冷",
        c.text,
    )
    if (c.has("music_noun") and not (named or c.mention("film", "clip", "image"))) or (
        c.mention("music") and not named
    ):
        return
    if c.scene.empty or not c.scene.clips:
        return
    if name in ("brighter", "darker") and _IT_ALONE.match(c.text) and not c.context.steps and not c.around.focus:
        yield step("filter", 0.955, name=name)
        return
    if tonal and not spoken and not wanted and amount is None:
        yield steps("filter", 0.7 if c.scene.music else 0.85, named or [None], name=name, amount=amount)
        return
    if not wanted and not spoken and holds(c.text, "noise") and not named:
        return
    given = name in _PLAIN_LOOKS and not wanted and not spoken and _GIVEN_A_LOOK.match(c.text)
    fuzzy = c.has("music_noun") and any(w.kind in ("genre", "instrument") and not w.idle for w in c.wishes)
    made = steps(
        "filter",
        0.7 if fuzzy else 0.965 if _ONLY_A_LOOK.match(c.text) else 0.92 if spoken or wanted else 0.86 if given else 0.8,
        named or [None],
        name=name,
        amount=amount,
    )
    yield replace(made, whole=True) if told is not None and amount != told else made


_SEEN_NOISE = re.compile(r"(?<![a-z])(?:add|put|give|film|image|picture|video|digital|visual)(?![a-z])")


_NO_COLOUR = re.compile(
    r"(?<![a-z])(?:to|at) (?:zero|nothing|the minimum)(?![a-z])|(?<![a-z])(?:saturation (?:zero|0(?![\d.]))|zero saturation)|饱和度?[归清]零|[到为成](?:零|0(?![\d.])|最低|最小)"
)
_LIKENED = Sieve(  # 像老照片那种泛黄的感觉, "sepia like my grandpa's photos"
    re.compile(
        r"像[^,。;]{1,10}?(?:那种|那样|那么|一样|似的)|(?<![a-z])like (?:in |on |from )?(?:my|an?|the|those|these|some|old|(?:[a-z]+'?s )+(?=old |faded |[a-z]+ photo))(?![a-z])"
    )
)
_WEAKER = Sieve(
    re.compile(r"(?<![a-z])(?:weaker|subtler|less strong|not so strong)(?![a-z])|[弱淡]一?[点些]|减[弱淡半]|调低|降低")
)


def _seen_filters(c: Clause) -> set[str]:
    return {f.name for t in c.scene.of("clip") if t.segment.picture for f in t.segment.picture.filters}


_AGAINST_TONE = {"warm": "cool", "cool": "warm"}
_LESS_SO = Sieve(
    re.compile(
        r"(?<![a-z])(?:less|not (?:so|as|that|quite so)) (?:warm|cool|cold)|(?:别|不要)(?:那么|这么|太)[冷暖]|没那么[冷暖]"
    )
)


def _of_what_is(
    c: Clause, name: str, amount: int | float | None, said: Quantity | None
) -> tuple[str, int | float | None]:
    """ "too warm, dial it back to 40%", 亮度减半: a setting that is there, to so much or to half of it."""
    now = {f.name: f.amount for t in c.scene.of("clip") if t.segment.picture for f in t.segment.picture.filters}
    there = _AGAINST.get(name, name)
    if amount is not None and name in now and _FURTHER.search(c.text):
        return name, max(-100, min(100, round(100 * now[name] + amount, 2)))
    if amount is not None and amount < 0 and there in ("brightness", "contrast", "saturation"):
        return there, amount  # "too much contrast, lower it to -10"
    if there not in now:
        return name, amount
    if _HALVED.search(c.text) and (amount is None or amount == 50):
        return there, round(50 * now[there], 2)
    to = said is not None and (said.cue == "to" or patterns.just_before(_DOWN_TO, c.text, said.start))
    return (there, amount) if to and there in _AGAINST.values() else (name, amount)


_AGAINST = {
    "cool": "warm", "warm": "cool", "darker": "brightness", "brighter": "brightness", "less_contrast": "contrast",
    "more_contrast": "contrast", "less_colour": "saturation", "more_colour": "saturation",
}  # fmt: skip
_DOWN_TO = re.compile(r"(?:back|down|up) (?:to|at) (?:about |like |around |maybe )?$|[到成至为回] ?$")
_FURTHER = re.compile(  # 亮度再加10: ten more than there are now
    r"(?:再|继续|多)[给往]?(?:[加减升降提调高低亮暗强弱大小上下]|增)+[了个]?(?=[\d一二两三四五六七八九十])"
)
_HALVED = re.compile(r"(?<![a-z])(?:half|halve)(?![a-z])|减半|一半")
_PLAIN_LOOKS = ("noir", "sepia", "vignette", "grain", "faded", "invert", "sharpen")  # no words for music
_ONLY_A_LOOK = Sieve(
    re.compile(
        r"\s*(?:(?:an?|some|the|those|with|soft|subtle|slight|gentle|light|faint|strong|heavy|nice) )+(?:dark (?:corners|edges)|vignette|grain)[ .!]*$"
    )
)
_GIVEN_A_LOOK = re.compile(
    r"\s*(?:(?:please|pls|ok|okay|now|then|just|can you|could you|let'?s|,) ?)*(?:make|give|turn|render|go|do|have) (?:(?:it|this|everything|them) )?(?:all )?(?:a |an |in |into |for )*[a-z -]+$"
)
