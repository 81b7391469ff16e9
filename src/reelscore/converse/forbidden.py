"""What shall not be done, said in other words than "don't": "the voice must not be muted", "I'd rather you didn't remove the
title", 湖那段绝对不能删, 我没说要删航拍.

It is put as "don't ..." or 别..., which the clause reader keeps apart from what is asked for. What is to be done instead
and names nothing is about the same thing: 不用删湖那段，缩短到5秒.
"""

from __future__ import annotations

import re

from reelscore.converse.meant_by_not import said_plainly
from reelscore.converse.mentions import mentions
from reelscore.converse.normalise import Plain
from reelscore.converse.scene import Scene
from reelscore.converse.sieves import Sieve

_GATE = Sieve(
    re.compile(r"(?<![a-z])(?:not|never|nobody|no one|rather|without|avoid|[a-z]+n'?t|no)(?![a-z])|不|没|别|与其|甭")
)
_DONE = {
    "removed": "remove", "deleted": "delete", "muted": "mute", "touched": "touch", "changed": "change", "cut": "cut", "moved": "move",
    "trimmed": "trim", "shortened": "shorten", "cropped": "crop", "exported": "export", "rendered": "render", "replaced": "replace",
    "dropped": "delete", "silenced": "mute", "taken out": "remove", "cut out": "remove", "thrown away": "delete", "lost": "delete",
    "slowed down": "slow down", "sped up": "speed up", "cut off": "cut", "cut short": "cut",
}  # fmt: skip
_PAST = "|".join(sorted(_DONE, key=len, reverse=True))
_ACT = (
    r"(?:remove|delete|mute|touch|change|cut|move|trim|shorten|crop|export|render|replace|drop|silence|take out|throw away|lose|slow down|speed up|kill"
    r"|bin|scrap|ditch|get rid of|mess with|edit|alter|reverse|rotate|flip|blur|swap|split)"
)
_ORDER = r"(?:make|turn|set|put|slow|speed|lower|raise|fade|move|change|trim|shorten|cut|mute|hide|dim|brighten|darken|bring|keep|give|crop|blur|take|let|pull|push|reduce|increase)(?![a-z])"
_WHO = r"(?:(?:the|my|our|this|that|her|his) )?(?P<who>[\w.'&\ue000-\ue6ff -]{2,28}?)"
_EDGE = r"(?=\s*(?:$|[,.;!?\n]|(?:and|but|so|just|or|either|at all|please|though)(?![a-z])))"
_NOT_BE = re.compile(  # "the voice must not be muted", "I don't think the drone should be removed", "nobody deletes the lake"
    rf"(?P<lead>^|(?<=[,.;!?\n])|(?<=and )|(?<=but )|(?<=so )) *(?:(?:and|but|so|please|whatever happens|make sure(?: that)?|of course),? )*"
    rf"(?:(?:i )?(?:don'?t|do not) (?:think|want|believe)(?: that)? {_WHO} (?:(?:should|must|needs? to|has to|to) )?(?:be |get )?"
    rf"|{_WHO.replace('who', 'who2')} (?:(?:must|should|may|can|could|shall|will)(?: not|n'?t)|cannot|(?:is|are|ought)(?: not|n'?t) (?:supposed |allowed |meant )?to|does(?: not|n'?t) (?:need|have) to|never gets?|(?:must|should) never)(?: ever)? (?:be|get) )"
    rf"(?P<done>{_PAST}){_EDGE}"
)
_NOT_SO = re.compile(  # "the title shouldn't be red", "I don't think it needs drums"
    rf"(?:^|(?<=[,.;!?\n])) *(?:(?:and|but|so) )?(?:(?:i )?(?:don'?t|do not) (?:think|believe|feel)(?: that| like)? (?P<who>[^,.;!?\n]{{2,28}}?) (?:should be|must be|has to be|needs? to be) |(?P<who2>[^,.;!?\n]{{2,28}}?) (?:shouldn'?t|should not|mustn'?t|must not|needn'?t|doesn'?t (?:need|have) to) be )(?P<so>(?!too |so |that |this |as |more |less |any |black and white|bold|italic|transparent|silent|[a-z]+ed(?![a-z]))[a-z&]+(?: and [a-z]+| than [a-z ]{3, 24})?)(?=\s*(?:$|[,.;!?\n]))"
)
_NOT_WANTED = re.compile(  # "I don't want the subtitle gone", "i don't want the logo in the top right": of it, only that
    rf"(?:^|(?<=[,.;!?\n])) *(?:(?:and|but|so|no) )?(?:i|we) (?:really )?(?:don'?t|do not|didn'?t) (?:want|need|like) {_WHO} (?:to (?:be|get|go|sit|stay) |being |getting )?"
    rf"(?:(?P<done>gone|away|{_PAST})|(?P<place>(?:in|on|at|to|up|down) (?:the )?(?:very )?(?:(?:top|bottom|upper|lower)[ -]?)?(?:left|right|top|bottom|middle|cent(?:er|re)|corner)(?: (?:corner|side|edge|left|right))*(?: of (?:the )?(?:screen|picture|frame))?))(?: any ?more)?{_EDGE}"
)
_NOT_NEEDED = Sieve(
    re.compile(
        r"(?:^|(?<=[,.;!?\n])) *(?:i )?(?:don'?t|do not) (?:think|believe|feel)(?: that| like)? (?:it|this|that|the [a-z]+|we) (?:really )?(?:needs?|wants?|has to have|should have) (?:any |the |a )?(?=[a-z]+)"
    )
)
_NOT_DO = re.compile(
    r"(?P<said>(?:i(?:'d| would) (?:rather|prefer)(?: that| if)? you (?:didn'?t|don'?t|did not|not)|i (?:don'?t|do not|didn'?t|did not|never) (?:want(?:ed)? you to|want(?:ed)? to|say to|said to|ask(?:ed)? you to|tell you to|told you to|mean to|need you to|say|mean)"
    r"|(?:i(?:'m| am) |we(?:'re| are) )?not asking you to|(?:please |whatever you do,? ?|make sure (?:that )?(?:you|nobody|no one) )+(?:don'?t|do not|never)|make sure (?:that )?(?:not to|nobody|no one|you don'?t)|please avoid|avoid|under no circumstances(?: should you)?|by no means|you (?:should|must|may|can)(?: not|n'?t)|you (?:should|must) never|no need to|there'?s no need to))"
    rf" (?P<act>{_ACT}|{'|'.join(('removing', 'deleting', 'muting', 'touching', 'changing', 'cutting', 'moving', 'trimming', 'cropping', 'exporting', 'rendering', 'replacing'))})(?:s|es)?(?![a-z])"
)
_ING = {"removing": "remove", "deleting": "delete", "muting": "mute", "touching": "touch", "changing": "change", "cutting": "cut", "moving": "move", "trimming": "trim", "cropping": "crop", "exporting": "export", "rendering": "render", "replacing": "replace"}  # fmt: skip
_BACK_ZH = Sieve(re.compile(r"恢复|撤|改回|还原|加回|放回|回来"))
_V = r"(?:删[掉除了]?|去[掉除]|静音|剪[掉短]?|移除|移动|裁[掉剪]?|关[掉了]?|导出|渲染|加速|放慢|倒放|换[掉了]?|拿掉|砍掉)"
_NOT_ZH = re.compile(  # X绝对不能删, 我没说要删X, 还不用导出
    rf"(?P<not>我?(?:可|也|并|又|根本)?没(?:有)?(?:说(?!话)|让|叫|要求|想)(?:你)?(?:要|过)?(?:把)?|我?(?:可|并|也)?不(?:想|打算|希望)(?:你)?(?:把)?|(?:绝对|千万|一定|万万|坚决|可|真的)*(?<!能)(?<!可)(?:不能|不可以|不可|不许|不准|不得|不该|不应该|不应|不必|不需要|不要|别)(?:被)?)(?P<rest>[^,。;!?\n把将]{{0,8}}?{_V})"
)
_NOT_SO_ZH = re.compile(
    r"不(?:应该|该|应|能)(?:是|用|弄成|变成)(?=[红黄蓝绿白黑橙紫粉灰金银]|黑白|复古)"
)  # 标题不应该是红色的
_INSTEAD_ZH = re.compile(
    rf"(?P<not>(?:我?(?:并|又)?(?:不是|没)(?:要|想|让你|说要)|与其|不用|不必|不需要|别|不要|先别|千万别)(?:把|将)?)(?P<of>[^,。;!?\n]{{0,14}}?){_V}(?:了|掉)*(?P<of2>[^,。;!?\n]{{0,12}}?)(?:了|吧)*[,。; ]+(?P<but>(?:(?:而|我)?是(?:要|想|让你|说要?)?|不如|还是|就|只要|改成|可以)*)(?P<do>[^,。;!?\n]{{2,}})"
)
_BEFORE_ZH = re.compile(
    rf"(?P<thing>[^,。;!?\n]{{1,10}}?)(?:的)?(?P<not>不用|不必|不需要|别|不要|先别)(?:完全|全部|都|整个|整段)?{_V}(?:了|掉)*(?:吧)?[,。; ]+(?P<do>[^,。;!?\n]{{2,}})"
)
_DOES_ZH = re.compile(
    r"[调降升提缩拉放加减剪改变裁静]|[大小快慢亮暗长短轻响淡]一?[点些]|[到成]|黑白|倒放|镜像|[\d一二两三四五六七八九十]"
)


