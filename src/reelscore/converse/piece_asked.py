"""Is a piece of music asked for, whatever there is already: "I need a tune for ...", "new one: ...", 给我来一首…歌?

A request and a noun that says it is a piece of music ("a lullaby", 一首圆舞曲), or a noun alone that opens the message and
is described ("soundtrack like an apple ad", 配乐要：…). Who says so, and what it is for, may stand before it: "I teach year
4 and need a tidy-up tune".
"""

from __future__ import annotations

import re

from reelscore.converse.sieves import Sieve

_NOUN = (
    r"(?:(?:sound|backing |title |theme )?tracks?|tunes?|songs?|pieces?(?! of (?!music))|(?:back(?:ground|ing) )?music|scores?|jingles?|lullab(?:y|ies)|waltz(?:es)?|marche?s?|ballads?|anthems?"
    r"|themes?(?: (?:song|music|tune))?|bgm|beats?|instrumentals?|underscores?|(?:music )?beds?|cues?|stings?|stingers?|loops?|interludes?|fanfares?|serenades?|nocturnes?|etudes?|ditty|ditties|banger|bop|walk-?(?:in|on|out) music|groove)"
)
_ASKS = (
    r"(?:(?:i'?m |we'?re |i am |we are )?(?:after|looking for|in need of|searching for|hunting for)|(?:i|we)(?:'d| would)? (?:really |just |also )*(?:need|want|like|love|could use|could do with)|(?:and |but |so )?needs?|got to have"
    r"|(?:can|could|may) (?:i|we) (?:get|have)|give (?:me|us)|gimme|(?:make|write|compose|do|create|cook|whip|knock) (?:me|us|up|this|it)(?: up| out)?|write|compose|(?:get|hit) (?:me|us)(?: with)?|how about|what about|let'?s (?:do|have|try|go for|make|write)|please|ideally|imagine|cue|craft)"
)
_FIRST = Sieve(  # asked for by name
    re.compile(
        rf"(?<![a-z]){_ASKS} (?:just )?(?:an?|some|one|another|the) (?:(?!(?:the|my|this|that|these|those|clip|shot|video|film|photo|title|caption|text|subtitle|to|into|in|on|at|under|over|with|for|from|more|less|louder|quieter|bit|little|voice|logo|transition)(?![a-z]))[a-z0-9'’.-]+,? (?:and )?){{0,7}}?{_NOUN}(?![a-z-])(?! (?:video|clip|film|title|card|text|shot|volume|list|fade|down|up|louder|quieter|off))"
        r"|(?<![a-z])(?:(?:i'?m|we'?re) (?:after|looking for)|(?:can|could) (?:i|we) (?:get|have)|give me|i (?:want|need)|i'd (?:like|love)|looking for|how about|let'?s (?:have|try)|(?:write|compose|make)(?: (?:me|us))?) something(?: (?:completely|totally|entirely|wholly|quite) (?:different|new|else)[:,]?)?(?! (?:more|less|else|like (?:this|that)|a bit|[a-z]+er(?![a-z])|to |that|on |over |in |across |at |here|there|for the (?:title|text|end)))(?= [a-z])"
        r"|(?:^|[.!?;\n] *)(?:ok(?:ay)?,? |maybe |then |try |how about |so |now )*something (?!more |less |a bit |else |like (?:this|that))(?:(?![a-z]+er )[a-z-]+,? (?:and )?){1,3}(?:with|on|played on|for) (?!more |less |the )"
        r"|(?:^|[.!?\n] *)(?:ok(?:ay)?,? |so,? |and |now,? |next,? )*(?:a )?(?:brand )?(?:new|next|another|different|fresh|second|other) (?:one|piece|track|song|tune|cue|score|theme|music)(?:,? please)? ?[:,–-]"
        r"|^\W*(?:music|soundtrack|score|bgm|(?:backing |background )(?:music|track)|song|theme tune|underscore)(?: (?:idea|brief|wish|request|wanted|needed|please|should be|has to be|must be|to be))* ?(?::(?! *(?:same|keep|more|less|louder|quieter|softer|down|up|off|on|mute|fade|no|[a-z]+er|[\d-]))|,? (?:more |kind of |a bit |something |sort of )*(?:like|along the lines of|in the (?:style|vein|spirit) of|à la|a la) (?!(?:the )?(?:last|first|before|it|this|that)(?![a-z])))"
    )
)
_ZH_NOUN = r"(?:音乐|配乐|歌曲?|[^,。，；]{0,6}曲子?|bgm|旋律|纯音乐|伴奏|主题曲|片头曲|摇篮曲|圆舞曲|进行曲|小调|小曲|背景乐|[独合重协]奏|小品|[^,。，；的]{1,4}乐)"
_ZH = Sieve(
    re.compile(
        rf"(?:给我|帮我|给我们|请|麻烦|我?想?要|需要|求|重新?|再|另外?|换|来|写|做|谱|作|创作|生成|整|搞|弄|配)+(?:来|写|做|谱|作|整|搞|弄|换|要|配)*(?:一|两|几|个|另)*[首支曲](?!歌?里)[^。；;！!？?]{{0,24}}?{_ZH_NOUN}"
        r"|(?:给我|帮我|请|麻烦)?(?:重新?来|再来|另来|重写|另写|再写|重做|换)一?[首支](?:新的)?(?=[,，:：。 ]|$)"
        r"|(?:^|[,，。；])(?:给我|帮我|想要|要)?来[点段首][^,，。；的]{2,6}(?=[,，。；])|^(?:配乐|音乐|曲子|bgm|背景音乐)(?:的?(?:要求|需求|想法|方向))?(?:[:：]|(?:要|想要|希望|最好)?(?:像|类似)(?!上|刚|之前|现在))"
        r"|(?:想要|要|需要|想找|求)(?:一?[个种段点些])?[^,，。；不别]{1,16}的(?:背景)?(?:音乐|配乐|bgm|歌|曲子)(?=[,，。；]|$)"
    )
)
_STORY = re.compile(
    r"\W*(?:(?:hi|hey|hello|ok(?:ay)?|so|well|and|but|also|yo)[,! ]+)*(?:(?:i|we)(?:'m|'re|'ve)?(?: am| are| have| just| also| only)? (?:teach|run|host|make|made|work|film|filmed|shot|do|am|are|(?:an? |the )|have|got|own|sell|write|coach|organi[sz]e|play|lead|direct|edit|edited|produce|stream|study|record|recorded|preparing|making|planning|working|putting|doing|shooting|filming|editing|launching|opening|getting)(?![a-z])"
    r"|(?:it'?s|its|this is|that'?s) (?:for|an?|my|our|going|meant)(?![a-z])|for (?:a|an|my|our|the|his|her|their|some|when|while)(?![a-z])|my [a-z]+(?:'s)? (?:is|has|turns|wants|loves|runs|opens|starts|gets|likes|needs)(?![a-z])|(?:the )?(?:audience|kids|children|people|listeners|players|guests|dancers|students) (?:is|are|will|have|should)(?![a-z])).*"
)
_STORY_ZH = re.compile(
    r"(?:你好|嗨|哈喽|大家好|，|,)*(?:(?:我们?|咱们?|本人|俺)(?:是|在|有|开|教|做|刚|正|准备|打算|拍|家|公司|学校|班|店|下周|明天|周末|最近|办|带|录)|(?:这|那)?(?:是|个是)?(?:给|为|用来|用于|用在|放在|拿来)(?!我)[^,。]{1,18}(?:用的?|放的?|听的?|的时候?|播的?)?$|(?:用途|场景|场合)(?:是|：|:)?).*|(?:我们?)?(?:开|做|教|当|搞|卖|拍)[^,。]{1,8}的"
)


def asks_for_a_piece(text: str) -> bool:
    """Does this ask for a piece of music, and not for a change of one?"""
    return (_FIRST if text.isascii() else _ZH).search(text) is not None or (
        not text.isascii() and _FIRST.search(text) is not None
    )


def tells_a_story(text: str) -> bool:
    """Does this only tell who asks, or what the music is for?"""
    return (_STORY.fullmatch(text) if text.isascii() else _STORY_ZH.fullmatch(text)) is not None
