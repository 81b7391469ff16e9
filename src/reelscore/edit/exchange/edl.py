"""EDL, CMX 3600 as edit systems read it: the film and the first sound under it, cuts and dissolves, by timecode.

An EDL knows one picture and two sounds; other layers, text, filters and placement have no place in it and are left out
(a comment says how many). Speed is an M2 line, stills and freezes as M2 with 0 frames a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reelscore.edit.tracks import film_track
from reelscore.values.time import Seconds
from reelscore.values.timeline import Segment, Timeline, Track


def to_edl(timeline: Timeline) -> str:
    """The text, lines ending in CR LF as the format wants."""
    rate = timeline.canvas.frame_rate
    drop = rate in (Fraction(30000, 1001), Fraction(60000, 1001))
    title = "".join(c if c.isprintable() else " " for c in timeline.title or "Reelscore")[:60]
    lines = [f"TITLE: {title}", f"FCM: {'DROP FRAME' if drop else 'NON-DROP FRAME'}", ""]
    film = film_track(timeline)
    sound = next((t for t in timeline.tracks if t.kind == "audio" and not t.muted), None)
    chosen = [(film, "V"), (sound, "A")]
    number = 0
    for track, channel in chosen:
        if track is None:
            continue
        for event in _events(timeline, track, channel):
            number += 1
            lines += [line.replace("###", f"{number:03d}") for line in event]
    others = sum(track not in (film, sound) for track in timeline.tracks)
    if others:
        lines.append(f"* {others} MORE TRACKS HAVE NO PLACE IN AN EDL")
    return "\r\n".join([*lines, ""])


def _events(timeline: Timeline, track: Track, channel: str) -> Iterator[list[str]]:
    """The lines of each event. A dissolve begins half its length before the cut: there the event before it ends, and
    its own first line names the outgoing clip, with no length."""
    rate = timeline.canvas.frame_rate
    places = list(track.placed())
    halves = {change.into: change.duration / 2 for change in track.transitions if change.kind == "crossfade"}
    for n, (place, held) in enumerate(places):
        half = halves.get(held.id, Fraction(0)) if n else Fraction(0)
        following = halves.get(places[n + 1][1].id, Fraction(0)) if n + 1 < len(places) else Fraction(0)
        begins, ends = place.start - half, place.end - following
        start = max(Fraction(0), held.start - half * held.speed)
        end = held.source.end - following * held.speed
        event: list[str] = []
        if half:
            out = places[n - 1][1]
            left = out.source.end - half * out.speed
            event.append(_line(_reel(timeline, out), channel, "C", (left, left, begins, begins), rate))
            kind = f"D    {round(2 * half * rate):03d}"
        else:
            kind = "C"
        event.append(_line(_reel(timeline, held), channel, kind, (start, end, begins, ends), rate))
        speed = Fraction(0) if held.freeze else held.speed * (-1 if held.reverse else 1)
        if speed != 1:
            shown = f"{float(speed * rate):07.2f}"
            event.append(f"M2   {_reel(timeline, held):<8}       {shown}                {timecode(start, rate)}")
        medium = timeline.medium(held.media)
        name = medium.name if medium else held.name or "text"
        event.append(f"* FROM CLIP NAME: {''.join(c if c.isprintable() else ' ' for c in name)[:120]}")
        yield event


def _line(
    reel: str, channel: str, kind: str, moments: tuple[Seconds, Seconds, Seconds, Seconds], rate: Fraction
) -> str:
    codes = " ".join(timecode(moment, rate) for moment in moments)
    return f"###  {reel:<8} {channel:<5} {kind:<8} {codes}"


def _reel(timeline: Timeline, held: Segment) -> str:
    """Eight letters that tell the medium: its name's, as reels are called."""
    medium = timeline.medium(held.media)
    if medium is None:
        return "BL"
    letters = "".join(c for c in medium.name.rsplit(".", 1)[0].upper() if c.isascii() and c.isalnum())
    return letters[:8] or "AX"


def timecode(at: Seconds, rate: Fraction) -> str:
    """Hours, minutes, seconds and frames of the nearest frame; drop-frame at 29.97 and 59.94."""
    frame = max(0, round(at * rate))
    nominal = round(rate)
    mark = ":"
    if rate in (Fraction(30000, 1001), Fraction(60000, 1001)):
        dropped = nominal // 15
        tens, rest = divmod(frame, nominal * 600 - 9 * dropped)
        minutes = max(0, (rest - dropped) // (nominal * 60 - dropped))
        frame += dropped * (9 * tens + minutes)
        mark = ";"
    whole, part = divmod(frame, nominal)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{part:02d}"
