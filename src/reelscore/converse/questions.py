"""When it is truly open what is meant: one question, with two or three answers that are real steps, the likeliest first."""

from __future__ import annotations

from reelscore.converse.clause import Clause
from reelscore.converse.reading import Reading
from reelscore.values.command import Said, Step
from reelscore.values.message import Asked, Option, Question

OPEN = 0.1  # readings nearer than this to the best are rivals
SURE = 0.8  # a reading at or above this is never put to a question

_PICTURE, _MUSIC, _FILM = Said("the picture", "画面"), Said("the music", "音乐"), Said("the film", "影片")
_ABOUT = {
    "filter": _PICTURE, "change_music": _MUSIC, "generate_music": Said("new music", "新的音乐"), "speed": Said("the film's speed", "影片的速度"),
    "volume": Said("the volume", "音量"), "vary_music": Said("a variation of the music", "音乐的变奏"),
    "regenerate_music": Said("another take of the music", "重新写一版音乐"), "fit_duration": Said("the film's length", "影片的时长"),
    "music_length": Said("the music's length", "音乐的时长"),
}  # fmt: skip


def open_question(readings: list[Reading]) -> Question | None:
    """A question where the best readings differ in what they are about and none is sure."""
    best = readings[0]
    if best.score >= SURE or not best.asked:
        return None
    rivals = [r for r in readings if r.asked and best.score - r.score <= OPEN]
    held: dict[str, tuple[Asked, ...]] = {}
    for reading in rivals:
        first = reading.asked[0]
        if isinstance(first, Step) and first.command in _ABOUT:
            held.setdefault(first.command, reading.asked)
    if len(held) < 2:
        return None
    options = tuple(Option(_ABOUT[name], steps) for name, steps in list(held.items())[:3])
    return Question(Said("Which do you mean?", "您指的是哪一个？"), options)


def unfinished(c: Clause) -> Question | None:
    """A question for a request that lacks what only the person can say: "cut", "make it 30", "shorter"."""
    text = c.text.strip(" .!?,")
    number = c.quantity("number")
    if c.scene.empty:
        return None
    cut, words = c.find("cut"), len(text.split())
    amount = next((q for q in c.quantities if q.kind == "seconds"), None)
    if amount is not None and cut and not c.mention("clip", "name", "music", "title"):
        first = Option(
            Said(f"the first {float(amount.number):g} s", f"前 {float(amount.number):g} 秒"),
            (Step("cut_first", (("seconds", amount.number),)),),
        )
        last = Option(
            Said(f"the last {float(amount.number):g} s", f"最后 {float(amount.number):g} 秒"),
            (Step("cut_last", (("seconds", amount.number),)),),
        )
        return Question(Said("Which part shall be cut?", "剪掉哪一部分？"), (last, first))
    if number is not None and (c.mention("pronoun") or words <= 3) and not c.mention("clip", "name"):
        value = number.number
        options = [
            Option(Said(f"a length of {value:g} s", f"时长 {value:g} 秒"), (Step("fit_duration", (("to", value),)),))
        ]
        if c.scene.music:
            options.append(
                Option(
                    Said(f"the music at {value:g}%", f"音乐音量 {value:g}%"),
                    (Step("volume", (("which", "music"), ("to", value))),),
                )
            )
        if 12 <= value <= 120:
            options.append(
                Option(
                    Said(f"{value:g} frames a second", f"每秒 {value:g} 帧"), (Step("frame_rate", (("fps", value),)),)
                )
            )
        return (
            Question(Said(f"What shall be {value:g}?", f"什么要改成 {value:g}？"), tuple(options[:3]))
            if len(options) > 1
            else None
        )
    if words <= 3 and cut and not c.mention("music", "title", "text", "voice"):
        options = [
            Option(Said("the first 2 s", "前 2 秒"), (Step("cut_first", (("seconds", 2),)),)),
            Option(Said("the last 2 s", "最后 2 秒"), (Step("cut_last", (("seconds", 2),)),)),
        ]
        return Question(Said("What shall be cut?", "要剪掉哪里？"), tuple(options))
    if c.has("shorter", "longer") and words <= 5 and c.scene.clips:
        return _longer(c)
    return None


def _longer(c: Clause) -> Question:
    now = float(c.scene.timeline.duration)
    factors = (0.75, 0.5) if c.has("shorter") else (1.25, 1.5)
    options = tuple(
        Option(Said(f"{now * f:.0f} s", f"{now * f:.0f} 秒"), (Step("fit_duration", (("to", round(now * f)),)),))
        for f in factors
    )
    return Question(Said("How long shall the film be?", "影片要多长？"), options)
