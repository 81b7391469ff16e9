"""A whole film wished for in one breath, "a 15 second vertical ad with upbeat music and a title": parted into wishes.

English only; in Chinese such wishes are parted by commas. Whatever is replaced keeps its length, so places stay true.
"""

from __future__ import annotations

import re

from reelscore.converse.sieves import Sieve

_FILM = (
    r"(?:videos?|vids?|films?|movies?|clip|ads?|adverts?|commercial|spot|reels?|tik ?toks?|shorts?|stor(?:y|ies)|posts?"
    r"|trailer|teaser|promo|montage|slideshow|version|edit|cut|vlog|recap|highlights?)(?![a-z])"
)
_MADE = r"(?:make|create|build|produce|do|cut|edit|turn|give|want|need|like|love|prepare|put together|generate|render)"
_SOUND = r"(?:music|soundtrack|beats?|tune|song|track|bgm|score|jingle)(?![a-z])"
_WORDS = r"(?:title|titles|caption|captions|subtitles?|text|logo|watermark)(?![a-z])"
_LOOK = r"(?:\d[\w:-]*|s|secs?|seconds?|minutes?|vertical|portrait|square|horizontal|landscape|short|instagram|insta|tiktok|facebook|linkedin|youtube|promo|highlight)"
_HEAD = Sieve(
    re.compile(
        rf"(?<![a-z])(?:{_MADE}[^.;!?\n]{{0,40}}? (?:an?|into|some|two|my) (?:[\w:'-]+ ){{0,6}}?|^\W*(?:an? |one )?(?:{_LOOK} )+){_FILM}"
        rf"(?: (?:for|of|from|out of|using|with) (?:it|this|that|these|those|them|the|my|our|all)(?![a-z])(?: (?:the |my |of )*(?!with )\w+)?| (?:for|on) \w+| \d+ ?(?:s|sec|seconds?))*"
    )
)
_A_FILM = Sieve(
    re.compile(
        rf"{_HEAD.pattern}(?P<joint> with )(?=(?:an? |some |the |my )?(?:[\w' -]{{0,40}}? )??(?:{_SOUND}|{_WORDS}))"
    )
)
_MORE = re.compile(
    rf"(?<=[a-z])(?P<joint> and )(?=(?:an? |the |some |my )?(?:big |bold |small |short |nice )?(?:{_WORDS}|(?:[a-z-]+ ){{1,3}}{_SOUND}))"
)
_TRAILER = re.compile(
    r"(?<![a-z])(?:trailer|teaser|promo)(?= (?:of|from|out of|for) (?:this|it|these|them|my|the|our|all)(?![a-z]))"
)
_LISTED = re.compile(r"(?<=[a-z]), (?=\d[\d:.]* ?(?:s|secs?|seconds?|min|minutes?)(?: long)?(?:,|$| and))")
_PRAISE = re.compile(
    rf"(?<=(?<![a-z])a )(?:(?:really |super |very )?(?:cool|nice|great|awesome|fun|funny|amazing|quick|simple|beautiful|stunning|catchy|viral|professional|good)(?: and |, | ))+(?=(?:[\w:'-]+ ){{0,4}}?{_FILM})"
)
_STORY = re.compile(
    r"(?<=instagram )stor(?:y|ies)|(?<=insta )stor(?:y|ies)|(?<=snapchat )stor(?:y|ies)|(?<=\big )stor(?:y|ies)"
)
_SHORT = re.compile(r"(?<![a-z])(?:youtube|yt) shorts?(?![a-z])")


def parted(text: str) -> str:
    """The text with "with" and "and" before the music or the words of a wished film as "add"."""
    text = _STORY.sub(lambda m: "reel".ljust(len(m[0])), text)
    text = _SHORT.sub(
        lambda m: "vertical reels"[: len(m[0])] if m[0].startswith("youtube") else "tik toks"[: len(m[0])], text
    )
    text = _TRAILER.sub(lambda m: "video".ljust(len(m[0])), text)
    text = _PRAISE.sub(lambda m: " " * len(m[0]), text)
    if (film := _HEAD.search(text)) and (length := _LISTED.match(text, film.end())):
        text = f"{text[: length.start()]}  {text[length.end() :]}"  # "a reel out of it, 20 seconds": one wish
    found = _A_FILM.search(text)
    if found is None:
        return text
    start, end = found.span("joint")
    text = f"{text[:start]}, add {text[end:]}"
    return text[:end] + _MORE.sub(",add ", text[end:])
