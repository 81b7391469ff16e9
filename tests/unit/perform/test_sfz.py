"""SFZ instruments as a band plays them: what the text says is what sounds, and nothing outside its folder is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from reelscore.errors import DataError
from reelscore.perform.sampler import Strike, choking, sound
from reelscore.perform.sfz import PRESET, SfzBank
from reelscore.perform.zones import Gen
from reelscore.values.sound import SAMPLE_RATE, Samples

RATE = SAMPLE_RATE


def tone(hertz: float, seconds: float = 1.0, level: float = 0.5) -> NDArray[np.float32]:
    return (level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


def bank(folder: Path, text: str, **waves: NDArray[np.float32]) -> SfzBank:
    """An instrument of this text; each wave is written as NAME.wav beside it."""
    for name, frames in waves.items():
        soundfile.write(folder / f"{name}.wav", frames, RATE, subtype="FLOAT")
    (folder / "it.sfz").write_text(text, encoding="utf-8")
    return SfzBank(folder / "it.sfz", folder)


def played(
    one: SfzBank, key: int, velocity: int = 127, seconds: float = 1.0, hold_s: float = 10, turn: float = 0.0
) -> Samples:
    out: Samples = np.zeros((round(seconds * RATE), 2), dtype=np.float32)
    sound(out, one, PRESET, Strike(0, round(hold_s * RATE), key, velocity, turn=turn))
    return out


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples.sum(axis=1) * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


def level(samples: Samples) -> float:
    return float(20 * np.log10(np.std(samples) + 1e-9))


def test_keys_are_tuned_from_the_centre(tmp_path: Path) -> None:
    """Names and numbers mean the same keys (c4 is 60); transpose and tune add up."""
    it = bank(tmp_path, "<region> sample=a.wav lokey=c3 hikey=72 pitch_keycenter=a4", a=tone(440))
    assert pitch(played(it, 69)) == pytest.approx(440, abs=1)
    assert pitch(played(it, 57)) == pytest.approx(220, abs=1)
    assert not played(it, 47).any()
    up = bank(tmp_path, "<region> sample=a.wav key=69 transpose=12 tune=100", a=tone(440))
    assert pitch(played(up, 69)) == pytest.approx(880 * 2 ** (1 / 12), abs=2)


def test_what_stands_under_group_and_global_holds_for_their_regions(tmp_path: Path) -> None:
    text = """
    // a comment /* and another
    <global> volume=-6 pitch_keycenter=69
    <group> lovel=1 hivel=63
    <region> sample=quiet one.wav key=69
    <group> lovel=64
    <region> sample=loud.wav key=69 volume=0
    """
    soundfile.write(tmp_path / "quiet one.wav", tone(440), RATE)
    it = bank(tmp_path, text, loud=tone(880))
    assert pitch(played(it, 69, 40)) == pytest.approx(440, abs=1)
    assert pitch(played(it, 69, 100)) == pytest.approx(880, abs=1)
    attenuations = [zone.generators[Gen.ATTENUATION] for zone in it.zones(*PRESET)]
    assert attenuations == [150, 0]  # 6 dB, in the sampler's 0.04 dB


def test_strokes_go_round_by_their_turn(tmp_path: Path) -> None:
    text = "".join(f"<region> sample={n}.wav key=60 seq_length=3 seq_position={i + 1}\n" for i, n in enumerate("abc"))
    it = bank(tmp_path, text, a=tone(300), b=tone(500), c=tone(700))
    assert [round(pitch(played(it, 60, turn=t))) for t in (0.0, 0.34, 0.99)] == [300, 500, 700]


def test_loops_and_one_shots(tmp_path: Path) -> None:
    """A loop of the text, a loop of the file, and a stroke that ignores how long its key is held."""
    loop = "loop_mode=loop_continuous loop_start=4800 loop_end=9599"
    it = bank(tmp_path, f"<region> sample=a.wav key=69 pitch_keycenter=69 {loop}", a=tone(100, 0.25))
    assert level(played(it, 69, seconds=3)[-RATE:]) == pytest.approx(level(played(it, 69, seconds=0.1)), abs=1)
    shot = bank(tmp_path, "<region> sample=a.wav key=69 loop_mode=one_shot", a=tone(100, 0.5))
    short = bank(tmp_path, "<region> sample=a.wav key=69 ampeg_release=0.05", a=tone(100, 0.5))
    late = slice(round(0.3 * RATE), round(0.45 * RATE))
    assert level(played(shot, 69, hold_s=0.05)[late]) > -20
    assert level(played(short, 69, hold_s=0.05)[late]) < -80


def test_a_loop_written_in_the_file_is_found(tmp_path: Path) -> None:
    frames = (tone(100, 0.25) * 32767).astype("<i2").tobytes()
    smpl = np.zeros(15, "<u4")
    smpl[7], smpl[11], smpl[12] = 1, 4800, 9599
    form = b"fmt " + np.array([16], "<u4").tobytes() + np.array([1, 1], "<u2").tobytes()
    form += np.array([RATE, 2 * RATE], "<u4").tobytes() + np.array([2, 16], "<u2").tobytes()
    body = b"WAVE" + form + b"data" + np.array([len(frames)], "<u4").tobytes() + frames
    body += b"smpl" + np.array([60], "<u4").tobytes() + smpl.tobytes()
    (tmp_path / "own.wav").write_bytes(b"RIFF" + np.array([len(body)], "<u4").tobytes() + body)
    it = bank(tmp_path, "<region> sample=own.wav key=69")
    assert level(played(it, 69, seconds=3)[-RATE:]) > -20


def test_envelopes_touch_and_filters(tmp_path: Path) -> None:
    a = np.random.default_rng(1).uniform(-0.5, 0.5, RATE).astype(np.float32)
    plain = bank(tmp_path, "<region> sample=a.wav key=60", a=a)
    slow = bank(tmp_path, "<region> sample=a.wav key=60 ampeg_attack=0.5", a=a)
    falling = bank(tmp_path, "<region> sample=a.wav key=60 ampeg_decay=0.2 ampeg_sustain=10", a=a)
    even = bank(tmp_path, "<region> sample=a.wav key=60 amp_veltrack=0", a=a)
    dark = bank(tmp_path, "<region> sample=a.wav key=60 cutoff=500", a=a)
    first, last = slice(0, RATE // 20), slice(RATE // 2, RATE * 9 // 10)
    assert level(played(slow, 60)[first]) < level(played(plain, 60)[first]) - 15
    assert level(played(falling, 60)[last]) == pytest.approx(level(played(plain, 60)[last]) - 20, abs=1)
    assert level(played(plain, 60, 64)) == pytest.approx(level(played(plain, 60)) - 12, abs=0.5)
    assert level(played(even, 60, 64)) == pytest.approx(level(played(even, 60)), abs=0.1)
    assert level(np.diff(played(dark, 60), axis=0)) < level(np.diff(played(plain, 60), axis=0)) - 25


def test_stereo_files_keep_their_sides(tmp_path: Path) -> None:
    both = np.stack([tone(300), tone(500)], axis=1)
    out = played(bank(tmp_path, "<region> sample=a.wav key=60", a=both), 60)
    assert [round(pitch(out[:, [c, c]])) for c in (0, 1)] == [300, 500]
    left = played(bank(tmp_path, "<region> sample=a.wav key=60 pan=-100", a=both), 60)
    assert np.abs(left[:, 0]).max() > 0.2
    assert np.abs(left[:, 1]).max() < 1e-6


def test_a_group_stops_another(tmp_path: Path) -> None:
    """The closed hat stops the open one, not the other way round."""
    text = "<region> sample=a.wav key=42 group=1\n<region> sample=a.wav key=46 group=2 off_by=1"
    it = bank(tmp_path, text, a=tone(440))
    assert choking(it, PRESET, 42, 100) == (1, 0)
    assert choking(it, PRESET, 46, 100) == (2, 1)


def test_only_what_sounds_at_the_stroke_with_all_at_rest_is_played(tmp_path: Path) -> None:
    text = """
    <control> set_cc20=100
    <region> sample=a.wav key=60
    <region> sample=b.wav key=60 trigger=release
    <region> sample=b.wav key=60 locc64=64
    <region> sample=b.wav key=60 sw_last=24 sw_default=25
    <region> sample=b.wav key=60 hicc20=50
    <region> sample=*sine key=60
    <region> sample=b.wav hikey=-1 on_locc4=1
    """
    it = bank(tmp_path, text, a=tone(300), b=tone(700))
    assert len(it.zones(*PRESET)) == 1


def test_defines_includes_and_default_paths(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    soundfile.write(tmp_path / "samples" / "a.wav", tone(440), RATE)
    (tmp_path / "more.sfz").write_text("<region> sample=$NAME.wav key=$KEY", encoding="utf-8")
    text = '<control> default_path=samples\\\n#define $KEY 69\n#define $NAME a\n#include "more.sfz"'
    assert pitch(played(bank(tmp_path, text), 69)) == pytest.approx(440, abs=1)


@pytest.mark.parametrize(
    "name", ["../secret.wav", "/etc/secret.wav", "C:\\secret.wav", "x/../../secret.wav", "link.wav"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / "secret.wav", tone(440), RATE)
    home = tmp_path / "home"
    home.mkdir()
    (home / "link.wav").symlink_to(tmp_path / "secret.wav")
    with pytest.raises(DataError, match="inside the folder"):
        bank(home, f"<region> sample={name} key=60")
    with pytest.raises(DataError, match="inside the folder"):
        bank(home, f'#include "{name}"\n<region> sample=*sine')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no <region>"),
        ("<region> sample=gone.wav key=60", "not there"),
        ("<region> sample=*sine", "nothing in it sounds"),
        ('#include "it.sfz"', "circles"),
        ("<region>" * 20_001, "characters|regions"),
        ("#define $A " + "x" * 9000 + "\n" + "<region> sample=$A$A$A", "without bounds"),
        ("<region> sample=broken.wav key=60", "not there"),
    ],
)
def test_broken_and_hostile_texts_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF not sound")
    with pytest.raises(DataError, match=said):
        bank(tmp_path, text)


def test_endless_comments_and_strange_numbers_do_no_harm(tmp_path: Path) -> None:
    """Numbers that are none, or none of this world, count as not written."""
    odd = "volume=loud pan=1e999 tune=nan lovel=-5 hivel=900 ampeg_attack=-3 offset=-1 loop_start=x seq_length=0"
    it = bank(tmp_path, f"<region> sample=a.wav key=69 {odd}\n" + "/* " * 100_000, a=tone(440))
    out = played(it, 69)
    assert np.isfinite(out).all()
    assert pitch(out) == pytest.approx(440, abs=1)