_DONT_JUST = Sieve(
    re.compile(  # "dont mute the interview just make it quieter": what shall be done begins at "just"
        rf"(?<![a-z])(?:don'?t|do not|never) {_ACT}(?![a-z])[^,.;!?\n]{{2,40}}?(?P<joint> )(?:(?:but|and|so) )?(?:(?:just|only|simply) (?!(?:because|yet|like|so|in|for|to|when|if|as|now|an?|the|my|this|that)(?![a-z]))|(?:rather|instead) (?={_ORDER})|(?={_ORDER} (?:it|them|that)(?![a-z])))"
    )
)
_INSTEAD = Sieve(
    re.compile(  # "don't cut the speech, cut the closeup instead": nothing is put in its place
        rf"(?<![a-z])(?:don'?t|do not|never) {_ACT}(?![a-z])[^,.;!?\n]{{2,40}}[,.;] *(?:but |rather )?{_ACT}(?![a-z])[^,.;!?\n]{{2,40}}?(?P<instead> instead)(?= *(?:$|[,.;!?\n]))"
    )
)
_DONT_JUST_ZH = re.compile(  # 别删旁白静音就行, 湖那段别静音调小声点
    rf"(?:别|不要|不用|不必|不需要)把?{_V}(?:了|掉)?(?P<thing>[^,。;!?\n的]{{0,6}}?)(?P<do>(?:就|只|改|调|放[大慢]|加速|静音|[大小]声|[大小亮暗快慢短]一?[点些]|缩短|剪到|变)[^,。;!?\n的]+)(?=$|[,。;!?\n])"
)


