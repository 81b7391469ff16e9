"""The shape of the film that is wished, by its name: upright, wide, square. How it was filmed is no wish."""

from __future__ import annotations

import re

from reelscore.converse.sieves import Sieve

_SHAPES = (
    ("21:9", r"(?:movie|film|cinema(?:tic)?|widescreen cinema)(?:-style)? (?:black )?bars|black bars[a-z ]*like (?:in |at )?(?:the |a )?(?:movies?|cinema|films?)|cinemascope|cinema(?: ?wide| format| ratio)|ultra-?wide|anamorphic", "电影宽幅|宽银幕|电影比例"),
    ("9:16", r"vertical|portrait|tik ?tok|(?:youtube|yt) shorts?|shorts? (?:for|on) (?:youtube|yt)|reels?|shorts|(?:(?:insta(?:gram)?|ig|facebook|fb|snap(?:chat)?|whatsapp) stor(?:y|ies)|(?<=for )stor(?:y|ies)|(?<=for my )stor(?:y|ies)|(?<=for a )story|(?<=as a )story|(?<=into a )story|stories)|phone format|(?<=the video )upright|(?<=the film )upright|(?<=whole thing )upright|upright (?:video|film|format|version)", "竖屏|竖版|竖的|竖着|竖向|抖音|快手|手机屏|小红书|竖起来|直式|直版"),
    ("16:9", r"landscape|widescreen(?! cinema| movie| film)|youtube|horizontal", "横屏|横版|横的|横向|宽屏|b站|横过来"),
    ("1:1", r"square", "方形|正方|方的"),
)  # fmt: skip
_NAMED = Sieve(
    re.compile(
        "|".join(rf"(?P<s{n}>(?<![a-z])(?:{latin})(?![a-z])|{han})" for n, (_, latin, han) in enumerate(_SHAPES))
    )
)
_SHOT = re.compile(  # "i filmed this in portrait", "from portrait to", "not square", 本来是横屏
    r"(?<![a-z])(?:film(?:ed)?|shot|record(?:ed)?|captured|taken|came out)(?: (?:it|this|that|them|everything|all|the (?:whole )?(?:video|film|clip|thing)s?))*(?: (?:all|originally|accidentally|by (?:mistake|accident)|stupidly|with (?:my|a) phone|on (?:my|a) phone))*(?: (?:in|as|a))* $"
    r"|(?<![a-z])(?:from|instead of|rather than|not)(?: (?:in|an?|the))* $"
    r"|(?:本来|原来|原本|原先|现在|目前|之前|原片|拍)(?:的时候|出来|成)*(?:都|全)?(?:是|成)(?:了)?的?$|不要$|不是$|(?:[那这][段条个张]|素材|片段|镜头|照片|第.[段个条张])(?:都|全|本来|原本)*是$"
)
_IS = re.compile(
    r"(?<![a-z])(?:(?:it|this|that|they|everything)(?:'s|'re| is| are| was| were)|(?:video|film|clip|footage|original)s? (?:is|are|was|were)|i have it|i'?ve got it)(?: (?:currently|now|still|all|just|only|in|an?|originally|right now))* $"
)
_NOW = re.compile(r"[a-z ]{0,10}(?:(?<![a-z])(?:now|at the moment|atm|currently|but|and|so)(?![a-z])|[,;.])")
_TURNED = re.compile(  # 竖着拍的, 竖屏改横屏, "this vertical video into a wide one"
    r"[着的地屏版向]{0,2}拍(?:的|了|摄)|的?[那这]一?[段个条张]|[着的屏版向]{0,2}(?:改|换|变|转)(?:成|为|到)?(?=[^,。]{0,4}[竖横正方宽])"
    r"|(?: (?:video|film|clip|footage|format|version|one|cut|edit|canvas))? (?:(?:(?:in)?to|as) (?:an? |be )?)?(?:more )?(?=landscape|wide|horizontal|vertical|portrait|square|youtube|tik ?tok|reels?|shorts|\d)"
)
_FAR = 100  # letters before a shape that may say how it was filmed


def shape_said(text: str) -> str | None:
    """The ratio of the shape that is wished; None where none is, or only how the film was shot."""
    for match in _NAMED.finditer(text):
        start, end = match.span()
        near = max(0, start - _FAR)
        shot = _SHOT.search(text, near, start) or (_IS.search(text, near, start) and _NOW.match(text, end))
        if not shot and not _TURNED.match(text, end):
            return next(shape for n, (shape, _, _) in enumerate(_SHAPES) if match[f"s{n}"])
    return None
