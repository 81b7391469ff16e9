"""The sound of a timeline: what is heard when and how loud, to the sample, whatever the blocks.

Tolerances: places exact to the sample where nothing is encoded, else 2 ms; levels 0.1 dB; pitches 0.2 %; joins of
chunks exact.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reelscore.errors import MediaError
from reelscore.render import sound_reading
from reelscore.render.sources import Source, Sources
from reelscore.render.voices import Voice
from reelscore.values.loudness import integrated_lufs
from reelscore.values.sound import Samples
from reelscore.values.time import Span
from reelscore.values.timeline import Gap, Segment, Track, Transition
from tests.unit.render.painting import numbered_film
from tests.unit.render.sounding import RATE, audio, heard, part, pitch, rms, tone, write_sound

pytestmark = pytest.mark.slow


def noise(seconds: float, seed: int = 1, level: float = 0.1) -> Samples:
    drawn = np.random.default_rng(seed).standard_normal((round(seconds * RATE), 2))
    return np.asarray(np.clip(level * drawn, -0.9, 0.9), np.float32)


def counted(seconds: float) -> Samples:
    """A ramp that tells its own place: sample n is n / 2**20, left; its negative, right."""
    ramp = np.arange(round(seconds * RATE)) / 2**20
    return np.stack((ramp, -ramp), axis=1).astype(np.float32)


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("sounds")
    voice = np.concatenate((np.zeros((RATE, 2), np.float32), tone(300, 1), np.zeros((RATE, 2), np.float32)))
    return {
        "ramp": write_sound(folder / "ramp.wav", counted(8)),
        "noise": write_sound(folder / "noise.wav", noise(6)),
        "other": write_sound(folder / "other.wav", noise(6, 9)),
        "tone": write_sound(folder / "tone.wav", tone(440, 6)),
        "tone441": write_sound(folder / "tone441.flac", tone(1000, 6, 44_100), 44_100),
        "aac": write_sound(folder / "noise.m4a", noise(6, 2)),
        "mp3": write_sound(folder / "noise.mp3", noise(6, 3)),
        "ogg": write_sound(folder / "noise.ogg", noise(6, 4)),
        "voice": write_sound(folder / "voice.wav", voice),
        "silent film": numbered_film(folder / "film.mp4", 10),
    }


def test_sound_comes_through_untouched(media: Sources) -> None:
    found = heard([audio(part("ramp", 4))], media, 4)
    assert np.array_equal(found[200:-200], counted(4)[200:-200])  # but for the edges' two milliseconds


def test_segments_lie_exactly_where_they_belong(media: Sources) -> None:
    track = audio(Gap(Fraction(1, 2)), part("ramp", 1, 2.5), Gap(Fraction(1, 4)), part("ramp", 0.5, 1, name="b"))
    found = heard([track], media, 3)[:, 0]
    ramp = counted(8)[:, 0]
    assert not found[:24_000].any()
    assert np.array_equal(found[24_200:71_800], ramp[120_200:167_800])
    assert not found[72_000:84_000].any()
    assert np.array_equal(found[84_200:107_800], ramp[48_200:71_800])
    assert not found[108_000:].any()


def busy() -> list[Track]:
    """A bit of everything on three tracks."""
    return [
        audio(
            part("ramp", 1.5, 1, name="a"),
            part("noise", 1.5, 1, name="b", speed=Fraction(5, 4)),
            part("tone441", 1, 1, name="c", reverse=True),
            part("noise", 1, 4, name="d", speed=Fraction(2, 3), original_key=False),
            transitions=(Transition("b", "crossfade", Fraction(1, 2)), Transition("d", "crossfade", Fraction(1, 5))),
        ),
        audio(
            part("mp3", 2, 0.7, fade_in=Fraction(1)), part("aac", 3, 2, duck_db=-15.0, fade_out=Fraction(1)), name="m"
        ),
        audio(Gap(Fraction(1, 3)), part("voice", 3), part("ogg", 1.2, 3, pan=0.5, gain_db=12.0), name="v"),
    ]


SPEECH = {"voice": [Span(Fraction(1), Fraction(2))]}


@pytest.mark.parametrize(("first", "count"), [(0, 30_001), (12_345, 50_000), (71_999, 96_002), (180_000, 60_000)])
def test_a_chunk_may_begin_anywhere(media: Sources, first: int, count: int) -> None:
    whole = heard(busy(), media, 5, speech=SPEECH)
    chunk = heard(busy(), media, count / RATE, first, SPEECH)
    assert np.array_equal(chunk, whole[first : first + count])


def test_blocks_are_about_a_second_and_their_sum_exact(media: Sources) -> None:
    from reelscore.render.soundtrack import sound_blocks
    from reelscore.values.timeline import Timeline

    sizes = [len(b) for b in sound_blocks(Timeline(tracks=(audio(part("tone", 3)),)), media, 7, 100_003)]
    assert sum(sizes) == 100_003
    assert max(sizes) <= RATE


def test_rates_are_changed_without_drift_or_dirt(media: Sources) -> None:
    found = heard([audio(part("tone441", 6))], media, 6)[:, 0].astype(np.float64)
    wanted = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(len(found)) / RATE)
    assert np.abs(found - wanted)[1000:-1000].max() < 2e-4


def test_ten_minutes_of_another_rate_end_in_step(tmp_path: Path) -> None:
    """Clicks at 0:01 and 9:59 of a 44.1 kHz file are heard there, to a tenth of a millisecond."""
    samples = np.zeros((600 * 44_100, 2), np.float32)
    for second in (1, 599):
        samples[second * 44_100] = 0.9
    source = write_sound(tmp_path / "long.flac", samples, 44_100)
    voice = Voice(part("x", 600), source)
    for second in (1, 599):
        block = np.abs(voice.read(second * RATE - 100, 200)[:, 0])
        assert abs(int(block.argmax()) - 100) <= 4
    voice.close()


@pytest.mark.parametrize(
    ("layout", "loud", "left", "right"),
    [
        ("mono", 0, 1.0, 1.0),
        ("stereo", 0, 1.0, 0.0),
        ("5.1", 0, 1.0, 0.0),
        ("5.1", 1, 0.0, 1.0),
        ("5.1", 2, 0.7071, 0.7071),
        ("5.1", 3, 0.0, 0.0),
        ("5.1", 4, 0.7071, 0.0),
        ("5.1", 5, 0.0, 0.7071),
    ],
)
def test_layouts_are_folded_to_stereo(tmp_path: Path, layout: str, loud: int, left: float, right: float) -> None:
    count = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    samples = np.zeros((RATE // 2, count), np.float32)
    samples[:, loud] = tone(500, 0.5, channels=1)[:, 0]
    source = write_sound(tmp_path / "x.wav", samples, layout=layout)
    found = heard([audio(part("x", 0.5))], {"x": source}, 0.5)[4800:-4800].astype(np.float64)
    wanted = np.sqrt(np.mean(samples[4800:-4800, loud].astype(np.float64) ** 2))
    assert np.allclose(np.sqrt(np.mean(found**2, axis=0)) / wanted, (left, right), atol=2e-3)


@pytest.mark.parametrize("how", [{"freeze": True}, {"muted": True}])
def test_what_makes_no_sound(media: Sources, how: dict[str, Any]) -> None:
    assert not heard([audio(part("tone", 1, **how))], media, 1).any()


def test_tracks_without_sound(media: Sources) -> None:
    """Muted tracks, pictures without sound, plain colours, and music that is not written yet are silent."""
    waiting = Segment("w", Fraction(1))
    tracks = [audio(part("tone", 1), muted=True), audio(part("silent film", 1), name="b"), audio(waiting, name="c")]
    assert not heard(tracks, media, 1).any()


def test_hidden_tracks_are_still_heard(media: Sources) -> None:
    assert rms(heard([Track("v", "video", items=(part("tone", 1),), hidden=True)], media, 1)) > 0.3


def test_beyond_the_end_of_a_source_there_is_silence(media: Sources) -> None:
    found = heard([audio(part("tone", 3, 5))], media, 3)
    assert rms(found, 0.1, 0.9) > 0.3
    assert not found[RATE + 100 :].any()


def test_late_sound_stays_late(tmp_path: Path) -> None:
    """A film whose sound begins 0.3 s after its picture."""
    import subprocess

    from reelscore.render.run import encoder
    from reelscore.understand.probe import probe

    film = numbered_film(tmp_path / "film.mp4", 30)
    sound = write_sound(tmp_path / "s.wav", tone(440, 1))
    path = tmp_path / "late.mkv"
    inputs = ["-i", str(film.path), "-itsoffset", "0.3", "-i", str(sound.path)]
    subprocess.run([encoder(), "-v", "error", *inputs, "-c:v", "copy", "-c:a", "flac", str(path)], check=True)
    late = Source(path, probe(path))
    found = heard([audio(part("x", 1))], {"x": late}, 1)
    assert rms(found, 0, 0.298) < 1e-4
    assert rms(found, 0.302, 0.9) > 0.3


@pytest.mark.parametrize(("gain", "track_gain"), [(0.0, 0.0), (-6.0, 0.0), (0.0, -12.0), (3.0, -9.0)])
def test_gains_add_up(media: Sources, gain: float, track_gain: float) -> None:
    found = heard([audio(part("tone", 1, gain_db=gain), gain_db=track_gain)], media, 1)
    level = 20 * np.log10(rms(found, 0.1, 0.9) / (0.5 / np.sqrt(2)))
    assert abs(level - gain - track_gain) < 0.1


def test_pan_takes_from_the_far_side(media: Sources) -> None:
    left = heard([audio(part("tone", 1, pan=-1.0))], media, 1)[4800:-4800]
    half = heard([audio(part("tone", 1, pan=0.5))], media, 1)[4800:-4800]
    assert np.abs(left[:, 1]).max() < 1e-6
    assert np.abs(left[:, 0]).max() > 0.49
    assert abs(np.abs(half[:, 0]).max() / np.abs(half[:, 1]).max() - np.cos(np.pi / 4)) < 0.01


def test_fades_are_smooth_from_and_to_nothing(media: Sources) -> None:
    found = np.abs(heard([audio(part("tone", 4, fade_in=Fraction(1), fade_out=Fraction(2)))], media, 4)[:, 0])
    levels = [float(found[round(at * RATE) : round((at + 0.05) * RATE)].max()) for at in np.arange(0, 4, 0.05)]
    assert levels[0] < 0.01
    assert np.all(np.diff(levels[:19]) > 0)
    assert np.allclose(levels[20:39], 0.5, atol=0.003)
    assert np.all(np.diff(levels[41:]) < 0)
    assert levels[-1] < 0.01


def test_hard_edges_do_not_click(media: Sources) -> None:
    """A cut in the middle of a wave rises and falls over two milliseconds."""
    found = heard([audio(Gap(Fraction(1, 2)), part("tone", 1, 0.0107))], media, 2)[:, 0]
    assert np.abs(np.diff(found)).max() < 0.04


def test_a_split_in_running_sound_is_not_heard(media: Sources) -> None:
    whole = heard([audio(part("noise", 4))], media, 4)
    split = heard([audio(part("noise", 1.5, name="a"), part("noise", 2.5, 1.5, name="b"))], media, 4)
    assert np.array_equal(whole, split)


def test_a_split_with_another_gain_changes_it_without_a_click(media: Sources) -> None:
    found = heard([audio(part("tone", 1, name="a"), part("tone", 1, 1, name="b", gain_db=-20.0))], media, 2)[:, 0]
    assert np.abs(np.diff(found)).max() < 0.04
    assert abs(np.abs(found[RATE + 500 :]).max() - 0.05) < 0.001
    around = found[RATE - 200 : RATE + 200]
    assert np.abs(around).max() > 0.2  # no hole


def test_crossfades_keep_the_power_of_two_sounds(media: Sources) -> None:
    cross = Transition("other", "crossfade", Fraction(1))
    found = heard([audio(part("noise", 2, 1), part("other", 2, 2), transitions=(cross,))], media, 4)
    levels = [rms(found, at, at + 0.1) for at in np.arange(0.5, 3.5, 0.1)]
    assert max(levels) / min(levels) < 1.12


def test_crossfades_keep_the_level_of_one_sound(media: Sources) -> None:
    """Over a cut in running sound both sides are the same, so nothing swells."""
    cross = Transition("b", "crossfade", Fraction(1))
    track = audio(part("noise", 2, 1, name="a"), part("noise", 2, 3, name="b"), transitions=(cross,))
    whole = heard([audio(part("noise", 4, 1))], media, 4)
    assert np.allclose(heard([track], media, 4), whole, atol=1e-6)


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(3, 4), Fraction(5, 4), Fraction(2)])
def test_speed_keeps_the_pitch(media: Sources, speed: Fraction) -> None:
    seconds = min(4.0, 5 / float(speed))
    found = heard([audio(part("tone", round(seconds, 2), speed=speed))], media, seconds)
    assert abs(pitch(found, 0.3, seconds - 0.3) / 440 - 1) < 0.002
    levels = [rms(found, at, at + 0.1) for at in np.arange(0.3, seconds - 0.4, 0.1)]
    assert min(levels) > 0.33
    assert max(levels) < 0.375  # a steady tone stays steady


@pytest.mark.parametrize("speed", [Fraction(1, 2), Fraction(5, 4), Fraction(2)])
def test_speed_without_the_key_changes_the_pitch(media: Sources, speed: Fraction) -> None:
    found = heard([audio(part("tone", 2, speed=speed, original_key=False))], media, 2)
    assert abs(pitch(found, 0.3, 1.7) / (440 * float(speed)) - 1) < 0.002


def test_speeding_up_folds_nothing_back(tmp_path: Path) -> None:
    """A 15 kHz tone at double speed lies above hearing and is gone."""
    source = write_sound(tmp_path / "high.wav", tone(15_000, 4))
    found = heard([audio(part("x", 2, speed=Fraction(2), original_key=False))], {"x": source}, 2)
    assert rms(found, 0.2, 1.8) < 1e-3


@pytest.mark.parametrize("keeps", [True, False])
def test_events_come_when_the_speed_says(media: Sources, keeps: bool) -> None:
    """The voice of seconds 1 to 2 is heard from 0.5 to 1 at double speed."""
    found = heard([audio(part("voice", 1.5, speed=Fraction(2), original_key=keeps))], media, 1.5)
    loud = np.flatnonzero(np.abs(found[:, 0]) > 0.1) / RATE
    assert abs(loud[0] - 0.5) < 0.03
    assert abs(loud[-1] - 1.0) < 0.03


def test_reverse_is_the_exact_mirror(media: Sources) -> None:
    found = heard([audio(part("ramp", 2, 1, reverse=True))], media, 2)
    mirror = counted(8)[RATE : 3 * RATE][::-1]
    assert np.array_equal(found[200:-200], mirror[200:-200])


@pytest.mark.parametrize("name", ["aac", "mp3", "ogg"])
def test_coded_sound_reads_the_same_forwards_and_backwards(media: Sources, name: str) -> None:
    forwards = heard([audio(part(name, 4, 1))], media, 4)
    backwards = heard([audio(part(name, 4, 1, reverse=True))], media, 4)
    assert np.array_equal(forwards[200:-200], backwards[::-1][200:-200])


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".m4a"])
def test_cells_of_long_files_join_exactly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """Decoding begun at a cell is the decoding from the start. (AAC draws its noise anew: chords have hardly any.)"""
    chord = sum((tone(hertz, 9, level=0.1) for hertz in (220, 277.2, 329.6)), np.zeros((9 * RATE, 2), np.float32))
    source = write_sound(tmp_path / f"x{suffix}", chord if suffix == ".m4a" else noise(9, 5))
    whole = heard([audio(part("x", 9))], {"x": source}, 9)
    monkeypatch.setattr(sound_reading, "CELL_SECONDS", 2)
    cells = heard([audio(part("x", 9))], {"x": source}, 9)
    assert np.allclose(cells, whole, atol=1e-4 if suffix == ".m4a" else 0)


def test_music_steps_back_while_somebody_speaks(media: Sources) -> None:
    """Speech from 2 to 3 s of the timeline; the music is 12 dB lower then, and whole again a second later."""
    music, voice = part("tone", 6, duck_db=-12.0), part("voice", 3, gain_db=-80.0)
    found = heard([audio(music), audio(Gap(Fraction(1)), voice, name="v")], media, 6, speech=SPEECH)
    levels = {at: 20 * np.log10(rms(found, at, at + 0.1) * np.sqrt(2) / 0.5) for at in (1.0, 2.1, 2.9, 4.5)}
    assert abs(levels[1.0]) < 0.1
    assert abs(levels[2.1] + 12) < 0.1
    assert abs(levels[2.9] + 12) < 0.1
    assert abs(levels[4.5]) < 0.1


def test_muted_voices_do_not_push_music_back(media: Sources) -> None:
    music = audio(part("tone", 3, duck_db=-12.0))
    plain = heard([music], media, 3)
    muted = heard([music, audio(part("voice", 3, muted=True), name="v")], media, 3, speech=SPEECH)
    assert np.array_equal(plain, muted)


@pytest.mark.parametrize("target", [-24.0, -16.0])
def test_normalising_reaches_its_loudness(media: Sources, target: float) -> None:
    found = heard([audio(part("noise", 5, normalise_lufs=target))], media, 5)
    assert abs(integrated_lufs(found) - target) < 0.2


def test_gain_acts_after_normalising(media: Sources) -> None:
    found = heard([audio(part("noise", 5, normalise_lufs=-24.0, gain_db=-6.0))], media, 5)
    assert abs(integrated_lufs(found) + 30) < 0.2


def test_sums_stay_below_full_scale_and_quiet_sums_alone(media: Sources) -> None:
    loud = [audio(part("tone", 2, gain_db=5.0), name=str(n)) for n in range(3)]
    found = heard(loud, media, 2)
    assert np.abs(found).max() <= 0.981
    assert rms(found, 0.1, 1.9) > 0.6
    two = heard([audio(part("ramp", 2)), audio(part("ramp", 2), name="b")], media, 2)
    assert np.array_equal(two[200:-200], 2 * counted(2)[200:-200])


def test_missing_media_are_named(media: Sources) -> None:
    with pytest.raises(MediaError, match='"holiday" are missing'):
        heard([audio(part("gone", 1, name="holiday"))], media, 1)


def test_media_that_are_gone_are_named(media: Sources, tmp_path: Path) -> None:
    gone = Source(tmp_path / "gone.wav", media["tone"].info)
    with pytest.raises(MediaError, match="no longer there"):
        heard([audio(part("x", 1))], {"x": gone}, 1)


def test_memory_does_not_grow_with_length(media: Sources) -> None:
    """Of what was decoded, only the last seconds are kept."""
    voice = Voice(part("noise", 6), media["noise"])
    for second in range(6):
        voice.read(second * RATE, RATE)
    kept = sum(len(piece) for cell in voice._sound._cells for _, piece in cell._pieces)
    voice.close()
    assert kept <= 2.2 * RATE
