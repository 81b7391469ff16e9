"""A stretch, what is wrong with it, and an order that only points back: "the first 4 seconds are silence, cut them",
"the last 2 seconds of the beach are shaky. please remove those", 前三秒太无聊了，去掉吧; 这首歌太丧了，换个欢快的.

The order takes the stretch that was named; what is wrong with it is a reason, and no wish of its own. So the second
example is read as "remove the last 2 seconds of the beach".
"""

from __future__ import annotations

import re

from reelscore.converse.normalise import Plain
from reelscore.converse.sieves import Sieve

_COUNT = r"(?:\d[\d.:]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|couple(?: of)?|few|half) ?"
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|frames?)(?![a-z])"
_MOMENT = r"\d[\d:.]*(?: ?(?:s|secs?|seconds?))?"
_THING = r"(?: (?:of|in|from) (?:the |my |our |this |that )?[^\ue000,.;!?\n]{1,40}?)?"
_STRETCH = (
    rf"(?P<stretch>(?:the )?(?:very )?(?:first|last|opening|final|initial) (?:{_COUNT})?{_UNIT}(?: or so)?{_THING}"
    rf"|(?:from |between )?{_MOMENT} ?(?:to|until|till|and|-) ?{_MOMENT}{_THING})"
)
_WRONG = (
    r"(?:,? (?:where |when )?(?:i |we |he |she |they |it |nothing |nobody |there )?(?:just |only |really |still |also )*"
    r"(?:(?:is|are|was|were|looks?|feels?|seems?|sounds?|drags?|bores?|has|have|had|contains?|shows?|does|do|did|happens?|cough|coughs|coughed)(?:n'?t)?|'s|'re) ?[^\ue000,.;!?\n]{0,60}?|,? (?:nothing|nobody) [^\ue000,.;!?\n]{3,40}?)"
)
_VERB = r"(?:cut|remove|delete|trim|drop|lose|take|get rid of|chop|skip|ditch|scrap|kill|throw|snip|clip|mute|silence|blur|brighten|darken|sharpen)"
_POINTED = r"(?:it|them|that|those|this|these|'?em)(?: (?:part|bit|stretch|piece|section|ones|seconds))?"
_ASKED = r"(?:(?:and|so|please|pls|just|then|maybe|let'?s|can you|could you|can we|i'?d|i want to|you can|we can) )*"
_FORM = Sieve(
    re.compile(
        rf"(?<![a-z\d]){_STRETCH}{_WRONG}(?:, ?|[.;!] ?| - | and | so ){_ASKED}"
        rf"(?:(?P<verb>{_VERB}) {_POINTED}(?P<out> (?:out|off|away))?|start (?:the (?:video|film) |it )?(?:a bit |a little )?(?:later|after (?:that|those|them|it)))"
        r"(?=\s*(?:$|[,.;!?]|please|pls|and |then ))"
    )
)
_FORM_ZH = Sieve(
    re.compile(
        r"(?P<stretch>(?:最?[前后][面头边]?|最后|开头|结尾|最开始|一开始|头|末尾)的?(?:这|那)?[\d.一二两三四五六七八九十半几]+(?:秒钟?|分钟|帧)"
        r"|(?:从)?第?(?:[\d.一二两三四五六七八九十]+分钟?)?[\d.一二两三四五六七八九十]*秒?(?:[到至~-])第?(?:[\d.一二两三四五六七八九十]+分)?[\d.一二两三四五六七八九十]+(?:秒钟?|分钟|帧|分(?:[\d一二两三四五六七八九十]+(?:秒钟?|(?=[那这的,]))|半)?))(?:的?(?:那段|这段|时候|画面|内容|之间))*"
        r"(?P<wrong>[^,。;!?\n\ue000\d加放配写秒]{2,16}?)[,。;! ] ?(?P<order>(?:请|帮我|就|都|直接|可以|能不能|要不|还是|把它|把这段|把那段|把这几秒|这段|那段|给我|全|统统)*(?:(?:剪|删|去|砍|裁|切|掐|拿|丢|扔|截)(?:掉|了|去|除)|不要了?)(?:吧|了|它|好了|就行|呗)*)(?=$|[,。;!?\s])"
    )
)
_DISLIKED_ZH = Sieve(  # 这bgm太催眠了，换首燃的: the music, what is wrong with it, and another
    re.compile(
        r"(?P<who>(?:人家|他们|朋友|大家|老板|客户|我|领导|粉丝|观众)(?:们|都)*(?:说|觉得|反馈|反映))?(?P<of>(?:(?:我觉得|感觉|现在|目前|这|那|[首段个]|背景|的)*)(?:bgm|音乐|配乐|曲子|歌曲?))"
        r"(?P<wrong>(?=[^,。;!?\n]*(?:太|过|不|有点|好|偏|听|没|腻|土|丧|闷|吵|难|烦))[^,。;!?\n\ue000\d把给调加删剪换改静关]{1,14}(?:,[^,。;!?\n\ue000\d把给调加删剪换改静关]{0,4}(?:太|过于|不)[^,。;!?\n\ue000\d把给调加删剪换改静关]{1,6}(?=,))?)[,。;!? ]+"
        r"(?:我?想|能不能|可不可以|可以|麻烦|请|给我|帮我|你|直接|干脆|要不|还是|那|就|把它)*"
        r"(?=(?:换(?!掉|了|[来回])|改[成为]|[来整弄要]一?[首个点段])(?![^,。;!?\n]{0,8}(?:滤镜|转场|标题|字幕|画面|视频|片段|旁白|配音|声音|颜色)))"
    )
)
_UNWANTED_ZH = Sieve(  # 不要lo-fi了,改成激昂的管弦乐: another music
    re.compile(
        r"(?P<told>(?:(?:[这那][首支](?:歌曲?|曲子?|音乐)?|lo-?fi|爵士|摇滚|电子|民谣|古典|嘻哈|说唱|放克|流行)(?:都|就|我|已经|实在)*(?:听?(?:腻|烦|够)|不要|不想要)|(?:不想?要|别用|不用|别放)(?:(?:现在|原来|之前|的)*[这那][首支](?:歌曲?|曲子?|音乐)?|(?:[这那]首)? ?(?:lo-?fi|爵士|摇滚|电子|民谣|古典|嘻哈|说唱|放克|蓝调|雷鬼|流行)(?:音?乐|曲|风)?)) ?了?[,。;!? ]+)"
        r"(?:我?想|能不能|可以|请|给我|帮我|直接|那|就)*(?=换(?!掉|了|[来回])|改[成为用]|[来整弄]一?[首个点段])(?![^,。;!?\n]{0,8}(?:滤镜|转场|标题|字幕|画面|视频|片段|旁白|配音|声音|颜色))"
    )
)
_BRIEF_ZH = Sieve(  # 标题三秒就没了,太快了吧,改成五秒: how long it is there now, before how long it shall be
    re.compile(
        r"(?P<told>(?:只有|只|才|不到|现在|一共)*(?:出现|出来|显示|停留?|待|放)?了?[\d.一二两三四五半]+秒钟?(?:不到)?(?:就|都|又)(?:没了?|消失|不见|过去|下去|闪过去?|闪没|结束)了?"
        r"(?:[,。!; ]+(?![^,。!; ]*秒)[^,。!; ]{1,8})*[,。!; ]+(?:请|帮我|给我?|它|改|换|延长|留|停|放|显示|至少|起码|得|要|来|弄|成|到|为|够)*)(?=[\d一二两三四五六七八九十半.]+秒)"
    )
)
_NOT_AT_ONCE_ZH = Sieve(  # logo别一上来就有,前5秒不要: of the logo, and not of the film
    re.compile(
        r"(?<=\w)(?:别|不要|不用|不想)(?:让它)?(?:一(?:上来|开始|开头)|刚开始|马上)就(?:有|出来|出现|显示|露出来)[,。;! ]+(?=(?:最?前面?|开头)的?[\d一二两三四五六七八九十半.]+秒钟?(?:都|就|先)?(?:不要|别|不))"
    )
)
_CUTS_ZH = re.compile(r"[剪删去砍裁切拿加放换]|不要|改|写")


