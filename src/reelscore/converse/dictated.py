"""Numbers and words as a voice is written down: "4 point 5", "from 4 minutes to 4 30", "by roughly half", "it is to loud", "make it uh
two seconds".

Said as they are typed otherwise, before anything is read. English only.
"""

from __future__ import annotations

import re

from reelscore.converse.sieves import Sieve

_POINT = re.compile(r"(?<![\w.:])(\d{1,4}) point (\d)(?![\w:])", re.I)
_CLOCK = re.compile(  # two numbers side by side after a word of time, and no unit behind them
    r"(?<![a-z])(?P<lead>(?:from|to|at|until|till|between|and|after|before|through) )(?P<min>\d{1,2}) (?P<sec>[0-5]\d)"
    r"(?=[ ,.;!?]*$|[,;] |\.\s| (?:to|and|till|until|through|mark|on|onwards?|please|pls|out|then|for|off)(?![a-z]))",
    re.I,
)
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS = {"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_CLOCK_WORDS = re.compile(  # "at three thirty", "from one forty five", "until two oh five"
    r"(?<![a-z])(?P<lead>(?:from|to|at|until|till|between|and|after|before) )"
    rf"(?P<min>{'|'.join(_ONES)}) (?:(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(_ONES[:9])}))?|oh (?P<oh>{'|'.join(_ONES[:9])}))"
    r"(?=[ ,.;!?]*$|[,;] |\.\s| (?:to|and|till|until|through|mark|on|onwards?|please|pls|out|then|for|off|in)(?![a-z]))",
    re.I,
)
_AT_MOST = re.compile(  # "mustn't be longer than 15 seconds", "don't let it go over 20 s"
    r"(?<![a-z])(?:(?P<shall>must|can|should|may|could|shall)(?:n?'?t| ?not)|(?P<no>don'?t|do not|never)(?: you)?)(?: ever)?"
    r" (?P<how>be|run|go|last|stay|get|take|end up|(?:make|let|have) (?:it|this|that|the [a-z]+|[a-z]+)(?: (?:be|run|go|last|stay|get|end up))?)"
    r" (?:any )?(?:longer than|more than|over|above|beyond)(?= (?:an? |half |\d|" + "|".join((*_ONES, *_TENS)) + r"))"
    r"(?=[^,.;%]*(?:[0-9]s|sec|min)(?![a-z]*%))",
    re.I,
)
_TOO = re.compile(
    r"(?<![a-z])(?P<lead>(?:is|are|was|looks?|sounds?|seems?|feels?|way|bit|little|far|much|its|it's|just|kinda|'s) )to (?P<how>loud|quiet|dark|bright|long|short|fast|slow|big|small|high|low|early|late|soft|noisy|cold|warm|blurry|busy|much)"
    r"(?=[ ,.;!?]*$|[,.;!?] | (?:for|in|on|at|now|and|but|so|here|there|can|could|make|when|over|under|by|tho|though|i|imo|please|pls)(?![a-z]))",
    re.I,
)
_NEARLY = re.compile(
    r"(?<= )(?:roughly|about|around|approximately|approx\.?|more or less|something like|maybe|like|say|perhaps|round about) (?=(?:half|(?:an?|one) (?:half|third|quarter)|two thirds|three quarters|double|twice)(?![a-z]))",
    re.I,
)
_LOSE = re.compile(
    r"(?<![a-z])loose (?=(?:the|my|that|this|those|these|all|it|its|everything|\d+|an?|first|last|clip)(?![a-z]))", re.I
)
_NTH_SECOND = re.compile(  # "from its 10th second on"
    r"(?<![a-z])(?P<lead>(?:from|at|to|until|till|after|before|by|around|through) )(?:the |its |their )?(?P<n>\d{1,3})(?:st|nd|rd|th) (?:second|sec)(?![a-z])(?! (?:clip|shot|photo|one))",
    re.I,
)
_WHOLE_MINUTE = re.compile(  # "7:30 to 8": the eighth minute is full
    r"(?<![\d:.])(?P<from>(?P<min>\d{1,2}):[0-5]\d) ?(?P<to>to|-|until|till|through) ?(?P<end>\d{1,2})(?![\d:.]| ?(?:%|x|s|secs?|seconds?|m|mins?|minutes?)(?![a-z]))"
)
_AHEAD = re.compile(r"(?<=[a-z] )ahead of(?= (?:the|my|it|that|this|clip)(?![a-z]))", re.I)
_THRU = re.compile(rf"(?<=[a-z0-9] )thru(?= (?:\d|the |bar |clip |{'|'.join(_ONES)}))", re.I)
_FILLED = re.compile(  # sounds of thinking between two words; behind a dash or a comma they take something back
    r"(?:^\W{0,2}|(?<=[a-z0-9'] ))(?:u+h+m*|u+m+(?! \d)|e+r+m+|hmm+|you know(?! (?:what|how|that|the|if|where|who|why|when)(?![a-z])))(?:,? +)(?=\w)|^er+,? +(?=\w)",
    re.I,
)
_ENGLISH = re.compile(r"(?<![a-z])(?:the|my|it|make|can|put|cut|please|and|to|of|is|that|this|like)(?![a-z])", re.I)
_WORDS = re.compile(
    r"(?<![a-z])(?:says?|saying|reads?|reading|titled?|captions?|subtitles?|write|text|called)(?![a-z])", re.I
)
_IT_IS = re.compile(
    r"(?<![a-z'])its(?= (?:too|to|a bit|a little|way|so|really|very|just|still|not|all|kinda|pretty|quite|the wrong)(?![a-z]))",
    re.I,
)
_BOUNDS = Sieve(re.compile(r"(?:longer|more) than | over | above | beyond "))
_SPOKEN_TENS = Sieve(re.compile(r" (?:ten|fifteen|twenty|thirty|forty|fifty|oh)(?![a-z])"))
_GATE = re.compile(r" point \d| to [a-z]|\d \d\d|(?:half|third|quarter|double|twice)", re.I)


