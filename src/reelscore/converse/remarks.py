"""What people say around a wish: courtesy, whose wish it is, numbers of a list, and remarks that ask for nothing.

Only English; Chinese asides are read elsewhere. Whatever is taken out leaves blanks, so places stay true.
"""

from __future__ import annotations

import re

from reelscore.converse.rights import is_rights
from reelscore.converse.sieves import Sieve

_EDGE = r"(?:^|(?<=[.!?;:\n,]\s)|(?<=\band )|(?<=\bthen )|(?<=\bbut )|(?<=\bso ))"
_WHO = (
    r"(?:(?:my |the |our )?(?:client|boss|customer|lawyer|legal|marketing|meta|management|team|director|producer|editor|brand|sponsor|agency|wife|husband|mum|mom|dad|friend|sister|brother|colleague|teacher|kid|girlfriend|boyfriend|daughter|son)s?"
    r"|they|she|he|someone|everyone|everybody|people|somebody)"
)
_SAYS = r"(?: (?:also|now|still|just|all|really))?(?:'d like| would like| would love| (?:said|says?|thinks?|thought|wants?|wanted|needs?|insists?|insisted|asks?|asked|prefers?|demands?|reckons?|feels?|suggests?|suggested))(?: me)?(?: that| for| we| you to| to have| to| on)*"
_THEN = r"(?: (?:see (?:your way|fit)(?: clear)? to|(?:be (?:willing|able|so kind(?: as)?) to)|consider|possibly|perhaps|kindly|please|find (?:a way|the time) to|see about|be up for|help me(?: to)?|mind))*"
_COURTESY = re.compile(
    rf"{_EDGE}(?:(?:hey+|hi+|hello|yo|ok(?:ay)?|oh|so|well|now|um+|uh+|er+|hmm+|alright|right|btw|omg|lol|haha+|please|pls|sorry|actually(?= could| can)|also|just|maybe|first(?= of all)? of all|quick one)[,!.]* +)*"
    r"(?:(?:can|could|would|will|may|might) (?:you|we|u|i)(?: please| pls| just| maybe| also| kindly| quickly| possibly| perhaps)*(?: mind| be able to| be so kind (?:as )?to| help me(?: to)?| consider| be up for| see about)?"
    r"|(?:i was wondering|wondering) (?:if|whether) (?:you|we) (?:could|can|might)(?: please| maybe)?|do you think (?:you|we) (?:could|can)|is it possible to|would it be possible to|is there (?:a|any|some) (?:way|chance|possibility|option) (?:to|you can|we (?:can|could)|that (?:you|we) (?:can|could)|of(?= \w+ing))|any chance (?:you|we) (?:could|can)"
    rf"|(?:i|we)(?:'d| would)? (?:really |so |very much )*(?:appreciate|love|like|be (?:ever so |so |very |most |really |eternally |super )*(?:happy|glad|grateful|thankful|obliged|delighted)) (?:it )?if (?:you (?:could|would|can|might|were to)|we (?:could|can))?{_THEN}|(?:(?:i|just) )?wonder(?:ed|ing)? (?:if|whether) (?:you|we) (?:could|can|might|would){_THEN}|(?:might|may|could|can) i (?:trouble|ask|bother|get|have) you to|(?:it )?would be (?:so |really |very )*(?:great|nice|lovely|cool|good|awesome|perfect|amazing|wonderful|helpful) (?:if (?:you (?:could|would|can))?|to)|do me a favou?r and|be a (?:dear|darling|star|legend) and|i(?:'d| would)? rather(?: have)?|i(?:'d| would)? (?:want|need|like|love|prefer) (?:you )?to(?= \w)|i need you to|what (?:i|we)(?:'?d| would)? (?:really |actually |basically )*(?:like|want|need|love|have in mind)(?: to (?:do|see|have))? is that|you (?:can|could|should|may|might want to)|let'?s(?: just| also| maybe)?|why don'?t (?:you|we)|how about we|(?:how|what) about(?= [a-z]+ing (?:the|my|it|all|that)(?![a-z]))|we (?:should|could|need to|have to|want to)|i (?:wanna|want to|gotta|have to|must)"
    r")(?= [a-z])(?! (?:(?:edit|make|create|cut|produce|handle|do|write|compose|add|use) (?:[a-z]+ (?:and|or) )?(?:videos|films|movies|clips|reels|shorts|vlogs|photos|songs|music|soundtracks|subtitles|captions|text|effects|transitions|voice ?overs|stuff|things|editing)(?: and [a-z]+| or [a-z]+| too| as well| for me)*\??$|do(?! it| this| that| the same)|explain|tell|help|say|ask|see|hear|have(?! the| it| that)|get(?! rid| the| it| that)|be(?! sure)|make it so|know|show me|export|render|save|download|use the|not)(?![a-z]))"
)
_ASIDE = re.compile(
    r"(?<![a-z])(?:i|we) (?:don'?t|do not) (?:have|got) (?:an?|any) (?:video|film|footage|clips?|pictures?|photos?)(?: (?:for (?:it|this|that)|yet|at all|here))?(?:[.,;!] | and | but )(?=\w)|(?<![a-z])(?:(?:i|we)(?:'ve| have)? (?:just )?)?changed (?:my|our) minds?(?: (?:about|on) (?:it|this|that))?(?: again)?(?: [,.;:!-]+|[,.;:!]+)(?= \w)|(?<![a-z])(?:omg|lol|lmao|rofl|ha(?:ha)+|hehe+|xd|btw|tbh|imo|imho|fyi|atm|bro|bruh|y'?all|literally|basically|honestly|obviously|apparently|kinda|sorta|if (?:you can|possible|you could|that'?s (?:ok|okay|possible))|when you can|asap|real quick|for real)(?![a-z])"
)
_HANDED = re.compile(  # "heres the clip, use seconds 5 to 15 of it": it is there already
    r"^\s*(?:(?:hi|hey|hello|ok(?:ay)?|so)[,! ]+)*(?:here(?:'?s| is| are)|this is|these are) (?:the|my|our|your|a|some)(?: (?:new|raw|full|whole|video|film))? (?:clips?|videos?|files?|footage|photos?|pictures?|songs?|tracks?|recordings?)[,.:;! -]+(?=(?:please |just |only )?(?:use|take|put|make|add|cut|trim)(?![a-z]))"
)
_LIKENESS = re.compile(  # "sepia like my grandpa's photos": the look is named, and no photo of the film
    r"(?<![a-z])(?P<look>sepia|vignett(?:e|ing)|(?:dark|black) (?:corners|edges)|black (?:and|&) white|b ?(?:&|and|n) ?w|vintage|faded|grainy|monochrome|retro)(?:[ ,]+(?:look|tone|filter|style|please|just))*"
    r"(?P<like>,? (?:like|as) (?:in |on |from )?(?!(?:the )?(?:other|first|second|last|rest|next|same))(?:(?:my|our|your|the|those|these|some|an?|all) )*(?:(?:old|very|really|great|grand) ?)*(?:[a-z]+'s |old |family |[a-z]+time )*(?P<of>photos?|pictures?|pics?|films?|movies?|videos?|postcards?|albums?|snapshots?|polaroids?)(?: (?:of|from|in) (?:my|the|her|his|our|a)? ?[a-z0-9' ]{2,24})?)(?: (?:have|had|did|used to have|do))?(?=\s*(?:[.,;!?]|$))"
)
_NEVER_MIND = re.compile(  # "never mind the title, just turn the music down"; behind a wish it is a correction
    r"^\s*(?:ok(?:ay)?,? |oh,? |actually,? |no,? )*(?:never ?mind|forget(?: about)?|ignore|scratch) (?:the |my |that )?[\w ]{1,24}?[,;.-]+ *(?:just |instead,? |rather |(?=(?:stop|cancel|abort) ))(?=\w)"
)
_PRAISED = re.compile(  # "everything is great except the music is too loud"
    r"(?:^|(?<=[.!?;,\n] ))(?:(?:ok(?:ay)?|hey|hi|wow|so|yeah|yes|oh)[, ]+)*"
    r"(?:(?:(?:everything|it|all|the (?:rest|whole thing|video|film|edit)|this|that|these|rest)(?:'?s| is| are| looks?| sounds?| seems?| was| came out| turned out)?|looks?|looking)(?: (?:all|really|so|very|pretty|already|now|just|otherwise|absolutely|else))*"
    r" (?:great|good|perfect|fine|ok|okay|nice|amazing|awesome|lovely|cool|right|beautiful|fantastic|super|excellent|wonderful)"
    r"|(?:i|we) (?:really |just |absolutely )?(?:love|like) (?:it|this|that|everything|the (?:video|film|edit|rest))(?: all)?|love (?:it|this))"
    r"(?: so far| now| already)?,? (?:except(?: for)?|but|only|just|apart from|aside from|other than)(?: for| that| the fact that)? (?=(?:the|my|your|her|his|i|it|there|clip|that|[a-z]+) )"
)
_WISHED = re.compile(rf"{_EDGE}{_WHO}{_SAYS}(?= (?:the|a|an|it|this|that|our|my|more|less|no|\"|\ue000|[a-z0-9]))")
_NUMBERED = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[:,;]))\(?(?:step )?([1-9])(?:[.):]|(?<=step \d):?)(?=\s+[^\s\d])")
_OPENING = re.compile(
    r"^\s*(?:(?:ok|so|hey|hi|and)[, ]+)*(?:(?:here'?s?|heres|this is|that'?s) (?:is )?(?:what|my)[^:,.]{0,30}|(?:\w+ ){0,3}(?:things?|changes?|edits?|fixes|notes?|wishes|requests?|points?|tasks?|to-?dos?|list|steps|plan|wrap[ -]?up|feedback|corrections?|tweaks?)(?: (?:please|pls|for you|for today|then|left|to make|to do))*) ?:(?= )"
)
REMARK = re.compile(
    r"^(?:(?:well|so|ok(?:ay)?|hey|and|but|because|cause|cuz|cos|since|as|btw|honestly|sorry|though|now|oh)[, ]+)*(?:"
    r"(?:i|we|you|they|he|she|people|nobody|no one|everyone|everybody|viewers?|customers?|(?:my|our|the) (?:client|boss|wife|team|audience|customers?|viewers?|friends?|kids?))(?:'m|'re|'ve|'ll| am| are| have| had| was| were| think| guess| feel| find| know| hope| watch| like| love| hate| only| just| really| never| always| can'?t| cannot| don'?t| didn'?t| forgot| did| said| see| hear| recorded| liked| will| won'?t)(?![a-z]).*"
    r"|(?:it|that|this|there)(?:'s| is| was| looks?| sounds?| feels?| seems?| drags?| bores?)(?![a-z]).*|thats .*|its .*"
    r"|(?:(?:this|that)(?: one)?'?s? )?(?:my |our )?(?:very )?(?:(?:first|last|second|another) (?:time|try|attempt|video|film|project|vlog|day|edit|one)|(?:long ?time|big|huge) (?:fan|user)|(?:total|complete|absolute) (?:beginner|newbie|noob|amateur)|beginner|newbie|new (?:here|to (?:this|editing|all this))|no (?:rush|hurry|pressure|worries)|deadline|quick (?:note|update|question)|(?:working|trying|hoping|planning|preparing|making|finishing|editing|getting|doing|testing|rushing|sitting|shooting|filming|running) (?:on|to|this|it|the|my|a|an|for|out|late|with|some|ready|late)|for (?:my|our|a|an|the) [a-z]+(?:'s)? (?:birthday|wedding|project|channel|class|school|boss|client|party|anniversary|presentation|job|portfolio)|sorry (?:for|about|if|i|to|that))(?![a-z]).*"
    r"|(?:the |this |that |my |our |his |her )?[a-z0-9'][\w'& -]{0,40}? (?:is|are|was|were|feels?|looks?|sounds?|seems?|drags?|hits?|comes?|bores?|goes|gets?|clips?|reads?|ends?|starts?|hates?|likes?|loves?|wants?|needs?|(?:does|do)(?:n'?t| not)(?: really| quite| even)? (?:suit|fit|match|work|flow|go with|line up))(?: on| off)?(?![a-z])(?! (?:to|should)(?![a-z])).*"
    r")$"
)


