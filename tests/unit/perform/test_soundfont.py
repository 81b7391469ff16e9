"""The SoundFont reader: what a font says is what is played, and a broken one is refused."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelscore.errors import DataError
from reelscore.perform.played_sounds import FONT
from reelscore.perform.soundfont import SoundFont
from reelscore.perform.zones import MARGIN, Gen, Zone
from tests.unit.perform.fonts import INSTRUMENT, SAMPLE, Font, Wave, font_bytes, packed, sine, write_font

pytestmark = pytest.mark.slow

FINE, ATTENUATION, KEYS, VELOCITIES, ROOT, MODES = 52, 48, 43, 44, 58, 54
PLAIN = Font([sine()], [[[(SAMPLE, 0)]]])


def opened(tmp_path: Path, data: bytes) -> SoundFont:
    path = tmp_path / "test.sf2"
    path.write_bytes(data)
    return SoundFont(path)


def only_zone(tmp_path: Path, font: Font) -> Zone:
    (zone,) = SoundFont(write_font(tmp_path / "test.sf2", font)).zones(0, 0)
    return zone


def test_preset_generators_add_to_the_instruments(tmp_path: Path) -> None:
    """A preset's zone shifts what its instrument says."""
    font = Font([sine()], [[[(FINE, 30), (SAMPLE, 0)]]], {(0, 0): [[(FINE, -10), (INSTRUMENT, 0)]]})
    assert only_zone(tmp_path, font).generators[Gen.FINE] == 20


def test_a_global_zone_fills_what_later_zones_leave_open(tmp_path: Path) -> None:
    """A first zone without a sample speaks for all; the others may overrule it."""
    zones = [[(FINE, 7), (ATTENUATION, 50)], [(ATTENUATION, 90), (SAMPLE, 0)]]
    zone = only_zone(tmp_path, Font([sine()], [zones]))
    assert (zone.generators[Gen.FINE], zone.generators[Gen.ATTENUATION]) == (7, 90)


def test_a_root_key_is_never_added(tmp_path: Path) -> None:
    """Root keys and sample modes belong to the instrument alone."""
    font = Font(
        [sine()], [[[(MODES, 1), (ROOT, 60), (SAMPLE, 0)]]], {(0, 0): [[(ROOT, 5), (MODES, 1), (INSTRUMENT, 0)]]}
    )
    zone = only_zone(tmp_path, font)
    assert (zone.generators[Gen.ROOT], zone.generators[Gen.MODES]) == (60, 1)


def test_ranges_of_both_levels_intersect(tmp_path: Path) -> None:
    """A zone sounds where preset and instrument both allow it, and not at all where they exclude each other."""
    instrument = [[(KEYS, packed(40, 70)), (SAMPLE, 0)], [(KEYS, packed(90, 99)), (SAMPLE, 0)]]
    preset = [[(KEYS, packed(60, 80)), (VELOCITIES, packed(1, 64)), (INSTRUMENT, 0)]]
    zone = only_zone(tmp_path, Font([sine()], [instrument], {(0, 0): preset}))
    assert (zone.keys, zone.velocities) == ((60, 70), (1, 64))
    assert [zone.takes(60, 64), zone.takes(59, 64), zone.takes(60, 65)] == [True, False, False]


@pytest.mark.parametrize("ogg", [False, True], ids=["sf2", "sf3"])
def test_samples_decode_to_what_was_written(tmp_path: Path, ogg: bool) -> None:
    """16-bit and Ogg samples both come out as they went in."""
    font = opened(tmp_path, font_bytes(PLAIN, ogg=ogg))
    sample = font.sample(0, looped=False)
    sounding = sample.frames[sample.start : sample.end]
    assert len(sounding) == 48_000
    assert np.abs(sounding - sine().frames).max() < (0.05 if ogg else 1e-4)


def test_a_looped_sample_repeats_its_loop_behind_the_end(tmp_path: Path) -> None:
    """So that an interpolator can read across the seam."""
    wave = sine(cycles_looped=11)
    sample = opened(tmp_path, font_bytes(Font([wave], [[[(SAMPLE, 0)]]]))).sample(0, looped=True)
    length = sample.loop_end - sample.loop_start
    assert length == 1200
    behind = sample.frames[sample.loop_end : sample.loop_end + 2 * MARGIN]
    assert np.array_equal(behind, sample.frames[sample.loop_start : sample.loop_start + 2 * MARGIN])