_HIDES_ZH = Sieve(
    re.compile(r"[,;]?(?:别|不要|不能|免得|以免|省得|避免)(?:再)?(?:挡|遮)(?:住|到|着|了)*[^,。;!?]{1,6}(?=$|[,。;!?])")
)
_UNCUT_ZH = re.compile(
    r"(?:千万|但|可|就)*(?:别|不要|不能|不用|不许|不可以)(?:给我|把画面|画面)?裁(?![成为到])[切剪掉]*"
)
_SHAPE_ZH = re.compile(
    r"\d ?[:比] ?\d|[竖横]屏|[竖横]版|方形|正方|方的|[留白黑]边|填[充满]|铺满|比例|画幅|[补留]白|白底|照片|图片|画面"
)


def put_as_dont(plain: Plain, scene: Scene) -> Plain:
    """The message with all that it forbids in those words."""
    if scene.empty or _GATE.search(plain.text) is None:
        return plain
    plain = said_plainly(plain, scene)
    if re.search(r"[\u4e00-\u9fff]", plain.text):
        return _zh(plain, scene)
    for match in reversed([*_NOT_BE.finditer(plain.text)]):
        who = match["who"] or match["who2"]
        named = [m for m in mentions(who, scene) if m.things]
        muted = _DONE[match["done"]] == "mute" and any(
            t.segment.sound and t.segment.sound.muted for m in named for t in m.things
        )
        if named and not muted:  # what is muted and should not be is to be heard
            plain = plain.instead(match.end("lead"), match.end(), f" don't {_DONE[match['done']]} the {who}")
    for match in reversed([*_NOT_WANTED.finditer(plain.text)]):
        if any(t.role != "music" for m in mentions(match["who"], scene) for t in m.things) or match["done"]:
            how = match["place"] or ""
            act = "put" if how else _DONE.get(match["done"], "remove")
            plain = plain.instead(*match.span(), f" don't {act} the {match['who']} {how}".rstrip())
    for match in reversed([*_NOT_SO.finditer(plain.text)]):
        if match["so"] not in _DONE:
            plain = plain.instead(*match.span(), f" don't make {(match['who'] or match['who2']).strip()} {match['so']}")
    if needless := _NOT_NEEDED.search(plain.text):
        plain = plain.instead(*needless.span(), "no ")
    for match in reversed([*_NOT_DO.finditer(plain.text)]):
        act = _ING.get(match["act"], match["act"])
        plain = plain.instead(match.start(), match.end(), f"don't {act}")
    if (instead := _INSTEAD.search(plain.text)) is not None:
        plain = plain.instead(*instead.span("instead"), "")
    if (just := _DONT_JUST.search(plain.text)) is not None:
        plain = plain.instead(*just.span("joint"), ", ")
    return plain


