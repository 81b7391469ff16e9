"""How loud something is: in percent, in decibels, or more and less than now.

    before  | music ########## |
    after   | music ####       |        to 35%

100% is the file as it is. 0% mutes; any other value is heard again. Unsaid: the music, and where there is none,
everything that sounds.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.amounts import db_of_percent, percent_of_db
from reelscore.edit.arguments import Arguments
from reelscore.edit.command import Choice, Command, Example, Param, Said
from reelscore.edit.params import choice, which
from reelscore.edit.places import label
from reelscore.edit.refusals import refuse
from reelscore.edit.segments import sound_of
from reelscore.edit.targets import sounding
from reelscore.edit.tracks import changed
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline

MOST_PERCENT, LEAST_DB, MOST_DB = 400.0, -60.0, 12.0
STEPS = {
    "much_louder": 10.0,
    "louder": 6.0,
    "a_bit_louder": 3.0,
    "a_bit_quieter": -3.0,
    "quieter": -6.0,
    "much_quieter": -10.0,
}


def volume(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline:
    if not any(name in args for name in ("to", "by", "db", "by_db", "step")):
        raise refuse("missing", command="volume", name="to", help=COMMAND.params[1].help, example="35")
    chosen = sounding(timeline, args.text("which"))
    after = {place.segment.id: _gain(place.segment, args) for place in chosen}
    for place in chosen:
        gain = after[place.segment.id]
        if gain is not None and gain > db_of_percent(MOST_PERCENT) + 0.01:
            now = f"{percent_of_db(sound_of(place.segment).gain_db):.0f}%"
            what = label(place)
            name = Said(f"the volume of {what.en} (now {now})", f"{what.zh}的音量（现在 {now}）")
            raise refuse("outside", name=name, value=f"{percent_of_db(gain):.0f}%", low="0%", high="400%")

    def set_gain(segment: Segment) -> Segment:
        gain = after[segment.id]
        sound = sound_of(segment)
        if gain is None:
            return replace(segment, sound=replace(sound, muted=True))
        return replace(segment, sound=replace(sound, gain_db=max(LEAST_DB, gain), muted=False))

    return changed(timeline, after, set_gain)


def _gain(segment: Segment, args: Arguments) -> float | None:
    """The gain asked for in decibels; None is silence."""
    now = sound_of(segment).gain_db
    if "db" in args:
        return args.number("db")
    if "by_db" in args:
        return round(now + args.number("by_db"), 6)
    if "step" in args:
        return round(now + STEPS[args.text("step")], 6)
    percent = args.number("to") if "to" in args else round(percent_of_db(now), 6) + args.number("by")
    return db_of_percent(percent) if percent > 0 else None


COMMAND = Command(
    name="volume",
    group="sound",
    help=Said("Set how loud something is", "调整音量"),
    params=(
        which("sounding"),
        Param("to", "percent", Said("how loud; 100 is as recorded", "音量；100 为原始音量"), low=0, high=MOST_PERCENT),
        Param(
            "by",
            "percent",
            Said("points more, or less when negative", "增加多少；负数为减少"),
            low=-MOST_PERCENT,
            high=MOST_PERCENT,
        ),
        Param("db", "decibels", Said("gain", "增益"), low=LEAST_DB, high=MOST_DB),
        Param("by_db", "decibels", Said("decibels more or less", "增减多少分贝"), low=LEAST_DB, high=-LEAST_DB),
        choice(
            "step",
            "about how much",
            "大致调整",
            Choice("much_louder", ("a lot louder", "way louder"), ("大很多", "响很多")),
            Choice("louder", ("up", "raise"), ("大", "大声", "响", "大一点儿", "调大", "高")),
            Choice(
                "a_bit_louder",
                ("slightly louder", "a little louder", "up a bit"),
                ("大一点", "稍大", "响一点", "高一点"),
            ),
            Choice(
                "a_bit_quieter",
                ("slightly quieter", "a little quieter", "softer", "down a bit"),
                ("小一点", "稍小", "轻一点", "低一点"),
            ),
            Choice("quieter", ("down", "lower"), ("小", "小声", "轻", "调小", "低")),
            Choice("much_quieter", ("a lot quieter", "way quieter"), ("小很多", "轻很多")),
        ),
    ),
    words={
        "en": (
            "volume",
            "turn down",
            "turn up",
            "louder",
            "quieter",
            "softer",
            "lower the",
            "raise the",
            "loudness to",
        ),
        "zh": ("音量", "调低", "调高", "大声", "小声", "调大", "调小", "声音大", "声音小"),
    },
    examples=(
        Example(
            "turn the music down to 35%",
            "把音乐音量降到35%",
            {"which": "music", "to": 35},
            "music: volume 100% -> 35%",
            "film",
        ),
        Example(
            "lower the music by 6 dB",
            "音乐降低6分贝",
            {"which": "music", "by_db": -6},
            "music: volume 100% -> 50.1%",
            "film",
        ),
        Example(
            "the voice a bit louder",
            "旁白大一点",
            {"which": "voice", "step": "a_bit_louder"},
            "voice: volume 100% -> 141.3%",
            "talk",
        ),
        Example("music volume to 80%", "音乐音量80%", {"to": "80%"}, "music: volume 100% -> 80%", "talk"),
    ),
    edit=volume,
)
