"""A question about what there is, what would be, or why something is: answered, and never carried out.

A request may be put as a question too ("could you mute it?", "is there a way to have it brighter?"); what tells them
apart is how the question begins. English forms; a request is what is left. What would be done, if only it were wished
("should the music be softer?", 要不要关掉音乐), is asked back.
"""

from __future__ import annotations

import re

from reelscore.converse.beyond import impossible, names_another
from reelscore.converse.clause import Clause
from reelscore.converse.edit_told import edit_told
from reelscore.converse.normalise import blanked
from reelscore.converse.reading import Reading, action
from reelscore.converse.rights import is_rights
from reelscore.converse.sieves import Sieve
from reelscore.values.command import Said, Step
from reelscore.values.message import Action, Option, Question

_ANSWERS = ("help", "status", "credits", "genres", "moods", "instruments", "versions", "diff", "greet", "thank")
_BE = r"(?:is|are|was|were|does|do|did|has|have|will|can|comes?|plays?|sounds?|looks?|uses?|ends?|starts?|begins?|goes)"
_LEAD = r"\s*(?:(?:so|and|but|hey|hi|hello|ok|okay|wait|hm+|um+|uh|oh|well|sorry|also|btw|just (?:wondering|curious|checking)|just out of curiosity|out of curiosity|(?:a )?quick question|question|one question|quick q|q)[,:;.!]* (?:- )?)*"
_ASKING = (  # "can you tell me how ...", after which the question has the order of a statement
    r"(?:(?:can|could|would|will|do) you (?:please |maybe |just )?(?:tell|say|know|remember|let me know|explain|see|hear)(?: to)?(?: me| us)?(?: again)?"
    r"|(?:please )?(?:tell|remind)(?:ing)? (?:me|us)|let me know|(?:would|do) you mind telling (?:me|us)|any idea|(?:i|we)(?:'d| would) (?:like|love|want) to know|(?:i|we) (?:want|need|have) to know"
    r"|(?:i|we)(?:'m| am| was| were| are)?(?: just)? wonder(?:ing|ed)?|(?:i|we) (?:don'?t|can'?t|do not|cannot) (?:know|remember|tell|recall)|no idea|not sure)"
)
_WONDERS = Sieve(
    re.compile(
        rf"{_LEAD}(?:"
        rf"{_ASKING},? (?:what|which|where|when|who|why|how|if (?:the|it|there|my|this|any|you|we|i)|whether)(?! to)"
        rf"|{_ASKING} (?:the|my|its|about the) (?:[a-z]+ )?(?:lengths?|durations?|order|sizes?|names?|volumes?|settings?|status|resolution|tempo|bpm|key|runtime|fonts?|colou?rs?|credits)(?![a-z])"
        r"|how (?:would|will|does|do|could) (?:the|it|that|this|they|my)(?= )|who or what(?= )"
        rf"|what(?: happens| would happen| will happen| changes)"
        rf"|(?:what|which|where|when|how|why)(?: exactly| else| again| precisely) {_BE}(?= )"
        rf"|do you (?:think|reckon|feel)(?: that)? (?:the|it|this|that|my|there)(?= )"
        rf"|what(?:'s|s| is| are| was| were| does| did| has| have| will)(?! left)(?= )"
        rf"|what (?!about|if|a|an|i|we|you|the|it|that|my)(?:[a-z-]+ ){{1,3}}{_BE}(?= )"
        rf"|which (?:[a-z-]+ ){{1,4}}?{_BE}(?![a-z])|which (?:is|are|was) (?:the )?[a-z]+(?:er|est|more|most|less)(?![a-z])"
        r"|where(?:'s|s| is| are| does| do| did| was| were| has)(?= )|when(?:'s| is| does| do| did| will| was)(?= )"
        r"|who(?:'s|s|se| is| are| was| wrote| made| did| sings| has)(?= )"
        r"|how (?:long|many|much|loud|big|fast|far|old|often|quiet|slow|bright|dark|high|large|small|short|wide|come|good|is|are|was|were|does|did|has)(?= )(?! (?:can|could|would|will) you)"
        r"|why (?:is|are|does|do|did|was|were|isn'?t|aren'?t|doesn'?t|didn'?t|won'?t|can'?t|has|have|would|should|can|the|it)(?![a-z'])"
        r"|(?:does|did|doesn'?t|didn'?t|had|hasn'?t|haven'?t|wasn'?t|weren'?t|isn'?t|aren'?t)(?= )"
        r"|(?:is|are|was|were) (?:the|my|these|those|all|both|any|our|every|it|this|that|you|we|they|anything|something|everything|clips?|some|either)(?= )(?! (?:way|possib|chance|ok (?:if|to)|okay (?:if|to)|able|just (?:me|possib)))"
        r"|(?:is|are|was|were) there(?= )(?! (?:a |any |some )?(?:\w+ )?(?:way|possib|chance|option))"
        r"|(?:has|have) (?:the|it|my|anything|everything|that|this|any)(?= )(?=[^,.;]* (?:been|changed|got|gone|any|already|yet|lost|ended|finished))|have (?:you|we|i|they)(?= )"
        r"|if (?:i|we|you) [^?;.]*?,? (?:will|would|does|do|is|are|can|what|how|should) (?:the|it|my|that|this|i|they|we|there|you|happens?)(?=[^?;.]*\?)"
        r"|am i|do (?:i|we|they|you (?!mind|think|want|wanna|fancy))(?= )|(?:will|would) (?:the|it|that|this|there|they|my|i|anyone|people)(?= )(?! be possible| be ok| mind)"
        r"|(?:要是|如果|假如|万一)[^;!?]*会(?:怎么?样|如何|发生什么|不会|影响)|can (?:people|anyone|anybody|viewers|they|others|someone|everyone)(?= )"
        r"|(?![^,。;!?]*(?:[把将给帮请删剪加换改调放]|一[点些下]))[^,。;!?]{2,24}(?:对吧|对不对|是吧|对么|对吗|没错吧)(?=[?。啊呀 ]*$)|[^,。;!?]{1,14}是不是(?:都|已经|被)?(?:静音|没声|黑白|倒放|加速|慢放|淡[入出]|循环)[^,。;!?]{0,3}的(?=[?。啊呀 ]*$)|[^,。;!?]{1,16}没有?(?:声音?|音乐|字幕|标题|配音|旁白|转场|滤镜)了?(?:吗|嘛|么)(?=[? ]*$)"
        r"|(?:should|shall) (?:i|the|it|my)(?![a-z])|(?:is it possible|can i|could i|may i|will i be able) (?:to )?[^,.;]* (?:later|afterwards|at any time))(?![a-z])"
    )
)
_SUPPOSES = re.compile(  # what would be, or why it is: nothing on the timeline tells it
    rf"{_LEAD}(?:(?:{_ASKING},? )?(?:why|what (?:happens|would|will|changes)|how (?:do|does|can|could|come|would|will)|if i|whether i)|should|shall|would|will|am i (?:allowed|able|supposed)|is it (?:possible|ok|okay|allowed|legal|hard)|can |could |may |do i (?:need|have to|own))"
)
_OF_A_FILM = re.compile(
    r"(?<![a-z])(?:runtime|running time|length|duration|tempo|bpm|beats?|bars?|key|order|sizes?|resolution|format|ratio|fps|frames?|frame rate|fonts?|colou?rs?|effects?|looks?|files?|media|uploads?"
    r"|changes?|changed|work(?:ed|ing)?|mute[sd]?|loud\w*|quiet\w*|volume|export\w*|render\w*|seconds?|minutes?|fades?|fading|speed|used?|saved?|done|undone|undo|cuts?|crop\w*|zoom\w*|play(?:s|ing)?|hear|see|left|here|there|so far|youtube|instagram|tiktok"
    r"|\d+:\d+|between|overlap\w*|corner|screen|frame|background|copyright\w*|allowed|genre|mood|instruments?)(?![a-z])"
)
_WHAT_CAN = re.compile(r"(?:what|which) (?:[a-z]+ ){1,3}(?:can|could|may) (?:i|we|you|be)(?![a-z])")
_COMPLAINS = re.compile(rf"{_LEAD}(?:why|how come)")


