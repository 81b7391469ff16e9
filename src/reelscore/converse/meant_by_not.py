"""A wish that is told by what is not wanted: "it's not the music that's too loud, it's the interview", 不想要字幕这么大.

Each form is put as the wish itself ("the interview is too loud", 字幕太大了). `who` and `other` in a form must name things
of the timeline, or it is left as it was said.
"""

from __future__ import annotations

import re

from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.numbered_on import NTH_ALONE
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve

_START = r"(?:^|(?<=[,.;!?\n])) *(?:(?:and|but|so|ok|please),? )*"
_END = r"(?= *(?:$|[,.;!?\n]))"
_THING = r"(?:(?:the|my|our|this|that|her|his) )?(?P<{}>[\w.'&\ue000-\ue6ff-][\w.' &\ue000-\ue6ff-]{{1,28}}?)"
_WHO, _OTHER = _THING.format("who"), _THING.format("other")
_WHEN = r"(?:at all|any ?more|during|while|when|in|over|under|on|until|before|after|for)(?![a-z])"
_PLACE = r"(?:at|in|on|over|under|before|between|during) "
_DOES = r"(?:make|turn|set|put|slow|speed|lower|raise|fade|move|change|trim|shorten|cut|mute|hide|remove|delete|lose|drop|add|keep|crop|blur)(?![a-z])"
_ACT = r"(?:remove|delete|mute|unmute|trim|shorten|crop|move|reverse|rotate|flip|blur|replace|silence|touch|duplicate|split|brighten|darken|bin|drop|speed up|slow down)"
_FORMS = (
    # "the music shouldn't be playing during the drone shot": it is to go there
    (rf"{_START}{_WHO} (?:(?:should|must)(?: not|n'?t)|(?:is|are|was)(?: not|n'?t) (?:supposed|meant) to|(?:should|must) never) (?:be (?:playing|there|on|heard|visible|seen|shown|audible|running|in(?= the))|play|show|appear)(?![a-z])(?= *(?:$|[,.;!?\n]|{_WHEN}))", r" remove the \g<who>"),
    (rf"{_START}(?:nobody|no one|(?:you|people|viewers|we) (?:should|must|shall)(?:n'?t| not| never)) (?:should|must|shall)? ?(?:be able to )?hear {_WHO}(?: at all| any ?more)?{_END}", r" mute the \g<who>"),
    # "it's not the music that's too loud it's the interview"
    (rf"(?<![a-z])(?:it'?s not|it is not|it isn'?t) {_OTHER} (?:that|which|who)(?:'?s| is| are|'?re) (?P<so>[^,.;!?\n]{{3,30}}?)(?:, ?| )(?:but |it'?s |it is )+{_WHO}{_END}", r"the \g<who> is \g<so>"),
    # "the subtitle doesn't have to be that big", "I don't want the title so big", "don't end so abruptly"
    (rf"{_START}(?P<not>(?:i|we) (?:don'?t|do not|didn'?t) (?:want|need|like) )?{_WHO}(?(not)(?: to be)?| (?:(?:does|do|need)(?:n'?t| not)(?: (?:have|need) to)?|(?:should|must)(?:n'?t| not)) be) (?:quite )?(?:that|so|this) (?P<so>[a-z]{{3,10}}){_END}", r" the \g<who> is too \g<so>"),
    (rf"{_START}(?:don'?t|do not|it should(?:n'?t| not)) (?P<so>end|stop|start|begin) (?:so|that|quite so) (?P<how>abruptly|suddenly|harshly|quickly)(?: like that)?{_END}", r" it \g<so>s too \g<how>"),
    (rf"{_START}{_WHO} (?:(?:should|must|does|do|need)(?:n'?t| not)(?: (?:have|need) to)?) (?:stay|be (?:there|on|visible|up)|show)(?: on| up| there| on screen)? (?:forever|all the time|the (?:whole|entire) (?:time|film|video)|that long|so long),? (?=(?:just |only |maybe )?[\w.]{{1,6}} ?(?:seconds?|secs?|s)(?![a-z]))", r" show the \g<who> for "),
    # "no fade at the start, only at the end", "no crossfade between 1 and 2 but one between 2 and 3"
    (rf"(?<![a-z])no (?P<what>[a-z-]{{3,14}}) (?P<so>{_PLACE}[^,.;!?\n]{{3,24}}?),? (?:but )?(?:only|just|(?<=but )(?:have |put |add )?one) (?={_PLACE})", r"no \g<what> \g<so>, add a \g<what> "),
    # "don't mute the intro, only the lake", "dont remove the first clip just the second"
    (rf"(?<![a-z])(?:don'?t|do not|never) (?P<so>{_ACT}) {_OTHER},? (?:but |and )?(?:only|just) (?:on |for )?(?!{_DOES}){_WHO}{_END}", r"\g<so> the \g<who>"),
    # "no, the other one, IMG_2042"
    (rf"(?<![a-z])(?:the |that )?other (?:one|clip|photo|shot|caption|title), (?:i mean(?:t)? )?{_WHO}{_END}", r"\g<who>"),
    # "I'd like it without the city", "can we do it without the third clip?", "is it possible to have no subtitles here"
    (rf"{_START}(?:i'?d|i would|we'?d|i want|let'?s|(?:can|could) (?:we|you|i)|(?:is|would) it (?:be )?possible)(?: (?:like|love|want|prefer))?(?: to)?(?: (?:have|do|see|try|make))? (?:(?:it|this|that|the (?:video|film|movie)) without|(?<=have )no) {_WHO}(?= *(?:please *)?(?:$|[,.;!?\n]|{_WHEN}))", r" remove the \g<who>"),
    # "not the pitch, I meant turn down the music"
    (rf"^\W*(?:no,? )?not {_OTHER},? (?:but |i (?:mean|meant|said) (?:to )?)+(?={_DOES})", ""),
    # "don't let the subtitle overlap the speaker, move it to the top", "rather than hiding the title, shorten it"
    (rf"{_START}(?P<not>(?:don'?t|do not) let )?(?(not)|(?:rather than|instead of) [a-z]+ing ){_WHO}(?(not) (?:overlap|cover|block|hide|touch|get in the way|sit)(?![a-z])[^,.;!?\n]{{0,30}})[,;.] *(?P<so>{_DOES}) (?:it|them)(?![a-z])", r" \g<so> the \g<who>"),
    # "add music but I don't want it to start before 3 seconds"
    (r",? ?(?:but |and )(?:i )?(?:don'?t|do not)(?: want it to| let it)? (?:start|begin|play|come in)(?: playing)? before (?P<so>(?:the )?[\w.]{1,6} ?(?:seconds?|secs?|s)(?![a-z]))", r", starting at \g<so>"),
    (r"(?:(?<=乐)|(?<=bgm))[,。](?:但是?|不过)?(?:最|开头)?前面?(?P<so>[\d一二两三四五六七八九十]+)秒钟?(?:先)?(?:不要|别)有?(?:声音|音乐|配乐|bgm)", r",从第\g<so>秒开始"),
    (r"(?:^|(?<=[,。;!?\n ]))(?:别|甭)(?:再)?(?P<so>叠化|淡入淡出|渐变|转场|过渡|滤镜|动画)了(?=$|[,。;!?\n ])", r"不要\g<so>"),
    (r"(?:能不能|可不可以|麻烦)?(?:不要|别|不想要|不想|不用)(?:让|把)?(?P<who>[^,。;!?\n]{1,8}?)(?:这么|那么|太|这样|那样)(?P<so>[大小快慢亮暗响长短重多吵])(?:了|声)?(?=$|[,。;!?\n])", r"\g<who>太\g<so>了"),
    (r"(?P<who>[^,。;!?\n]{1,8}?)(?:不要|别|不用|不需要)(?:一直|全程|老)(?:都)?(?:在|显示|放|挂|出现|留)(?:着|那里?|上面|画面上)*[,。](?:显示|出现|停留|留)?(?=[\d一二两三四五六七八九十半]+秒)", r"\g<who>显示"),
    (r"(?P<who>[^,。;!?\n]{1,8}?)(?:能不能|可不可以)?(?:不要|别|不能)(?:再)?(?:挡|遮|盖)(?:[住到着])?[^,。;!?\n音声话]{1,8}[,。](?=[放移挪往])", r"\g<who>"),
    (r"(?P<who>[^,。;!?\n的]{1,8}?)(?P<so>静音|黑白|倒放|加速|放慢|镜像)[,。](?P<other>[^,。;!?\n]{2,8}?)(?:就)?不(?:要|用)(?=$|[。;!?\n])", r"\g<who>\g<so>,别\g<so>\g<other>"),
)  # fmt: skip
_NAMED = ("who", "other")
_RULES = tuple((Sieve(re.compile(form)), said) for form, said in _FORMS)


def said_plainly(plain: Plain, scene: Scene) -> Plain:
    """The message with such wishes as what they ask for."""
    for form, said in _RULES:
        match = form.search(plain.text)
        if match is None:
            continue
        held = match.groupdict()
        if all(_names(held[name] or "", scene) for name in _NAMED if name in held):
            of = " clip" if "who" in held and NTH_ALONE.fullmatch(held["who"]) else ""  # "just the second"
            plain = plain.instead(*match.span(), match.expand(said) + of if said else "")
    return plain


def _names(words: str, scene: Scene) -> bool:
    words = words.strip()
    return NTH_ALONE.fullmatch(words) is not None or any(
        m.things and m.kind not in ("pronoun", "film", "all") for m in mentions(words, scene)
    )