def as_typed_out(message: str) -> str:
    """The message with each such number and word as it is usually typed."""
    if '"' not in message and _ENGLISH.search(message):
        words = _WORDS.search(message)
        end = words.start() if words else len(message)
        message = _FILLED.sub("", message[:end]) + message[end:]
    if "its " in message or "Its " in message:
        message = _IT_IS.sub("it's", message)
    if _BOUNDS.search(message):
        message = _AT_MOST.sub(_no_longer, message)
    if _SPOKEN_TENS.search(message):
        message = _CLOCK_WORDS.sub(_as_clock, message)
    message = _LOSE.sub("lose ", message)
    if "th sec" in message:
        message = _NTH_SECOND.sub(lambda m: f"{m['lead']}second {m['n']}", message)
    if ":" in message:
        message = _WHOLE_MINUTE.sub(_to_the_minute, message)
    if " ahead of " in message and '"' not in message:
        message = _AHEAD.sub("before", message)
    if " thru " in message:
        message = _THRU.sub("through", message)
    if _GATE.search(message) is None:
        return message
    message = _POINT.sub(r"\1.\2", message)
    message = _CLOCK.sub(lambda m: f"{m['lead']}{m['min']}:{m['sec']}", message)
    message = _NEARLY.sub("", message)
    return _TOO.sub(lambda m: f"{m['lead']}too {m['how']}", message)


def _to_the_minute(said: re.Match[str]) -> str:
    return f"{said['from']} {said['to']} {said['end']}:00" if int(said["end"]) > int(said["min"]) else said[0]


def _as_clock(said: re.Match[str]) -> str:
    """ "at three thirty": minutes and seconds."""
    ones = _ONES.index((said["oh"] or said["ones"] or "").lower()) + 1 if said["oh"] or said["ones"] else 0
    seconds = _TENS.get((said["tens"] or "").lower(), 0) + ones
    return f"{said['lead']}{_ONES.index(said['min'].lower()) + 1}:{seconds:02d}"


def _no_longer(said: re.Match[str]) -> str:
    """A length that is forbidden, as the length that is wished: "mustn't be longer than" is "must be no longer than"."""
    if said["shall"]:
        return "should be no longer than"
    thing = re.match(r"(?:make|let|have) (.+?)(?: (?:be|run|go|last|stay|get|end up))?$", said["how"], re.I)
    return f"{thing[1]} should be no longer than" if thing else "make it no longer than"
