"""A composed piece in another form: as a loop, cut down to a length, in another metre or mode, a few per cent faster,
without its melody, with somebody who comes in at a bar. The composer reads the words; a bar becomes its time here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from reelscore.converse.clause import Clause, plain
from reelscore.converse.readers.struck import clock
from reelscore.converse.reading import TEXT_KINDS, Reading, step
from reelscore.converse.sieves import Sieve

_LONGEST = 70  # letters
_LOOP = Sieve(
    re.compile(
        r"(?<![a-z])(?:loop(?:able|ing|ed)? (?:version|music|track|song|edit)|(?:seamless|perfect|endless) loop|make (?:it|this|the (?:music|song|track|piece)) (?:a |into a )?(?:seamless(?:ly)? )?loop(?:able|ing)?|(?:turn|make) (?:it|this) into a (?:seamless )?loop|(?:should|must|has to|to) loop(?: seamlessly| perfectly)?|loop (?:it|this|the (?:music|song|track|piece))(?: seamlessly| please)?(?=\W*$))(?![a-z])"
        r"|循环版|无缝循环|(?:做|弄|改|变)成循环"
    )
)
_SHORTER = Sieve(re.compile(r"(?<![a-z])(?:cut ?-?downs?|version|edit|cut)(?![a-z])|版本?"))
_TIMES_LONG = Sieve(
    re.compile(
        r"(?<![a-z])(?:double (?:the|its) (?:length|duration)|(?:twice|(?P<triple>three times)) (?:as long|the length)|(?P<half>half (?:as long|the length)|halve (?:the|its) length))(?![a-z])"
        r"|(?:时长|长度)(?:要|再|就)?(?:翻一?倍|加倍|(?P<half_zh>减半))"
    )
)
_SECTION = re.compile(
    r"(?<![a-z])(?:verse|chorus|intro|outro|bridge|break|drop|hook|section|ending)(?![a-z])|[主副]歌|前奏|间奏|尾奏|结尾|段落"
)
_METRE = Sieve(
    re.compile(
        r"(?<![\d/])(?P<metre>[23456479]/[48]|12/8)(?![\d/])|(?<![a-z])waltz time(?![a-z])|(?:三|四|六|五|七)拍子"
    )
)
_MODE = Sieve(
    re.compile(
        r"(?<![a-z])(?:(?:in|into|to) (?:a )?(?P<mode>major|minor)(?: key)?|(?P<rather>major|minor) (?:key )?(?:instead|rather)(?: of (?:major|minor))?|(?:make it|use) (?:a )?(?P<made>major|minor)(?: key)?)(?![a-z])"
        r"|(?P<zh>大调|小调)"
    )
)
_A_KEY = re.compile(
    r"(?<![a-z])(?!a (?:major|minor) key)[a-h](?:#|b|-?sharp|-?flat| sharp| flat)? (?:major|minor)(?![a-z])|[a-h][#b♯♭]?(?:大调|小调)"
)
_TEMPO = Sieve(
    re.compile(
        r"(?<![a-z])(?P<up>faster|quicker|speed(?:ed)? (?:it )?up)|(?P<down>slower|slow(?:ed)? (?:it )?down)(?![a-z])|(?P<up_zh>加?快)|(?P<down_zh>减?慢)"
    )
)
_SPARED = Sieve(
    re.compile(
        r"(?<![a-z])(?:version|mix|edit|take|one) (?:without|with no|minus) (?:the |any )?(?P<who>melody|lead|drums?|bass|piano|guitars?|strings|vocals?|beat|percussion)(?![a-z])|(?:去掉?|没有?|不带)(?P<who_zh>旋律|主旋律|鼓|贝斯|钢琴)的?版本?"
    )
)
_AT_BAR = Sieve(
    re.compile(
        r"(?<![a-z])(?:at|from|on|until|till|in) (?:the )?(?:bar|measure) (?P<bar>\d{1,3})|第(?P<bar_zh>\d{1,3})小节"
    )
)
_COMES = re.compile(
    r"(?<![a-z])(?:come|comes|coming|enter|start|begin|bring|drop|kick|no|without|add)(?![a-z])|进[来入]?|加入|开始|出现|不要"
)
_REDO = re.compile(
    r"(?<![a-z])(?:redo|rewrite|regenerate|again|anew|sounds?|is|are|weird|wrong)(?![a-z])|重写|重做|重来|再写"
)


def read(c: Clause) -> Iterator[Reading]:
    """The piece that is there, changed."""
    if not c.scene.composed or c.quotes or len(c.text) > _LONGEST or c.mention(*TEXT_KINDS, "clip", "image", "name"):
        return
    alone = not c.scene.of("clip")
    spoken = alone or c.mention("music") is not None or c.has("music_noun")
    if spoken:
        yield from _tempo(c)
        yield from _who_plays(c)
    if (
        (found := _MODE.search(c.text))
        and (alone or spoken or "key" in found[0] or found["zh"])
        and not _A_KEY.search(c.text)
    ):
        mode = found["mode"] or found["rather"] or found["made"] or ("major" if found["zh"] == "大调" else "minor")
        yield step("change_music", 0.965, prompt=f"in a {mode} key")
    if not alone:
        return
    if _LOOP.search(c.text):
        yield step("change_music", 0.975, prompt="loop")
    if (times := _TIMES_LONG.search(c.text)) and not c.every("seconds", "timecode") and not _SECTION.search(c.text):
        factor = 0.5 if times["half"] or times["half_zh"] else 3 if times["triple"] else 2
        yield step("music_length", 0.985, to=round(float(c.scene.of("music")[0].span.duration) * factor, 3))
    length = [q for q in c.every("seconds") if not q.pair and q.cue not in ("at", "from", "last", "first")]
    if len(length) == 1 and _SHORTER.search(c.text) and not _LOOP.search(c.text):
        yield step("music_length", 0.96, to=plain(length[0]))
    if found := _METRE.search(c.text):
        yield step(
            "change_music",
            0.97,
            prompt=f"in {found['metre'] or '3/4'}" if found["metre"] or "waltz" in found[0] else c.said(),
        )


def _tempo(c: Clause) -> Iterator[Reading]:
    """ "5% slower": the tempo that is known, by so much."""
    share, found = c.quantity("percent"), _TEMPO.search(c.text)
    music = c.scene.of("music")
    if share is None or found is None or len(music) != 1:
        return
    beats = c.known.facts.of(music[0].segment.media).beats
    if len(beats) < 3:
        return
    now = 60 / float(median(b - a for a, b in pairwise(beats)))
    up = found["up"] or found["up_zh"]
    yield step("change_music", 0.975, bpm=round(now * (1 + (1 if up else -1) * float(share.number) / 100), 1))


def _who_plays(c: Clause) -> Iterator[Reading]:
    """ "a version without melody", "bring the drums in only at bar 9"."""
    if found := _SPARED.search(c.text):
        yield step("change_music", 0.975, without=c.said(*found.span("who" if found["who"] else "who_zh")))
    if (found := _AT_BAR.search(c.text)) and _COMES.search(c.text) and not _REDO.search(c.text):
        music = c.scene.of("music")
        bars = c.known.facts.of(music[0].segment.media).downbeats if len(music) == 1 else ()
        bar = int(found["bar"] or found["bar_zh"])
        if 0 < bar <= len(bars) and any(w.kind in ("instrument", "role") and not w.idle for w in c.wishes):
            before, after = c.text[: found.start()], c.text[found.end() :]
            if found["bar_zh"]:
                words = f"{before}第{float(bars[bar - 1]):g}秒{after.replace('再', '')}"
            else:
                words = f"{before}at {clock(float(bars[bar - 1]))}{after}"
            yield step("change_music", 0.975, prompt=words.strip())
