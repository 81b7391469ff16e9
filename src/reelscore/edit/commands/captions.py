"""Subtitles from SRT, VTT or LRC text, each at its time; the captions there were before are replaced.

before  | interview interview |
after   | interview interview |
           Hello   Welcome
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.edit.arguments import Arguments
from reelscore.edit.captions import read_captions
from reelscore.edit.command import Command, Example, Noted, Param, Said
from reelscore.edit.film import film_length
from reelscore.edit.params import switch
from reelscore.edit.refusals import refuse
from reelscore.edit.tracks import fresh_ids
from reelscore.values.facts import Facts
from reelscore.values.timeline import Gap, Item, Segment, Text, Timeline, Track


def captions(timeline: Timeline, args: Arguments, facts: Facts) -> Timeline | Noted:
    if not args.text("text") and not args.text("file"):
        raise refuse("missing", command="captions", name="file", help=COMMAND.params[0].help, example="captions.srt")
    name = args.text("file")
    if name and name not in facts.texts:
        raise refuse("no_such_media", facts.texts, ref=name)
    cues = read_captions(args.text("text") or facts.texts[name])
    frame, end = timeline.canvas.frame, film_length(timeline)
    ids = fresh_ids(timeline)
    items: list[Item] = []
    at, late = Fraction(0), 0
    for cue in cues:
        start = round((cue.start + args.exact("shift")) / frame) * frame
        stop = round((cue.end + args.exact("shift")) / frame) * frame
        start, stop = max(start, at), min(stop, end) if end else stop
        if stop <= start:
            late += 1
            continue
        if start > at:
            items.append(Gap(start - at))
        items.append(Segment(next(ids), stop - start, text=Text(cue.words, style="caption")))
        at = stop
    if not items:
        raise refuse("no_captions")
    kept = timeline.tracks if args.switch("keep") else tuple(t for t in timeline.tracks if not _captions(t))
    replaced = sum(len(list(t.placed())) for t in timeline.tracks if t not in kept)
    track = Track(next(fresh_ids(timeline, "t")), "text", "Subtitles", items=tuple(items))
    after = replace(timeline, tracks=(*kept, track))
    notes: list[Said] = []
    if replaced:
        notes.append(Said(f"{replaced} captions that were there are replaced.", f"已替换原有的 {replaced} 条字幕。"))
    if late:
        notes.append(
            Said(f"{late} captions lie outside the film and were left out.", f"有 {late} 条字幕超出影片，已略去。")
        )
    return Noted(after, tuple(notes)) if notes else after


def _captions(track: Track) -> bool:
    held = [item for item in track.items if isinstance(item, Segment)]
    return track.kind == "text" and all(s.text is not None and s.text.style == "caption" for s in held)


COMMAND = Command(
    name="captions",
    group="text",
    help=Said("Subtitles from SRT, VTT or LRC", "从 SRT、VTT 或 LRC 导入字幕"),
    params=(
        Param("file", "name", Said("the subtitle or lyrics file that was uploaded", "已上传的字幕或歌词文件")),
        Param("text", "text", Said("the subtitles themselves", "字幕内容"), high=1_000_000),
        Param(
            "shift",
            "seconds",
            Said("how much later; negative: earlier", "整体延后多少；负数为提前"),
            default=0,
            low=-36_000,
            high=36_000,
        ),
        switch("keep", "keep the captions that are there", "保留已有字幕"),
    ),
    words={
        "en": ("captions", "import subtitles", "subtitles from", "add the lyrics", "srt", "vtt", "lrc", "lyrics"),
        "zh": ("导入字幕", "字幕文件", "加歌词", "歌词", "srt", "vtt", "lrc"),
    },
    examples=(
        Example(
            "add subtitles from captions.srt",
            "导入字幕 captions.srt",
            {"file": "captions.srt"},
            'added "Hello" (1-2.5s); added "Welcome" (3-5s)',
            "silent",
        ),
        Example(
            "add the lyrics song.lrc, half a second later",
            "导入歌词 song.lrc，整体延后半秒",
            {"file": "song.lrc", "shift": 0.5},
            'added "City lights" (1.5-5s); added "Keep me awake" (5-9s)',
            "silent",
        ),
    ),
    edit=captions,
)
