"""The instrument tables: complete, playable, and strict about mistakes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from reelscore.errors import DataError
from reelscore.perform.played_sounds import FONT
from reelscore.perform.soundfont import open_font
from reelscore.perform.tables import FAMILIES, instrument, instrument_entries, instruments, parse
from reelscore.perform.voices import VOICES

NAMES = """
grand_piano felt_piano bright_piano electric_piano organ house_organ stab_piano celesta vibraphone marimba
glockenspiel kalimba music_box nylon_guitar acoustic_guitar clean_guitar muted_guitar upright_bass finger_bass
synth_bass sub_bass round_bass strings pizzicato tremolo_strings staccato_strings cello low_strings harp brass
french_horns low_brass flute clarinet choir warm_pad glass_pad air_pad dark_pad drone pluck bell_pluck synth_lead
supersaw arp_synth synth_stab pop_kit dusty_kit kit_909 kit_808 cinematic_drums light_percussion riser noise_sweep
reverse_cymbal impact sub_drop vinyl_noise
"""

GOOD = """
[cello]
words = ["cello"]
range = [36, 72]
[[cello.layers]]
preset = [0, 42]
"""


def test_every_instrument_of_the_vocabulary_is_there() -> None:
    """What composers write for can be played."""
    assert set(NAMES.split()) <= set(instruments())


@pytest.mark.parametrize("name", sorted(instruments()))
def test_every_layer_has_a_source(name: str) -> None:
    """Presets exist in the font and cover the instrument's range; voices exist and know their settings."""
    font = open_font(Path(str(files("reelscore.perform") / "sounds" / FONT)))
    plays = instrument(name)
    for layer in plays.layers:
        if layer.voice:
            assert layer.voice in VOICES
            assert set(layer.settings) <= set(VOICES[layer.voice].settings)
            continue
        assert layer.preset is not None
        zones = font.zones(*layer.preset)
        pitches = layer.pitches or ((36, 38, 42, 46, 49) if plays.kit else (plays.low, plays.high))
        for pitch in pitches:
            if layer.takes(pitch, 90, ""):
                assert any(zone.takes(layer.key(pitch), 90) for zone in zones), pitch


def test_words_select_one_instrument_and_speak_both_languages() -> None:
    """No word is claimed twice; every instrument has English and Chinese names."""
    entries = instrument_entries()
    words = [word for entry in entries.values() for word in entry.words]
    assert len(words) == len(set(words))
    for entry in entries.values():
        assert any(word.isascii() for word in entry.words), entry.name
        assert any(not word.isascii() for word in entry.words), entry.name
        assert entry.family in FAMILIES


def test_an_unknown_instrument_is_answered_with_near_names() -> None:
    """A slip of the pen gets a suggestion."""
    with pytest.raises(DataError, match='Did you mean "grand_piano"'):
        instrument("grand_pino")


def test_a_good_table_reads() -> None:
    """The smallest instrument: words, range, one layer; the family is the file's."""
    (read,) = parse(GOOD, "strings.toml")
    assert (read.name, read.family, read.low, read.high) == ("cello", "strings", 36, 72)
    assert read.layers[0].preset == (0, 42)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[cello]", "[cello", "not TOML"),
        ("range = [36, 72]", "range = [72, 36]", "range = [72, 36]. Give the lower number first"),
        ("range = [36, 72]", "", "range = None"),
        ('words = ["cello"]', 'words = ["Cello"]', "lower-case"),
        ("range =", "rang =", 'Did you mean "range"'),
        ("range =", "gain_db = 100\nrange =", "gain_db = 100. Give a number from -40 to 40"),
        ("range =", 'kit = "yes"\nrange =', "Give true or false"),
        ("range =", 'family = "string"\nrange =', 'Did you mean "strings"'),
        ("preset = [0, 42]", "", "both or neither"),
        ("preset = [0, 42]", 'preset = [0, 42]\nvoice = "pluck"', "both or neither"),
        ("preset = [0, 42]", "preset = [0]", "preset = [0]. Give 2 whole numbers"),
        ("preset = [0, 42]", "preset = [0, 42]\npitches = [60]\nsounds_as = [1, 2]", "one key for each pitch"),
        ("preset = [0, 42]", "preset = [0, 42]\nsettings = {}", "Only a voice has settings"),
        ("preset = [0, 42]", 'preset = [0, 42]\narticulations = ["stacato"]', 'Did you mean "staccato"'),
        ("[[cello.layers]]\npreset = [0, 42]", "", "has no layers"),
    ],
)  # fmt: skip
def test_mistakes_are_named(old: str, new: str, says: str) -> None:
    """The message names file, table, key, the value seen, and what is allowed."""
    with pytest.raises(DataError) as fault:
        parse(GOOD.replace(old, new), "strings.toml")
    assert says in str(fault.value)
    assert str(fault.value).startswith("strings.toml")
