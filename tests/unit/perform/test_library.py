"""A user's own sounds in place of the package's: by table, by General MIDI font, by file name."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile

from reelscore.errors import DataError
from reelscore.perform.band import render_player
from reelscore.perform.humanise import play
from reelscore.perform.played_sounds import SHIPPED, Sounds
from reelscore.perform.record import record
from reelscore.perform.sound_folder import load_sounds
from reelscore.perform.soundbanks import FLUID, SYNTHESIS
from reelscore.perform.tables import instrument, instruments
from reelscore.values.brief import LoudnessTarget
from reelscore.values.loudness import integrated_lufs
from reelscore.values.sound import SAMPLE_RATE, Samples
from tests.unit.perform.fonts import INSTRUMENT, SAMPLE, Font, packed, sine, write_font
from tests.unit.perform.scores import note, piece

LARGE = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")


def folder_of(place: Path, table: str, level: float = 0.5) -> Path:
    """A sine as an SFZ piano that reaches from key 48 to 72, a font with presets 0:0 and 128:0, and a table."""
    (place / "piano").mkdir(parents=True)
    t = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    soundfile.write(place / "piano" / "a.wav", level * np.sin(2 * np.pi * 440 * t), SAMPLE_RATE, subtype="FLOAT")
    (place / "piano" / "it.sfz").write_text("<region> sample=a.wav lokey=48 hikey=72 pitch_keycenter=69")
    presets = {(0, 0): [[(INSTRUMENT, 0)]], (128, 0): [[(INSTRUMENT, 1)]]}
    zones = [[[(SAMPLE, 0)]], [[(43, packed(36, 36)), (SAMPLE, 0)]]]
    write_font(place / "own.sf2", Font([sine(cycles_looped=220)], zones, presets))
    if table:
        (place / "sounds.toml").write_text(table, encoding="utf-8")
    return place


def played(sounds: Sounds, name: str, pitch: int) -> Samples:
    score = piece({name: [note(0, 2, pitch)]}, bars=1)
    return render_player(score, score.players[0], play(score), 2 * SAMPLE_RATE, sounds)


def test_without_a_users_sounds_nothing_changes() -> None:
    assert all(SHIPPED.plays(name) is instrument(name) for name in instruments())
    assert SHIPPED.banks_of(["grand_piano", "warm_pad"]) == (FLUID, SYNTHESIS)


def test_an_instrument_plays_the_file_that_the_table_names(tmp_path: Path) -> None:
    sounds = load_sounds(folder_of(tmp_path / "s", '[grand_piano]\nfile = "piano/it.sfz"'))
    ours = played(sounds, "grand_piano", 69)
    spectrum = np.abs(np.fft.rfft(ours[:SAMPLE_RATE].sum(axis=1)))
    assert np.argmax(spectrum) == 440
    assert spectrum[880] < spectrum[440] / 300  # a sine, no piano
    assert np.array_equal(played(sounds, "harp", 60), played(SHIPPED, "harp", 60))


def test_notes_without_a_sound_are_played_by_the_package(tmp_path: Path) -> None:
    sounds = load_sounds(folder_of(tmp_path / "s", '[grand_piano]\nfile = "piano/it.sfz"'))
    assert np.array_equal(played(sounds, "grand_piano", 90), played(SHIPPED, "grand_piano", 90))


@pytest.mark.parametrize("level", [0.02, 0.9])
def test_a_replaced_layer_is_as_loud_as_before(tmp_path: Path, level: float) -> None:
    table = '[grand_piano]\nfile = "piano/it.sfz"'
    sounds = load_sounds(folder_of(tmp_path / "s", table, level))
    ours, theirs = (integrated_lufs(played(one, "grand_piano", 60)) for one in (sounds, SHIPPED))
    assert ours == pytest.approx(theirs, abs=4)


def test_a_general_midi_font_stands_in_where_it_has_the_preset_and_the_drum(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "s", 'general_midi = "own.sf2"')
    sounds = load_sounds(folder)
    assert [layer.bank for layer in sounds.plays("grand_piano").layers] == [str(folder / "own.sf2")]
    assert sounds.plays("strings") == instrument("strings")
    assert np.array_equal(played(sounds, "pop_kit", 49), played(SHIPPED, "pop_kit", 49))
    assert not np.array_equal(played(sounds, "pop_kit", 36), played(SHIPPED, "pop_kit", 36))


def test_synthesised_layers_go_on_beside_when_the_table_says_so(tmp_path: Path) -> None:
    table = '[strings]\nfile = "own.sf2"\npreset = [0, 0]\nbeside = {}'
    alone = load_sounds(folder_of(tmp_path / "a", table.format("false"))).plays("strings")
    both = load_sounds(folder_of(tmp_path / "b", table.format("true"))).plays("strings")
    assert [layer.voice for layer in alone.layers] == [""]
    assert [layer.voice for layer in both.layers] == ["", "string_pad"]


def test_files_are_taken_by_their_names_without_a_table(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "s", "")
    (folder / "piano" / "it.sfz").rename(folder / "piano" / "Nylon Guitar.sfz")
    sounds = load_sounds(folder)
    assert set(sounds.replaced) == {"nylon_guitar"}
    assert sounds.general == folder / "own.sf2"
    assert load_sounds(folder / "own.sf2").general == folder / "own.sf2"
    assert set(load_sounds(folder / "piano" / "Nylon Guitar.sfz").replaced) == {"nylon_guitar"}


def test_provenance_names_file_hash_and_licence(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "s", 'general_midi = "own.sf2"\ntitle = "Mine"\nlicence = "CC0"')
    (folder / "LICENSE.txt").write_text("Creative Commons Zero\nand so on")
    bank = load_sounds(folder).banks_of(["grand_piano"])[-1]
    assert (bank.title, bank.licence) == ("Mine (own.sf2)", "CC0")
    assert hashlib.sha256((folder / "own.sf2").read_bytes()).hexdigest() in bank.source
    assert bank.text.startswith("Creative Commons Zero")
    told = load_sounds(folder_of(tmp_path / "t", '[harp]\nfile = "piano/it.sfz"')).banks_of(["harp"])[-1]
    assert "sha256" in told.source
    assert told.licence.startswith("not stated")


def test_a_recording_with_a_users_sounds_is_the_same_every_time(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "s", '[grand_piano]\nfile = "piano/it.sfz"')
    score = piece({"grand_piano": [note(i, 1, 60 + i) for i in range(6)], "pop_kit": [note(0, 1, 36)]}, bars=2)
    takes = [record(score, Fraction(4), LoudnessTarget(), sounds=load_sounds(folder)).mix for _ in range(2)]
    assert np.array_equal(takes[0].samples, takes[1].samples)
    assert (
        np.abs(sum(stem.samples * np.float32(stem.gain) for stem in takes[0].stems) - takes[0].unmastered).max() < 1e-5
    )
    assert takes[0].loudness.integrated_lufs == pytest.approx(-14, abs=0.3)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[grand_pano]\nfile = 'own.sf2'", "grand_piano"),
        ("[harp]\nfile = '../own.sf2'", "inside the folder"),
        ("[harp]\nfile = '/etc/passwd'", "inside the folder"),
        ("[harp]\nfile = 'gone.sf2'", "gone.sf2"),
        ("[harp]\nfile = 'sounds.toml'", "sounds.toml"),
        ("[harp]\nfile = 'own.sf2'\npreset = [0]", "preset"),
        ("[harp]\nfile = 'own.sf2'\ngain_db = 99", "gain_db"),
        ("[harp]\nfile = 'own.sf2'\nvolume = 1", "volume"),
        ("harp = 'own.sf2'", "harp"),
        ("general_midi = 3", "general_midi"),
        ("title = 'nothing else'", "names no sounds"),
        ("[harp", "TOML"),
    ],
)
def test_a_table_that_is_wrong_says_where(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        load_sounds(folder_of(tmp_path / "s", table))


def test_a_missing_preset_a_folder_of_nothing_and_a_place_that_is_not_there(tmp_path: Path) -> None:
    sounds = load_sounds(folder_of(tmp_path / "s", '[harp]\nfile = "own.sf2"\npreset = [0, 46]'))
    with pytest.raises(DataError, match="0:46"):
        sounds.plays("harp")
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "gone"):
        with pytest.raises(DataError):
            load_sounds(place)


@pytest.mark.skipif(not LARGE.is_file(), reason="no large General MIDI font is installed")
def test_a_large_font_of_the_system_is_as_loud_as_the_packages() -> None:
    sounds = load_sounds(LARGE)
    for name in ("grand_piano", "strings", "nylon_guitar", "flute", "finger_bass", "trumpet"):
        assert any(layer.bank for layer in sounds.plays(name).layers)
        pitch = (instrument(name).low + instrument(name).high) // 2
        ours, theirs = (integrated_lufs(played(one, name, pitch)) for one in (sounds, SHIPPED))
        assert ours == pytest.approx(theirs, abs=4), name