@pytest.mark.parametrize("pad", [True, False], ids=["padded", "unpadded"])
def test_odd_chunks_are_read_with_and_without_pad_byte(tmp_path: Path, pad: bool) -> None:
    """Some writers of SF3 files leave the pad byte out."""
    font = Font([Wave(sine().frames[:4801])], [[[(SAMPLE, 0)]]])
    read = opened(tmp_path, font_bytes(font, ogg=True, pad=pad, odd_info=True))
    assert list(read.presets) == [(0, 0)]
    assert read.sample(0, looped=False).end == MARGIN + 4801


def test_an_unknown_preset_is_named(tmp_path: Path) -> None:
    """Asking for what is not there says so."""
    with pytest.raises(DataError, match=r"no preset 3:7"):
        opened(tmp_path, font_bytes(PLAIN)).zones(3, 7)


@pytest.mark.parametrize(
    ("font", "message"),
    [
        (Font([sine()], [[[(SAMPLE, 5)]]]), "igen points outside shdr"),
        (Font([sine()], [[[(SAMPLE, 0)]]], {(0, 0): [[(INSTRUMENT, 9)]]}), "pgen points outside inst"),
    ],
    ids=["sample", "instrument"],
)
def test_a_font_that_points_outside_itself_is_refused(tmp_path: Path, font: Font, message: str) -> None:
    """Indices are checked when the file is opened."""
    with pytest.raises(DataError, match=message):
        opened(tmp_path, font_bytes(font))


def test_a_sample_with_an_impossible_rate_is_refused(tmp_path: Path) -> None:
    """Zero hertz would be an endless note."""
    font = opened(tmp_path, font_bytes(Font([Wave(sine().frames, rate=1)], [[[(SAMPLE, 0)]]])))
    with pytest.raises(DataError, match="rate of 1 Hz"):
        font.sample(0, looped=False)


def test_a_loop_outside_its_sample_is_left_out(tmp_path: Path) -> None:
    """The sample then plays once."""
    font = opened(tmp_path, font_bytes(Font([Wave(sine().frames, loop=(100, 90_000))], [[[(SAMPLE, 0)]]])))
    assert font.sample(0, looped=True).loop_end == 0


def test_a_preset_that_multiplies_itself_is_refused(tmp_path: Path) -> None:
    """A small file can name 200 times 200 zones; that is no instrument."""
    font = Font([sine(seconds=0.01)], [[[(SAMPLE, 0)]] * 200], {(0, 0): [[(INSTRUMENT, 0)]] * 200})
    with pytest.raises(DataError, match="over 20000 zones"):
        opened(tmp_path, font_bytes(font)).zones(0, 0)


def test_other_files_are_refused(tmp_path: Path) -> None:
    """Text, an empty file, and a missing one are DataErrors, not tracebacks."""
    with pytest.raises(DataError, match="not a SoundFont"):
        opened(tmp_path, b"once upon a time, there was a file")
    with pytest.raises(DataError, match="cannot be read"):
        opened(tmp_path, b"")
    with pytest.raises(DataError, match="cannot be read"):
        SoundFont(tmp_path / "missing.sf2")


SMALL = font_bytes(Font([Wave(sine().frames[:300], loop=(10, 200))], [[[(KEYS, packed(0, 90)), (SAMPLE, 0)]]]))


@settings(max_examples=150, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8), cut=st.integers(0, 60)
)
def test_damage_is_a_data_error_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]], cut: int
) -> None:
    """Whatever bytes are changed or missing, nothing but DataError comes out."""
    data = bytearray(SMALL[: len(SMALL) - cut])
    for at, value in places:
        if at < len(data):
            data[at] = value
    path = tmp_path_factory.mktemp("hostile") / "test.sf2"
    path.write_bytes(bytes(data))
    try:
        font = SoundFont(path)
        for preset in font.presets:
            for zone in font.zones(*preset):
                sample = font.sample(zone.sample, looped=True)
                assert 0 <= sample.loop_start <= sample.loop_end <= len(sample.frames)
    except DataError:
        pass


def test_the_font_that_ships_has_what_the_instruments_need() -> None:
    """FluidR3Mono: 180-odd presets, the General MIDI ones and drum kits among them."""
    font = SoundFont(Path(str(files("reelscore.perform") / "sounds" / FONT)))
    assert len(font.presets) > 180
    assert font.presets[0, 0] == "Yamaha Grand Piano"
    assert (128, 0) in font.presets
