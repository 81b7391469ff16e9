"""What of a message is never divided: "black and white", "between the lake and the drone", a range of times."""

from __future__ import annotations

import re
from itertools import pairwise

from reelscore.converse.mention import Mention
from reelscore.converse.quantities import Quantity
from reelscore.converse.sieves import Sieve

_TOGETHER = re.compile(
    r"(?<![a-z])(?:(?:black|white) and (?:white|black)|(?:picture|video|image) and (?:sound|audio)|(?:sound|audio) and (?:picture|video|image)|drums? (?:and|&) bass|r and b|rock and roll|in and out|again and again|over and over|a?round and a?round|on and on|up and down"
    r"|(?:left|right|top|bottom) and (?:the )?(?:left|right|top|bottom)|back and forth|(?:start|beginning) and (?:the )?end|out and in|salt and pepper|now and then|little by little|louder and quieter|quieter and louder|faster and slower|slower and faster|brighter and darker|darker and brighter"
    r"|bigger and smaller|smaller and bigger|higher and lower|lower and higher|longer and shorter|shorter and longer)(?![a-z])"
    r"|(?<![a-z])at first(?:,| and| but| then)+ [^,.;]{3,40}? (?:at|in|towards|by|near) the (?:very )?end(?![a-z])"
    r"|(?<![a-z])(?:drops?|cuts?|stops?|goes?|dies?|fades?) [^.;]{2,50}?(?:,? and|,? then|, but)(?: then)? (?:to )?(?:comes?|kicks?|starts?|goes) (?:back|again)(?![a-z])"
    r"|(?<![a-z])(?:all|every|everything|each|everyone)(?![a-z])[^.;,]{0,40},? but (?:not |for )?(?:on |for |in |at )?(?:the |my )?(?!an? |add|put|make|keep|leave|cut|export|fade|lower|raise|turn|set|then|also|please|do|don)[a-z0-9]+"
    r"|(?<![a-z])(?:keep|leave|leaving|keeping) (?:the |my )?[a-z -]{2,20} and (?:the |my )?(?!export|render|fade|mute|save|blur|loop|reverse|mirror|undo|duck|crop|zoom|flip)[a-z]{3,14}(?: (?:alone|as (?:it|they) (?:is|are)|untouched|unchanged))?(?=[.,;!]|$)"
    r"|(?<![a-z])(?:between|swap|switch) (?!places|them|both|positions|it |(?:the )?(?:first|last) two)(?:the )?[\w. -]{1,30}? and (?:the )?[\w.-]+"
    r"|(?<![删去移清消解扣排])除(?:了|掉|去|开)?[^,。;]{1,24}, ?[^,。;]|(?:(?<![删去移清消解扣])除(?:了|掉|去)?|只(?:留|要|保留|剩|保)下?)[^,。;]{1,20}, ?(?:把|给|让)?(?:其他|其它|其余|别的|剩下|剩余|全|都|所有)"
    r"|(?:^|(?<=[,。;]))[^,。;]{1,14}?(?:不动|别动|不变|别变|不用动|不用改|不改|别改|不管|留着|留下|保持原样|保持不变)[,， ]*(?:但|就|把|给|让)*(?:其他|其它|其余|别的|剩下|另外)[^,。;]"
    r"|(?:人名条|名条|名牌)[^。;]{0,14}\ue000+[,， ]*(?:副标题|第二行|下面|头衔|职务|职位|身份|小字)?(?:是|写|:)*\ue000+"
    r"|^(?:and |but |also |then )?(?:in|during|for|over|under|while|when|throughout|on) [^,.;]{3,36}, ?[^,.;]{0,24}?(?<![a-z])(?:music|song|voice|voice-?over|narration|bgm|soundtrack)(?![a-z])"
    r"|(?<![a-z])(?:start|begin|open)(?:ing)? with [^.,;]{2,20}?(?:,? (?:and )?(?:then|followed by) (?!cut|add|put|make|fade|set|turn|remove|delete|export|trim|mute|lower|speed|slow|show|play|drop|zoom)[^.;,]{2,20})+(?=[.;,!]|$)"
    r"|[\w\u4e00-\u9fff.]{1,16}(?:和|与|跟)[\w\u4e00-\u9fff.]{1,16}?(?:之间|中间|换位置|互换|对调|调换)"
)
_BOUND = Sieve(_TOGETHER)
_AND = re.compile(r" ?(?:,|and|&|, and|plus|or) ?")


def undivided(
    text: str, quantities: tuple[Quantity, ...], mentions: tuple[Mention, ...]
) -> tuple[tuple[int, int], ...]:
    """What must not be divided: each quantity, and a range from its beginning to its end."""
    held = [(q.start, q.end) for q in quantities]
    pairs = pairwise(quantities)
    held += [m.span() for m in _BOUND.finditer(text)]
    held += [(m.start, m.end) for m in mentions if m.nth is not None]
    held += [  # "clips 1 and 3"
        (a.start, b.end)
        for a, b in pairwise(mentions)
        if b.nth is not None and text[b.start : b.end].isdigit() and _AND.fullmatch(text, a.end, b.start)
    ]
    held += [(m.start - 3, m.end) for m in mentions if m.kind == "spared"]  # "all but keep the lake"
    return tuple(held + [(a.start, b.end) for a, b in pairs if a.pair == 1 and b.pair == 2])