_WISHES = Sieve(
    re.compile(
        r"(?<![a-z])(?:want|wants|wanted|need|needs|wish|would|could|should|must|has to|have to|let'?s|gotta|please|looking for|after|missing|lacks?|lacking|without|deserves?|calls? for|imagin\w+|think\w*|hop\w+|like(?! (?:it|this|that|the|my))"
        r"|add|put|give|get|make|write|compose|generate|create|find|use|try|score|swap|replace|change)(?![a-z])"
    )
)
_STATES = Sieve(
    re.compile(
        r"\W*(?:(?:well|so|ok(?:ay)?|hey|and|but|because|cause|cuz|cos|since|as|btw|honestly|sorry|though|now|oh|fyi|actually)[, ]+)*"
        r"(?:i|we|he|she|they|you|people|someone|everyone|everybody|nobody|(?:my|our|his|her|their|the|this|that|a|an) (?:[a-z'-]+ ){1,4}?)"
        r"(?:'m|'re|'ve)? ?(?:(?:also|just|really|all|still|always|once|only|both|never|actually|even|totally|absolutely|did|do) )*"
        r"(?:am|are|is|was|were|been|has been|have been|had|have|met|film|films|filmed|shot|recorded|plays?|played|saw|heard|loves?|likes?|loved|liked|hates?|hated|went|goes|made|used|found|bought|got|took|spent|visited|danced|sang|works?|worked|lives?|lived|teach(?:es)?|taught|study|studies|run|runs|ran|host|hosts|hosted|came|comes|happened|says?|said|know|knows|knew|remember|listen(?:s|ed)?|cried|cry|grew|edited|uploaded)(?![a-z])"
    )
)