def _zh(plain: Plain, scene: Scene) -> Plain:
    if (just := _DONT_JUST_ZH.search(plain.text)) and (not just["thing"] or _names(just["thing"], scene)):
        plain = plain.instead(just.start("do"), just.start("do"), ",")
    for match in reversed([*_NOT_ZH.finditer(plain.text)]):
        if "没" in match["not"] and _BACK_ZH.search(plain.text):
            continue  # 没让你删标题,恢复一下
        if match["not"] not in ("别", "不要") and not match["rest"].startswith(("要", "是")):
            plain = plain.instead(*match.span("not"), "别")
    if mine := _NOT_MINE_ZH.search(plain.text):
        plain = plain.instead(*mine.span(), "别")
    if ("盖" in plain.text or "压" in plain.text) and (over := _NOT_OVER_ZH.search(plain.text)):
        plain = plain.instead(*over.span(), "说话时压低音乐" if scene.timeline.media else "")
    if (hiding := _HIDES_ZH.search(plain.text)) and hiding.start() > 3:
        plain = plain.instead(*hiding.span(), "")  # 角标放到右下,别挡字幕: why, and no wish
    if "裁" in plain.text and (uncut := _UNCUT_ZH.search(plain.text)) and _SHAPE_ZH.search(plain.text):
        plain = plain.instead(*uncut.span(), "完整显示")  # 改成4:5,别裁画面: how it meets another shape
    if so := _NOT_SO_ZH.search(plain.text):
        plain = plain.instead(*so.span(), "别用")
    if most := _AT_MOST_ZH.search(plain.text):
        plain = plain.instead(
            *most.span(),
            "最多" if re.search("[每各]", plain.text) or _SHAPED_ZH.fullmatch(plain.text, 0, most.start()) else "剪到",
        )
    text = plain.text
    if (but := _BUT_ZH.search(text)) and _alone(but["do"], scene) and not re.search("算了|不对|等", but["why"]):
        named = [m for m in mentions(but["why"], scene) if m.things and m.kind not in ("pronoun", "film", "all")]
        if named and named[-1].end - named[0].start <= 8:
            said = but["why"][named[0].start : named[-1].end]
            if _TOO_ZH.search(but["why"]):
                return plain.instead(but.start("why"), but.start("do"), said)
            return plain.instead(but.start("do"), but.start("do"), said)
    if _BACK_ZH.search(text):
        return plain
    wrong = _NOT_IT_ZH.search(text)
    said_before = wrong is not None and wrong["other"] in text[: wrong.start()]  # a correction
    if wrong and not said_before and _names(wrong["other"], scene) and _says_more(text[wrong.end() :], scene):
        return plain.instead(*wrong.span(), "")
    unfaded = _UNFADED_ZH.search(text)
    if unfaded and _names(unfaded["thing"], scene) and _alone(unfaded["do"], scene):
        return plain.instead(unfaded.start("do"), unfaded.start("do"), unfaded["thing"])
    if (before := _BEFORE_ZH.search(text)) and _names(before["thing"], scene) and _alone(before["do"], scene):
        return plain.instead(before.start("not"), before.start("do"), "")  # 音乐不用静音,降到一成
    if rather := _INSTEAD_ZH.search(text):
        of = next((words for words in (rather["of"], rather["of2"]) if _names(words, scene)), "")
        meant = rather["but"] or rather["not"] != "与其"
        made = rather["but"].rpartition("改成")[1]  # 别删标题,改成蓝色就行: into what stays said
        if of and meant and _alone(made + rather["do"], scene):
            return plain.instead(rather.start(), rather.start("do"), of + made)
    return plain