def taken_out(plain: Plain) -> Plain:
    """The message with the stretch in the place of what points back to it."""
    text = plain.text
    if (match := _FORM.search(text)) is not None:
        verb, out = match["verb"] or "cut", match["out"] or ""
        verb = "remove" if verb in ("get rid of", "lose", "throw", "take", "ditch", "kill", "scrap", "skip") else verb
        out = "" if verb == "remove" else out
        return plain.instead(match.start("stretch"), match.end(), f"{verb}{out} {match['stretch']}")
    if not text.isascii() and (match := _FORM_ZH.search(text)) is not None and not _CUTS_ZH.search(match["wrong"]):
        return plain.instead(match.end("stretch"), match.start("order"), "")
    if not text.isascii() and (brief := _BRIEF_ZH.search(text)) is not None:
        return plain.instead(*brief.span("told"), "显示")
    if not text.isascii() and (early := _NOT_AT_ONCE_ZH.search(text)) is not None:
        return plain.instead(*early.span(), "")
    if not text.isascii() and (unwanted := _UNWANTED_ZH.search(text)) is not None:
        return plain.instead(*unwanted.span("told"), "音乐")
    if not text.isascii() and (disliked := _DISLIKED_ZH.search(text)) is not None:
        plain = plain.instead(disliked.start("wrong"), disliked.end(), "")
        return plain.instead(*disliked.span("who"), "") if disliked["who"] else plain
    return plain
