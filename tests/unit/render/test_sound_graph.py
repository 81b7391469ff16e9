"""The encoder's own mix is the soundtrack's to the sample, and is used only where it can be."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from reelscore.render.arguments import of_stranger
from reelscore.render.run import decode_sound, encoder
from reelscore.render.sound_graph import loudest, sound_graph
from reelscore.render.soundtrack import sound_blocks
from reelscore.render.sources import Source, Sources
from reelscore.render.timeline_plan import RenderPlan, plan_timeline
from reelscore.render.timeline_run import render_timeline
from reelscore.understand.probe import probe
from reelscore.values.sound import SAMPLE_RATE, Samples
from reelscore.values.timeline import Canvas, Gap, Item, Media, Segment, Sound, Timeline, Track
from tests.media.make import AAC, X264, ffmpeg

pytestmark = pytest.mark.slow

STEREO = ("-f", "lavfi", "-i", "aevalsrc=0.2*sin(2*PI*330*t)|0.2*sin(2*PI*550*t):s=48000:d=4")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """A film whose sound starts late, and a song of noise."""
    folder = tmp_path_factory.mktemp("sound")
    film, song = folder / "film.mp4", folder / "song.wav"
    picture = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4")
    ffmpeg(*picture, "-itsoffset", "0.3", *STEREO, *X264, *AAC, "-t", "4", str(film))
    mono = folder / "mono.wav"
    ffmpeg("-f", "lavfi", "-i", "aevalsrc=0.2*sin(2*PI*440*t)+0.1*sin(2*PI*3000*t):s=44100:d=4", str(mono))
    noise = np.random.default_rng(1).normal(0, 0.05, (4 * SAMPLE_RATE, 2)).astype(np.float32)
    soundfile.write(song, noise, SAMPLE_RATE, "FLOAT")
    return {"film": Source(film, probe(film)), "song": Source(song, probe(song)), "mono": Source(mono, probe(mono))}


def plan_of(files: Sources, *music: Item, own: Sound | None = None, **changes: Any) -> RenderPlan:
    """The whole film with music beside it."""
    shot = Segment("f", Fraction(4), "film", sound=own)
    tracks = (Track("v", "video", items=(shot,)), Track("a", "audio", items=music, **changes))
    media = tuple(Media(name, "video" if name == "film" else "audio", name, Fraction(4)) for name in files)
    return plan_timeline(Timeline(Canvas(320, 180, Fraction(25)), tracks, media), files)


def mixed(plan: RenderPlan) -> Samples:
    return np.concatenate(list(sound_blocks(plan.timeline, plan.sources, 0, plan.samples)))


MUSIC = Segment("m", Fraction(2), "song", Fraction(1), sound=Sound(-6.0, fade_in=Fraction(1, 2), fade_out=Fraction(1)))


@pytest.mark.parametrize(
    "music",
    [
        (Segment("m", Fraction(4), "song"),),
        (Gap(Fraction(1)), MUSIC),
        (),
        (Gap(Fraction(1)), Segment("m", Fraction(2), "mono", Fraction(1, 3))),
    ],
    ids=["whole", "placed", "own", "mono at 44.1 kHz"],
)
def test_the_mix_is_the_soundtracks(
    files: Sources, tmp_path: Path, music: tuple[Item, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Late starts, gains, fades and places: after encoding, no sample is far from the soundtrack's."""
    plan = plan_of(files, *music, own=Sound(-3.0), gain_db=-2.0)
    assert plan.way == "copy"
    assert sound_graph(plan) is not None
    heard, expected = by_graph(plan, tmp_path), mixed(plan)
    assert len(heard) == len(expected) == plan.samples
    assert np.sqrt(np.mean((heard - expected) ** 2)) < 2e-4  # -74 dB: the curves of fades differ by less than 1 %
    assert np.abs(heard - expected).max() < 0.005
    monkeypatch.setattr("reelscore.render.timeline_run.run_jobs", None)  # no worker is needed
    made = render_timeline(plan, tmp_path / "a.mp4")
    assert (made.way, made.notes) == ("copy", ())
    written = np.frombuffer(decode_sound(tmp_path / "a.mp4"), "<f4").reshape(-1, 2)[: plan.samples]
    assert np.corrcoef(written[:, 0], expected[:, 0])[0, 1] > 0.9


def by_graph(plan: RenderPlan, folder: Path) -> Samples:
    """The graph's sound before it is encoded."""
    graph = sound_graph(plan)
    assert graph is not None
    film = plan.sources["film"]
    inputs = ["-copyts", *of_stranger(film.path, film.info.container), *graph[0]]
    command = [encoder(), "-v", "error", *inputs, "-filter_complex", graph[1], "-map", "[sound]", "-f", "f32le", "-"]
    done = subprocess.run(command, cwd=folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    return np.frombuffer(done.stdout, "<f4").reshape(-1, 2)


def test_a_loud_sum_is_left_to_the_limiter(files: Sources, tmp_path: Path) -> None:
    plan = plan_of(files, Segment("m", Fraction(4), "song", sound=Sound(gain_db=24.0)))
    assert sound_graph(plan) is not None
    made = render_timeline(plan, tmp_path / "a.mp4")
    assert made.way == "copy"
    heard = np.frombuffer(decode_sound(tmp_path / "a.mp4"), "<f4")
    assert np.sqrt(np.mean(heard**2)) > 0.2
    assert np.percentile(np.abs(heard), 99) < 1.0


@pytest.mark.parametrize(
    "sound",
    [Sound(duck_db=-9.0), Sound(normalise_lufs=-14.0), Sound(pan=0.5)],
)
def test_anything_more_is_left_to_the_soundtrack(files: Sources, sound: Sound) -> None:
    whole = Segment("m", Fraction(4), "song", sound=sound)
    assert sound_graph(plan_of(files, whole)) is None
    plain = replace(whole, sound=None)
    for more in (
        replace(plain, speed=Fraction(1, 2)), replace(plain, reverse=True),
    ):  # fmt: skip
        assert sound_graph(plan_of(files, more)) is None
    first, second = (replace(plain, id=name, duration=Fraction(2)) for name in "ab")
    assert sound_graph(plan_of(files, first, second)) is None


def test_the_peak_is_the_last_one_told() -> None:
    told = "frame:0\nlavfi.astats.Overall.Peak_level=-20.1\nframe:1\nlavfi.astats.Overall.Peak_level=-3.5\n"
    assert loudest(told) == -3.5
    assert loudest("") == float("inf")