_ADVICE = Sieve(  # `form`: what makes a question of a wish
    re.compile(
        rf"{_LEAD}(?:what do you think[,:?.! ]+|be honest[,: ]+)?(?P<form>(?:{_ASKING},? )?(?:if|whether) (?:i|we) should|what if (?:i|we|you)|(?:(?:do|don'?t|would) you (?:think|reckon|feel|say)(?: that)? )?(?:(?:should|shall) (?:i|we)|(?:should|shall)(?= (?:the|it|my|this|that) ))|(?:do|don'?t|would) you (?:think|reckon|feel|say)(?: that)? (?:(?:i|we) should|(?=(?:it|that|this|the [a-z ]{{2,20}}?) (?:should|would|could|needs?)))"
        r"|(?:would|wouldn'?t) (?:it|that) (?:be (?:better|good|nice|nicer|ok|too much|weird)|look|sound|help|work)(?: if (?:i|we|you))?|is it (?:better|worth|too much) (?:to|if (?:i|we)))(?![a-z])"
        r"|[^,。;!?]{0,10}?(?P<zh>要不要|该不该|应不应该|需不需要|用不用|有没有必要|(?:是不是|是否)(?:(?=[^,。]{1,8}(?:太|有点|过于))|应该|该|要|需要|得|有必要))(?!你|您|钱|花|付|收费)(?!.*(?:试试|吧))"
    )
)