def states(text: str) -> bool:
    """Does somebody only tell how it is or was, without a wish: "we filmed at a music festival"?"""
    match = _STATES.match(text)
    return match is not None and not _WISHES.search(text)


def plain_wish(text: str) -> str:
    """The text with courtesy, asides and the numbers of a list blanked."""
    text = _HOLDS.sub(lambda m: m[0].rstrip() + ",", text) if _HELD.match(text) else text
    text = _NOT_YET.sub(_held_back, text)
    for pattern in (_OPENING, _HANDED, _TIRED_OF, _PRAISED, _NEVER_MIND, _ASIDE, _WISHED):
        text = pattern.sub(_blank, text)
    text = _LIKENESS.sub(lambda m: m[0][: m.start("like") - m.start()].ljust(len(m[0])), text)
    text = _one_by_one(text)
    text = _COURTESY.sub(lambda m: m[0] if is_rights(m.string[m.start() :]) else _blank(m), text)
    text = _DOING.sub(_as_order, text)
    numbers = [match[1] for match in _NUMBERED.finditer(text)]
    if numbers[:2] == ["1", "2"]:
        text = _NUMBERED.sub(lambda m: ";" + " " * (len(m[0]) - 1), text)
    return text


_TIRED_OF = re.compile(  # "I'm tired of this lofi, give me a disco track": what is there is not what is wished for
    r"^\s*(?:(?:so|well|ok|hey|honestly|ugh),? )*(?:(?:i'?m|i am|we'?re|we are|getting)? ?(?:(?:so|really|just|kinda|a bit|getting) )*(?:tired|sick|bored|fed up)(?: of| with)|(?:i|we)(?: really| just)? (?:don'?t like|do not like|dislike|hate|can'?t stand)|enough (?:of|with)) (?:this|the|that|all this|these|those)? ?"
    r"(?:[a-z-]+ ){0,3}?(?:music|song|track|tune|soundtrack|bgm|score|vibe|lo-?fi|pop|rock|jazz|techno|disco|metal|edm|house|trap|folk|ambient|hip-?hop|classical)(?: (?:music|stuff|thing|song|track|vibes?))?[,.;!]+ *(?=(?:(?:please|so|now|can you|could you|just|and) )*(?:give|write|make|get|find|use|try|put|compose|add|generate|i want|i'?d like)(?: me| us)? (?:some|an?|something)(?![a-z]))(?![^\n]*(?<![a-z])(?:it|that|them|this|instead|like)(?![a-z]))"
)
_DOING = re.compile(
    r"(?:(?<=  )|^)(?P<verb>[a-z]{2,9}ing) (?=(?:the|my|it|all|that|this|an?|everything|clip|up|down)(?![a-z]))"
)
_VERBS = frozenset(
    re.split(
        " ",
        "lower raise make remove reduce move add cut trim mute fade put take turn give change swap replace shorten delete bring set drop let get"
        " rotate flip crop zoom speed slow brighten darken blur split loop reverse export increase decrease extend silence",
    )
)
_FIRST = Sieve(
    re.compile(
        r"(?<![a-z])(?:first(?:ly| off| of all| up)?|number one|for starters)[, ]+(?=(?:the|my|i|we|it|can|could|please|let'?s|[a-z]+ (?:the|my|it|a|an))(?![a-z]))"
    )
)
_NEXT = re.compile(
    r"(?:[,.;]|(?<![a-z])and) *(?:and |then )*(?:second(?:ly| of all| off| up)?|third(?:ly)?|fourth(?:ly)?|next(?: up)?|lastly|last(?: of all| but not least)?|finally|number (?:two|three|four))[, ]+(?=(?:the|my|i|we|it|can|could|please|let'?s|[a-z]+ (?:the|my|it|a|an|all))(?![a-z]))"
)


