"""Change what the music is like: darker, brighter, faster, slower, without an instrument, in another key...

    before  | lofi, 80 bpm, with drums |
    after   | lofi, 80 bpm, no drums   |        without drums

What is not named stays as it is. Wishes go to the composer by name: `direction` words as "1", the rest as said. In a
section, or from `start` to `end`, only the bars there are written again; who is louder or quieter there plays the same
notes (all sections of the kind; the request tells the times in seconds of the music).
"""

from __future__ import annotations

from reelscore.edit.amounts import plain_length
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, moment, which
from reelscore.edit.places import Place, label
from reelscore.edit.refusals import refuse
from reelscore.edit.requests import bars_between, composed, next_seed, requested, section_of, sections_alike, wishes_of
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Request, Timeline

LEVELS = ("louder", "quieter", "by_db", "start", "end")
WISHES = ("genre", "mood", "bpm", "key", "with", "without", "louder", "quieter", "by_db")


def change_music(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    wishes = wishes_of(args, WISHES)
    if args.text("direction"):
        wishes = ((args.text("direction"), f"{args.number('amount'):g}"), *wishes)
    if not wishes and not args.text("prompt"):
        raise refuse("missing", command="change_music", name="direction", help=COMMAND.params[0].help, example="darker")
    place = composed(timeline, args)
    part = _stretch(place, args) if "start" in args or "end" in args else None
    levels = {name for name, _ in wishes} <= {*LEVELS} and not args.text("prompt")
    if part and levels:
        wishes = (*wishes, *_on_its_clock(place, part))
    section, first, last = section_of(place, facts, args.text("section")) if args.text("section") else ("", -1, -1)
    if part and not levels:
        first, last = bars_between(place, facts, *part)
    if section and levels:
        section, first, last = sections_alike(place, facts, section), -1, -1
    seed = next_seed(timeline, place.segment.id)
    words = args.text("prompt")
    request = Request("", "change", place.segment.id, words, "", section, first, last, seed, wishes)
    return requested(timeline, request)


def _stretch(place: Place, args: Arguments) -> tuple[Seconds, Seconds]:
    """From when to when the change is wanted, within the music."""
    start = max(place.span.start, args.maybe_exact("start") or place.span.start)
    end = min(place.span.end, args.maybe_exact("end") or place.span.end)
    if start >= place.span.end:
        at, length = plain_length(start), plain_length(place.span.end)
        raise refuse("after_the_end", at=at, what=label(place), length=length)
    if start >= end:
        raise refuse("backwards", start=plain_length(start), end=plain_length(end))
    return start, end


def _on_its_clock(place: Place, part: tuple[Seconds, Seconds]) -> tuple[tuple[str, str], ...]:
    """Both moments in seconds of the music."""
    told = zip(("start", "end"), part, strict=True)
    return tuple((n, str((at - place.span.start) * place.segment.speed + place.segment.start)) for n, at in told)


def _words(name: str, en: str, zh: str) -> Param:
    return Param(name, "name", Said(en, zh))


COMMAND = Command(
    name="change_music",
    group="music",
    help=Said("Change what the music is like", "改变音乐的感觉"),
    params=(
        choice(
            "direction",
            "in which direction",
            "往哪个方向变",
            Choice("darker", ("more sombre", "gloomier", "moodier"), ("暗一点", "更暗", "阴沉", "忧郁一点", "更暗黑")),
            Choice("brighter", ("happier", "sunnier", "lighter"), ("亮一点", "明亮", "更明快", "欢快一点", "阳光一点")),
            Choice("faster", ("quicker", "more upbeat", "speedier"), ("快一点", "更快", "快点", "节奏快一点")),
            Choice("slower", ("more relaxed tempo",), ("慢一点", "更慢", "慢点", "节奏慢一点")),
            Choice(
                "calmer",
                ("softer", "gentler", "more relaxed", "less intense"),
                ("平静一点", "柔和", "舒缓一点", "安静一点"),
            ),
            Choice(
                "livelier",
                ("more energetic", "more intense", "bigger", "more energy"),
                ("激烈一点", "更有活力", "更激昂", "热烈一点"),
            ),
            Choice("simpler", ("sparser", "minimal", "less busy"), ("简单一点", "更简洁", "稀疏")),
            Choice("richer", ("fuller", "denser", "busier"), ("丰富一点", "更饱满", "更丰富")),
            Choice("higher", ("higher key",), ("高一点", "升调", "升高")),
            Choice("lower", ("lower key",), ("低一点", "降调", "降低")),
        ),
        Param(
            "amount",
            "number",
            Said("how much: 1 is clearly, 0.5 a bit, 2 a lot", "程度：1 明显，0.5 一点，2 很多"),
            default=1,
            low=0.1,
            high=6,
        ),
        _words("genre", "another genre", "换成什么风格"),
        _words("mood", "another mood", "换成什么情绪"),
        Param("bpm", "number", Said("another tempo", "换成什么速度"), low=30, high=300),
        _words("key", "another key, such as D minor", "换成什么调，如 D 小调"),
        _words("with", "instruments to add, with commas", "加入的乐器，用逗号分隔"),
        _words("without", "what must not sound", "去掉的乐器"),
        _words("louder", "instruments that shall be louder", "要更响的乐器"),
        _words("quieter", "instruments that shall be quieter", "要更轻的乐器"),
        Param("by_db", "decibels", Said("by how much; 4 dB", "响或轻多少；默认 4 dB"), low=0.5, high=24),
        _words("section", "only in this section", "只改这个段落"),
        moment("start", "only from here on", "从哪里开始"),
        moment("end", "only until here", "到哪里为止"),
        Param("prompt", "text", Said("in words", "用文字描述")),
        which("music", one=True),
    ),
    words={
        "en": (
            "make the music",
            "darker",
            "brighter",
            "faster music",
            "slower music",
            "without drums",
            "no drums",
            "more energetic",
            "another key",
            "transpose",
            "change the music",
            "happier",
            "sadder",
        ),
        "zh": (
            "音乐暗一点",
            "音乐欢快一点",
            "音乐快一点",
            "音乐慢一点",
            "不要鼓",
            "去掉鼓",
            "换个调",
            "升调",
            "降调",
            "改音乐",
            "换风格",
            "更有活力",
        ),
    },
    examples=(
        Example("make the music darker", "音乐暗一点", {"direction": "darker"}, "music to be changed (darker)", "film"),
        Example(
            "the same without drums", "不要鼓", {"without": "drums"}, "music to be changed (without drums)", "film"
        ),
        Example(
            "a bit faster, in D minor",
            "快一点，换成D小调",
            {"direction": "faster", "amount": 0.5, "key": "D minor"},
            "music to be changed (faster, in D minor)",
            "clips",
        ),
    ),
    edit=change_music,
)
