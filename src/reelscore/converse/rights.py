"""Is it asked who may use what was made: "can I use it on YouTube?", "is this copyright free?", 能商用吗?"""

from __future__ import annotations

import re

from reelscore.converse.sieves import Sieve

_MAY = (
    r"(?:(?:(?:can|could|will|would) (?!you)|may |should |do |am |are |is |does |what about |how about |who |whose )"
    r"|(?:i'?m )?(?:wondering|asking|curious|not sure|worried) (?:if|whether|about)|(?:tell me|do you know|any idea) (?:if|whether|who) )"
)
_LEAD = r"\s*(?:(?:so|and|but|ok|okay|also|hey|hi|wait|sorry|quick question|just wondering)[,:]* )*"
_WORD = r"(?<![a-z])(?:copy ?right(?:ed|s)?|royalt(?:y|ies)|licen[cs](?:e|ed|es|ing)|monetis(?:e|ed|ing)|monetiz(?:e|ed|ing)|content id|take ?downs?|strikes?|legal(?:ly)?|commercial(?:ly)?|claimed|sued|owns?|(?:the|any) rights|rights to|attribution|credit (?:you|anyone|someone|reelscore))(?![a-z])"
_WHERE = r"you ?tube|tik ?tok|insta(?:gram)?|facebook|twitch|spotify|vimeo|social media|my (?:channel|podcast|business|website|site|company|store|shop|clients?|customers?)|ads?|an? (?:advert\w*|ad|commercial|client|podcast|film|game)|clients?|business|public(?:ly)?|online|the internet|sell"
_USE = (
    rf"(?:can|could|may|am|is|are|do|will) (?:i|we|it|this|that|the (?:music|song|video|film|track|result)|they)(?: be)?(?: (?:allowed to|able to|ok(?:ay)? to|safe to|fine to|free to|legal to|permitted to|really|also|still|legally|safely|ok(?:ay)?|safe|fine|free|just))*"
    rf" (?:use[sd]?|post(?:ed)?|publish(?:ed)?|upload(?:ed)?|share[d]?|put|sell|sold|played?|run|for|on|in)(?: (?:it|this|that|them|the (?:music|song|video|film|track|result|whole thing)|my (?:video|film)))?(?: up)?(?: (?:for|on|in|to|as|with|at))*(?: (?:my|a|an|the))? ?(?:{_WHERE})(?![a-z])"
    r"|(?:can|could|may) (?:i|we) (?:legally |also )?(?:sell|publish) (?:it|this|that|the (?:music|song|video|film|track|result))(?![a-z])"
)
_ZH = r"版权|侵权|商用|商业(?:使用|用途|化)|授权|会不会(?:被)?(?:告|下架)"
_SAID = re.compile(rf"{_LEAD}(?:{_MAY}[^.!;]*{_WORD}|{_USE})", re.IGNORECASE)
_SAID_ZH = Sieve(
    re.compile(
        rf"(?:{_ZH})[^,。声]{{0,8}}(?:吗|么|嘛|不|呢|谁|\?|？)|(?:有没有|有|涉及)(?:什么)?版权(?:问题)?(?:吗|么|嘛|\?|？)?|版权(?:是|归|算|属于?|在)(?:谁|我|哪)|(?:能|可以)(?:不能|不可以)?(?:开|有|拿|申请)?(?:收益|变现|盈利|赚钱)(?:吗|么|嘛|不|\?|？)"
        r"|(?:能|可以)(?:不能|不可以|直接|放心|随便)*(?:用在|用到|用于|发到?|发布到?|放到?|上传到?|拿去卖|卖).{0,12}(?:吗|么|嘛|不|\?|？)"
    )
)


def is_rights(text: str) -> bool:
    """Asks the text who may use it, and where? Lower case, or as it was typed."""
    if text == "rights":
        return True
    if text.isascii():
        return _SAID.match(text) is not None
    return _SAID.match(text) is not None or _SAID_ZH.search(text) is not None