def _one_by_one(text: str) -> str:
    """ "first off ..., second ..., and lastly ...": each a piece of its own."""
    first = _FIRST.search(text)
    if first is None or not _NEXT.search(text, first.end()):
        return text
    text = text[: first.start()] + " " * len(first[0]) + text[first.end() :]
    return _NEXT.sub(lambda m: ";".ljust(len(m[0])), text)


def _as_order(match: re.Match[str]) -> str:
    """ "would you see your way to lowering the music": what is asked to be done, as an order of as many letters."""
    stem = match["verb"].removesuffix("ing")
    verb = next((one for one in (stem, f"{stem}e", stem[:-1]) if one in _VERBS), None)
    return match[0] if verb is None else verb.ljust(len(match["verb"])) + " "


_HELD = Sieve(
    re.compile(r"\s*(?:no|oh|ok|okay|wait|hold|hang|great|nice|good|perfect|cool|awesome|super|lovely)(?![a-z])")
)
_HOLDS = re.compile(  # "wait not epic", "great now the drone": what is said to begin with is a piece of its own
    r"^\s*(?:(?:no|oh|ok|okay),? )*(?:wait|(?:hold|hang) on)(?: a (?:second|sec|moment|minute|bit))? (?=(?:not|no|make|i |actually|rather|sad|the |that|it)(?![a-z])|\w+ instead)"
    r"|^\s*(?:great|nice|good|perfect|cool|awesome|super|lovely) (?=now |then |can you |could you |please |next )"
)


_NOT_YET = re.compile(  # "export it, but not yet": said first, taken back behind
    r"(?<![a-z])(export|render|send|share|download)(?: (it|that|this))?,? but not (?:just )?yet(?![a-z])"
)


def _held_back(match: re.Match[str]) -> str:
    """The same letters' room, the prohibition in front."""
    return f"don't {match[1]}{' ' + match[2] if match[2] else ''}".ljust(len(match[0]))[: len(match[0])]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