_CLOSING = re.compile(r"[? 呢吗嘛啊]+$")


def considered(c: Clause) -> Clause | None:
    """What is asked to be good or not, as the wish it would be: "should I mute it?" is "mute it"; None where no advice
    is asked for."""
    match = _ADVICE.match(c.text)
    if match is None:
        return None
    start, end = match.span("zh" if match["zh"] else "form")
    text = blanked(c.text, start, end)
    if closing := _CLOSING.search(text):
        text = blanked(text, *closing.span())
    return c.reworded(text, 0) if match["zh"] else c.reworded(text[end:], end)


def asked_back(c: Clause, thought: Reading | None) -> Reading | None:
    """The question whether it shall be done; None where nothing would be."""
    if thought is None or thought.question is not None:
        return thought
    if not thought.asked or not isinstance(thought.asked[0], Step):
        return None
    told = edit_told(thought.asked[0], c.known.commands[thought.asked[0].command], c.scene)
    options = (Option(told, thought.asked), Option(Said("leave it as it is", "保持原样"), ()))
    question = Question(Said("That is for you to say. Shall it be done?", "这由您决定。要这样做吗？"), options)
    return Reading((), 0.97, question=question)


def wonders(c: Clause) -> bool:
    """Is this a question that asks for no edit: "what happens if I remove the title"?"""
    return _WONDERS.match(c.text) is not None or is_rights(c.text)


def answered(c: Clause, found: list[Reading]) -> list[Reading]:
    """Of what was read, the answers; where there is none, help on what would be and the state of what there is.
    None where nothing in it is of a film."""
    if is_rights(c.text):
        return [action("help", 0.97, topic="rights")]
    if names_another(c):
        return [Reading((), 0.97, missed=impossible(c))]  # "is there any swearing in the interview?"
    if asking := [r for r in found if r.question is not None and r.score >= 0.97]:
        return asking
    kept = _answers(found)
    if kept and not (_WHAT_CAN.search(c.text) and all(r.asked == (Action("status"),) for r in kept)):
        return kept
    if not found and all(m.kind == "pronoun" for m in c.mentions) and not _OF_A_FILM.search(c.text):
        return []
    if _SUPPOSES.match(c.text) or _WHAT_CAN.search(c.text):
        return [action("help", 0.95, topic=c.said().strip(" ?!.") or None)]
    return [action("status", 0.95)]


def answered_besides(c: Clause, found: list[Reading]) -> list[Reading]:
    """The answers to a question beside a request: none to "why is it so loud?", which only says what is wrong."""
    return [] if _COMPLAINS.match(c.text) else [r for r in _answers(found) if r.score >= 0.9]


def _answers(found: list[Reading]) -> list[Reading]:
    return [r for r in found if r.asked and all(isinstance(a, Action) and a.name in _ANSWERS for a in r.asked)]