_AT_MOST_ZH = Sieve(
    re.compile(r"(?:不要|别|不能|不可以|不得|不)超过(?=\d|[一二两三四五六七八九十半])")
)  # 片头不要超过3秒
_SHAPED_ZH = re.compile(  # 抖音用的,改成竖屏,别超过三十秒: of the film, which may be shorter already
    r"(?:(?:发|传|放|要|给)?[到在上]?(?:抖音|快手|小红书|视频号|b站|朋友圈|ins(?:tagram)?|reels?|tiktok)[^,。;\d]{0,6}[,。; ]+|(?:改成|弄成|做成|转成|要|换成)?[竖横]屏的?[,。; ]+)*"
)
_NOT_MINE_ZH = Sieve(re.compile(r"(?:^|(?<=[,。;!?\n]))我(?:可|也)?不要(?=再?[把将])"))  # 我不要把标题放上面
_NOT_OVER_ZH = re.compile(  # 音乐换成钢琴,但别盖过我说话的声音
    r"(?:^|(?<=[,。;!?\n]))(?:但是?|不过|可是?|只是|而且|就是|最好|千万|记得|再|然后|另外|,| )*(?:[让把]?(?:它|(?:背景)?(?:音乐|配乐)|bgm)的?(?:声音?)?)?(?:不要|别|不能|不许)(?:再|老|总)?(?:让(?:它|音乐|配乐|bgm))?(?:盖|压)(?:[过住掉]了?|过去)[^,。;!?\n\ue000]{0,6}?(?:说话|讲话|人声|旁白|声音|解说|对白|口播|配音|台词|主持人?|嘉宾|老师|主播)(?:的?声音?)?(?:了|就行|就好|吧|哦|啊)*(?=$|[,。;!?\n])"
    r"|(?:^|(?<=[,。;!?\n]))(?:再|另外|,| )*[让把]?(?:旁白|人声|说话声?|讲话声?|解说|配音|对白|口播)(?:不要|别|不能)(?:再|老|总)?(?:被|给|让)(?:背景)?(?:音乐|配乐|bgm)的?(?:声音?)?(?:盖|压)[过住掉]?了?(?:吧|啊)*(?=$|[,。;!?\n])"
)
_BUT_ZH = re.compile(  # 音乐太长了,但别剪,淡出就好
    rf"(?P<why>[^,。;!?\n]{{2,20}})[,。](?:但是?|不过|可)?(?:别|不要|不用|不必|先别){_V}(?:了|掉)*[,。](?P<do>[^,。;!?\n]{{2,}})"
)
_TOO_ZH = re.compile(r"(?:太|有点|过于)[长短大小吵暗亮快慢响](?:了|啦|啊)*$")
_NOT_IT_ZH = Sieve(
    re.compile(r"(?:其实)?不是(?P<other>[^,。;!?\n是]{1,12}),(?:而)?是(?=[^,。;!?\n]{2,24})")
)  # 不是湖那段暗,是航拍太暗了
_UNFADED_ZH = re.compile(
    r"(?P<thing>[^,。;!?\n]{1,8}?)的?(?:不用|不要|别)(?:再)?(?:淡[入出]|渐[入出]|循环)(?:了)?[,。]+(?P<do>[^,。;!?\n]{3,})"
)


def _names(words: str, scene: Scene) -> bool:
    return any(m.things and m.kind not in ("pronoun", "film", "all") for m in mentions(words.strip(), scene))


def _says_more(words: str, scene: Scene) -> bool:
    """Is something said of a thing that is named: 第二段变慢, and not 第二段 alone?"""
    named = [m for m in mentions(words, scene) if m.things and m.kind not in ("pronoun", "film", "all")]
    return bool(named) and len(words.strip(" ,。!吧了")) > named[0].end + 1


def _alone(do: str, scene: Scene) -> bool:
    """Does it ask for something, of nothing that is named?"""
    if re.match(r"[只仅其剩另别]", do):
        return False
    return _DOES_ZH.search(do) is not None and not any(m.things or m.every for m in mentions(do, scene))
