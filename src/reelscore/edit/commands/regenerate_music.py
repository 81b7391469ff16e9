"""Write the music again: all of it, a section, or some bars. Everything else stays as it is, to the last sample.

bars    1   5   9   13
before  |aaa|bbb|ccc|ddd|
after   |aaa|bbb|CCC|ddd|        bars 9-12
"""

from __future__ import annotations

from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, which
from reelscore.edit.requests import bars_of, composed, next_seed, requested, section_of
from reelscore.values.facts import Facts
from reelscore.values.timeline import Request, Timeline


def regenerate_music(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    place = composed(timeline, args)
    section, first, last = "", -1, -1
    if args.text("section"):
        section, first, last = section_of(place, facts, args.text("section"))
    if args.text("bars"):
        first, last = bars_of(place, facts, args.text("bars"))
    seed = args.count("seed") if "seed" in args else next_seed(timeline, place.segment.id)
    request = Request(
        "", "regenerate", place.segment.id, args.text("prompt"), args.text("keep"), section, first, last, seed
    )
    return requested(timeline, request)


KEEP = choice(
    "keep", "what stays as it is", "保留什么",
    Choice("harmony", ("chords", "the chords"), ("和声", "和弦")),
    Choice("groove", ("drums", "rhythm", "beat", "the beat"), ("节奏", "鼓点", "律动")),
    Choice("melody", ("tune", "the tune"), ("旋律", "曲调")),
)  # fmt: skip
SEED = Param(
    "seed", "count", Said("the same seed writes the same music", "相同的种子写出相同的音乐"), low=0, high=10**8
)
COMMAND = Command(
    name="regenerate_music",
    group="music",
    help=Said("Write the music again: all, a section, or some bars", "重写音乐：全部、某段或某几小节"),
    params=(
        which("music", one=True),
        Param("bars", "bars", Said("which bars, counted from 1", "哪些小节，从 1 数起")),
        Param("section", "name", Said("which section, such as chorus or intro", "哪个段落，如副歌、前奏")),
        KEEP,
        Param("prompt", "text", Said("what it should be like", "想要什么样"), default=""),
        SEED,
    ),
    words={
        "en": (
            "regenerate",
            "rewrite the music",
            "another take",
            "try again",
            "redo the chorus",
            "redo bars",
            "new version of the music",
        ),
        "zh": ("重新生成", "重写", "重做", "再来一版", "换一版", "重新作曲", "重写副歌"),
    },
    examples=(
        Example(
            "regenerate bars 3 to 5", "重写第3到第5小节", {"bars": "3-5"}, "music to be written anew (bars 3-5)", "film"
        ),
        Example(
            "redo the chorus but keep the chords",
            "重写副歌，保留和弦",
            {"section": "chorus", "keep": "chords"},
            "music to be written anew (section B, keeping the harmony)",
            "clips",
        ),
        Example("try the music again", "音乐重新来一版", {}, "music to be written anew", "film"),
    ),
    edit=regenerate_music,
)
