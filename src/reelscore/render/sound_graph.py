"""Simple sound in one go: the filter graph by which the encoder itself trims, levels and adds up what is heard.

It gives what `soundtrack.py` gives (the same places to the sample, the same levels, fades and edges) for timelines that
ask for nothing more: natural speed, no step back under speech, no levelling, at most two channels, exact times. Then a
film whose picture is copied needs a single process. Whether the limiter would have acted shows in the peak that the
graph writes down; if so, its result is not used. Pure.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.render.arguments import of_stranger
from reelscore.render.sources import Source
from reelscore.render.timeline_plan import RenderPlan
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span, samples_in
from reelscore.values.timeline import Segment, Sound, Track

PEAKS = "peaks.txt"  # where the graph writes, in the folder in which the encoder runs
LOUDEST_DB = -0.19  # above it the limiter may act
MOST_SEGMENTS = 24
_EDGE = SAMPLE_RATE // 500  # a hard edge rises or falls in 2 ms
_EXACT = ("mp4", "mov", "m4a", "wav", "flac")
_SILENT_DB = -60.0


def sound_graph(plan: RenderPlan) -> tuple[list[str], str] | None:
    """(input arguments, filter graph that ends in [sound]) for the plan's sound; None when it asks for more.

    Input 0 is left for the film's picture.
    """
    heard = _heard(plan)
    if heard is None or not 1 <= len(heard) <= MOST_SEGMENTS or plan.first_sample:
        return None
    inputs, chains = [], []
    for n, (track, span, segment) in enumerate(heard, 1):
        source = plan.sources[segment.media]
        assert source.info.audio is not None
        inputs += of_stranger(source.path, source.info.container)
        chains.append(f"[{n}:{source.info.audio.index}]{_chain(source, track, span, segment)}[s{n}]")
    together = "".join(f"[s{n}]" for n in range(1, len(heard) + 1))
    mixed = f"amix=inputs={len(heard)}:normalize=0:duration=longest:dropout_transition=0," if len(heard) > 1 else ""
    whole = f"apad=whole_len={plan.samples},atrim=end_sample={plan.samples},asetnsamples=n=48000:p=0"
    peak = f"astats=metadata=1:measure_perchannel=none:measure_overall=Peak_level,ametadata=mode=print:file={PEAKS}"
    return inputs, ";".join([*chains, f"{together}{mixed}{whole},{peak}[sound]"])


def loudest(told: str) -> float:
    """The peak in dB that the graph wrote down; infinite when it wrote none."""
    levels = [line.partition("=")[2] for line in told.splitlines() if "Peak_level=" in line]
    try:
        return float(levels[-1])
    except (IndexError, ValueError):
        return float("inf")


def _heard(plan: RenderPlan) -> list[tuple[Track, Span, Segment]] | None:
    """What sounds, in order; None when anything of it is beyond the graph."""
    heard = []
    for track in plan.timeline.tracks:
        if track.kind == "text" or track.muted:
            continue
        audible = [(span, segment) for span, segment in track.placed() if _sounds(segment, plan)]
        if audible and (track.transitions or len(list(track.placed())) > len(audible)):
            return None
        for span, segment in audible:
            if not _simple(segment, plan.sources[segment.media]):
                return None
            heard.append((track, span, segment))
        if len(audible) > 1:
            return None  # neighbours may run on in the source, which has rules of its own
    return heard


def _sounds(segment: Segment, plan: RenderPlan) -> bool:
    source = plan.sources.get(segment.media)
    muted = segment.sound is not None and segment.sound.muted
    return source is not None and source.info.audio is not None and not muted and not segment.freeze


def _simple(segment: Segment, source: Source) -> bool:
    sound, audio = segment.sound or Sound(), source.info.audio
    plain = segment.speed == 1 and not segment.reverse and sound.pan == 0
    plain = plain and sound.duck_db == 0 and sound.normalise_lufs is None
    exact = source.info.container in _EXACT and (source.info.video is not None or audio is None or audio.start == 0)
    return plain and exact and audio is not None and audio.channels <= 2


def _chain(source: Source, track: Track, span: Span, segment: Segment) -> str:
    """From the source's clock to the segment's place on the timeline."""
    sound = segment.sound or Sound()
    zero = source.info.video.start if source.info.video is not None else Fraction(0)
    first, last = samples_in(segment.start, SAMPLE_RATE), samples_in(segment.source.end, SAMPLE_RATE)
    length = last - first
    gain_db = sound.gain_db + track.gain_db
    gain = 0.0 if gain_db <= _SILENT_DB else 10 ** (gain_db / 20)
    parts = [
        f"asettb=1/{SAMPLE_RATE},asetpts=PTS-{round(zero * SAMPLE_RATE)}",
        *(["pan=stereo|c0=c0|c1=c0"] if source.info.audio and source.info.audio.channels == 1 else []),
        f"aresample={SAMPLE_RATE}:async=1:min_hard_comp=0.03:first_pts=0:filter_size=64:cutoff=0.97",
        f"atrim=start_sample={first}:end_sample={last},asetpts=PTS-STARTPTS,apad=whole_len={length}",
        f"volume={gain:.9f}:precision=float",
        f"afade=t=in:ns={_EDGE}:curve=qsin,afade=t=out:ss={length - _EDGE}:ns={_EDGE}:curve=qsin",
    ]
    if fade := samples_in(sound.fade_in, SAMPLE_RATE):
        parts.append(f"afade=t=in:ns={fade}:curve=hsin")
    if fade := samples_in(sound.fade_out, SAMPLE_RATE):
        parts.append(f"afade=t=out:ss={max(0, length - fade)}:ns={fade}:curve=hsin")
    if delay := samples_in(span.start, SAMPLE_RATE):
        parts.append(f"adelay=delays={delay}S:all=1")
    return ",".join(parts)
