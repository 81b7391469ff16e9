"""What somebody tells before any wish: "my sister got married and I have these videos", 这几段是孩子生日拍的.

It asks for nothing and is no complaint, so it is neither carried out nor refused.
"""

from __future__ import annotations

import re

_LONGEST = 160  # letters
_HELLO = r"\W*(?:(?:hi+|hello|hey+|good (?:morning|evening|afternoon)|ok(?:ay)?|so|well|yeah|and|there|everyone|all|guys|you|你好|您好|大家好|老师好|老师们好|在吗|在么|嗨|哈喽|嗯|那个)[,，.!。！ ]*)*"
_GREETING = re.compile(_HELLO)
_TOLD = re.compile(
    rf"{_HELLO}(?:"
    r"(?:just )?(?:back|home) from [a-z' ]{2,30}(?:, (?:these|this|here) (?:are|is) .*)?|"
    r"(?:(?:(?:at|around|about) )?[\d:.]+ ?(?:s|secs?|seconds?|min|minutes?)?(?: mark)?(?: in)?,? )?"
    r"(?:(?:i|we)(?:'m|'ve| am| are| have)?|just|(?:my|our|his|her) [a-z' ]{2,30}?|(?:this|these|that|those|it|they|here|there)(?:'s|'re| is| are| was| were)?(?: all)?)"
    r" (?:(?:just|recently|finally|also|only|all|mostly|basically|actually|yesterday|still) )*"
    r"(?:got (?:back|home|married|engaged|an?|some|this|these|here)|came (?:back|home)|have|had|has|was|were|film(?:ed)?|filming|shot|recorded|took|taken|went|visited|spent|started|run|runs|own|sell|sells|teach(?:es)?|celebrated|turned|play(?:s|ed)?|in|at|on|from|for|of|my|our|the|some|a|an|a few|what|clips?|videos?|footage|photos?|pictures?|recordings?|shots|scenes|takes|new (?:here|to this)|are my|is my)(?![a-z]).*"
    r"|(?:一共|总共)?(?:我们?|咱们?|他们?|她们?|孩子|宝宝|女儿|儿子|朋友|同事|老板|公司|店里|[昨今前]天|上周|上个月|周末|去年|刚刚?|这|那|这些|这几[段个张]|都)[^?？]*?"
    r"(?:拍的?|录的?|的(?:视频|照片|素材|片段|片子|录像|短片|作品|婚礼|生日|店)|回来|结婚|毕业|生日|旅[行游]|店|节目|课|比赛|演出|活动|聚会|开业)(?:了|的|啦|呢|啊|哦|呀)*"
    r"|(?:这|那)(?:些|几[个段张首]|个|段|首|是)?(?:都|就)?是?(?:我|我们|咱们|他|她|孩子|家里?|公司|学校|店里)[^,，。?？]{1,14}"
    r")[.,。!！~ ]*",
    re.DOTALL,
)
_WANTS = re.compile(
    r"(?<![a-z])(?:want|wants|wanted|need|needs|wish|would|could|should|must|ha(?:s|ve|d) to|fit|gotta|can|please|let'?s|make|put|add|cut|use|get rid|give|turn|mute|silence|bleep|beep|cover|duck|lower|drop|lose|kill|take|keep|move|trim|shorten|remove|delete|change|fix|too|not|never|no|don'?t|doesn'?t|isn'?t|aren'?t|can'?t|didn'?t|won'?t|without|missing|boring|bored?|bad|ugly|slow|fast|dark|bright|loud|quiet|wrong|blurry|shaky|weird|broken|hard|off|how|why|which|louder|quieter|longer|shorter|better|worse|more|less|a bit|a little|kind of|kinda|faint|weak|noisy|hardly|barely|voice|music|title|sound|picture|colou?rs?)(?![a-z])"
    r"|[要想加配把改换调剪删放弄太不没]|有点|能|可以|怎么|吗|帮|去掉|做个|做成|请|[\"“”‘’「]"
)


def only_tells(message: str) -> bool:
    """Is only told what the pictures are of, or where they come from?"""
    text = message.strip().lower().replace("’", "'")
    if len(text) > _LONGEST or "?" in text or _TOLD.fullmatch(text) is None:
        return False
    return _WANTS.search(text, _GREETING.match(text).end()) is None  # type: ignore[union-attr]
