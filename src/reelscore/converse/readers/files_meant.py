"""Which file is meant: by its name, by its kind, as what."""

from __future__ import annotations

import re

from reelscore.converse import patterns
from reelscore.converse.clause import Clause
from reelscore.converse.mention import Mention
from reelscore.converse.sieves import Sieve


def files_named(c: Clause, behind: bool = False) -> list[Mention]:
    """Files that are named, but for those that only say where; with `behind` also what stands behind "for" and "to"."""
    places = c.anchor[1] if c.anchor else ()
    named = [m for m in c.mentions if m.kind == "name" and m not in places]
    named = [m for m in named if behind or not _a_place(c, m)]
    if c.has("as_music", "as_voice", "as_sound"):
        return named
    genres = [w for w in c.wishes if w.kind == "genre" and c.has("music_noun")]
    return [
        m
        for m in named
        if " " in m.said or "." in c.text[m.start : m.end] or not any(m.start <= w.start < m.end for w in genres)
    ]


def _a_place(c: Clause, mention: Mention) -> bool:
    """Does a thing that is there only say where: "grain to the intro", "a click when we cut to the closeup"?"""
    if not mention.things:
        return False
    lead = patterns.search(
        r"(?<![a-z])(?:to|on|onto|over|into|for|in|at|when|where|while|as|before|after|during|until|behind|above|below|under|underneath|beneath|throughout|between|from|of|out of|off)"
        r"(?: (?:the|my|that|this|we|it|you|see|cut|to|get|reach|hit|goes|turns|comes|first|last))*(?: [a-z]+\'s)? $",
        c.text[: mention.start],
    )
    return lead is not None


def files_by_kind(c: Clause, uploaded: tuple[str, ...]) -> list[Mention]:
    """ "the song", "the video I just uploaded": the one file of that kind among those that came."""
    kinds = {
        "music": "audio",
        "voice": "audio",
        "audio": "audio",
        "sound": "audio",
        "film": "video",
        "clip": "video",
        "image": "image",
    }
    found = []
    held = [m for m in c.scene.timeline.media if not uploaded or m.id in uploaded] or list(c.scene.timeline.media)
    used = {t.segment.media for t in c.scene.things}
    for mention in c.mentions:
        if mention.start and _WHERE.search(c.text[: mention.start]):
            continue  # "on the timeline", "to the film": where, and no file
        wanted = kinds.get(mention.kind)
        fitting = [m for m in held if m.kind == wanted]
        fresh = [m for m in fitting if m.id not in used] or fitting
        if wanted == "image" and not (c.scene.empty or c.context.uploaded):
            fresh = [
                m
                for m in held
                if m.kind == "image" and m.id not in used and not patterns.search(_SIGNS, m.name.lower())
            ]
            said = c.text[mention.start : mention.end]
            if not mention.things and (len(fresh) == 1 or _PLURAL.search(said) or _ALL_ZH.search(c.text)):
                found += [Mention(mention.start, mention.end, "name", m.name) for m in fresh]
        elif wanted and fresh and (c.scene.empty or c.context.uploaded):
            among = (
                fresh
                if mention.every or patterns.search(r"both|all|files|两个|全部|所有|都", c.text)
                else fresh[:1]
                if len(fresh) == 1 or mention.nth in (None, 1)
                else fresh[-1:]
            )
            told = {m.said for m in found}
            found += [Mention(mention.start, mention.end, "name", m.name) for m in among if m.name not in told]
    one_of_them = len(held) > 1 and ONE_OF_THEM.search(c.text)
    if (
        not found
        and not one_of_them
        and (c.scene.empty or c.context.uploaded)
        and patterns.search(
            r"(?<![a-z])(?:it|this|that|them|these|everything|all|both|files?|upload\w*)(?![a-z])|它|这个|这些|文件|上传的|素材|全部|所有",
            c.text,
        )
    ):
        found = [Mention(0, 0, "name", m.name) for m in held if uploaded]
    return found


_PLURAL = re.compile(r"[a-z]s$")
_ALL_ZH = re.compile(r"(?:照片|图片|相片|图)(?:也|都|全部|全)+|(?:所有|全部|这些|那些|几张)的?(?:照片|图片|相片|图)")
ONE_OF_THEM = Sieve(re.compile(r"(?<![a-z])(?:this|that) (?:one|file)(?![a-z])"))
_WHERE = re.compile(r"(?<![a-z])(?:on|onto|to|into|in|under|underneath|beneath|behind)(?: the| my)? ?$")
_SIGNS = r"logo|badge|watermark|icon|sticker|店标|标志|水印|角标|图标|徽标|商标"


def is_sign(name: str) -> bool:
    """Is this picture a logo, by its name?"""
    return patterns.search(_SIGNS, name.lower()) is not None


_A_SOUND = 5  # seconds: what is shorter is an effect, unless it is said to be music
_SET_ZH = re.compile(r"配(?![乐音])(?!.*(?:音乐|配乐|bgm|背景))")


def role_of(c: Clause, mention: Mention) -> str | None:
    """As what a file is wanted: music, voice, sound; None where its kind decides."""
    if c.has("as_music") or (mention.start and patterns.search(r"under (?:it|the)", c.text)):
        medium = next(iter(c.scene.media_named(mention.said.lower())), None)
        by_name = next((m for m in c.scene.timeline.media if m.name == mention.said), medium)
        if by_name is not None and by_name.kind == "audio" and by_name.duration < _A_SOUND and _SET_ZH.search(c.text):
            return "sound"  # 配个whoosh
        return "music" if by_name is None or by_name.kind == "audio" else None
    if (voice := c.find("as_voice")) and not (c.anchor and any(m.start <= voice.start() < m.end for m in c.anchor[1])):
        return "voice"
    noun = patterns.search(r"sound effect|sfx|音效", c.text)
    return "sound" if c.has("as_sound") or noun else None


def names_a_sound(c: Clause) -> bool:
    """Is the file that is named one of sound?"""
    named = next((m for m in c.mentions if m.kind == "name" and not m.things), None)
    return named is not None and is_sound(c, named)


def is_sound(c: Clause, mention: Mention) -> bool:
    """Is it a file of sound that is named?"""
    medium = next(iter(c.scene.media_named(mention.said.lower())), None)
    return medium is not None and medium.kind == "audio"
