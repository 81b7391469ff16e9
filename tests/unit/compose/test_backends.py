"""Music back-ends: found by looking into the folder, honest about licences, weights and what is missing.

Nothing here needs torch: what is looked at before a model is loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from reelscore.compose.backend import Asked, Backend, Generated, Place, backend, backends
from reelscore.compose.neural import machine
from reelscore.compose.neural import render as rendering
from reelscore.compose.neural import stock as stocking
from reelscore.compose.neural.asking import asked, said_in_one, unsayable
from reelscore.compose.neural.machine import needed_gb, place
from reelscore.compose.neural.render import Finding, agree, check, render
from reelscore.compose.neural.stock import fetching, stock
from reelscore.errors import BriefError, CancelledError, DataError
from reelscore.values.brief import CurvePoint, Entrance, Exclusion, Key
from reelscore.values.progress import Watch, unwatched
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Meter, Span
from tests.unit.compose.briefs import bed
from tests.unit.compose.generated import groove

pytestmark = pytest.mark.slow

MODELS = ("ace_step", "musicgen", "stable_audio")


def weights_in(folder: Path, of: str = "ace_step", card: str = "") -> Path:
    """A folder that looks like a model's: its index and one safetensors file of 24 numbers."""
    weights = backend(of).weights
    assert weights is not None
    folder.mkdir(parents=True, exist_ok=True)
    index = (
        {"_class_name": weights.model} if weights.index == "model_index.json" else {"architectures": [weights.model]}
    )
    (folder / weights.index).write_text(json.dumps(index))
    table = json.dumps({"a": {"dtype": "F32", "shape": [4, 6], "data_offsets": [0, 96]}, "__metadata__": {}}).encode()
    (folder / "model.safetensors").write_bytes(len(table).to_bytes(8, "little") + table + bytes(96))
    if card:
        (folder / "README.md").write_text(card)
    return folder


@pytest.fixture
def equipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every package were installed and the processor the only device."""
    monkeypatch.setattr(rendering, "missing_packages", lambda _: ())
    monkeypatch.setattr(machine, "devices", lambda: ("cpu",))
    monkeypatch.setattr(rendering, "devices", lambda: ("cpu",))


def playing(of: str, give: Callable[[Asked, Watch], Generated]) -> Backend:
    """A back-end whose model is played by `give`."""

    def generate(_: Path, __: Place, asked: Asked, watch: Watch) -> Generated:
        return give(asked, watch)

    return replace(backend(of), generate=generate)


def test_all_back_ends_are_found_in_order() -> None:
    assert tuple(backends()) == ("ace_step", "musicgen", "rules", "stable_audio")
    assert all(name == found.name for name, found in backends().items())


@pytest.mark.parametrize("name", sorted(backends()))
def test_every_back_end_either_composes_or_generates_and_names_its_licence(name: str) -> None:
    found = backend(name)
    assert (found.compose is None) != (found.generate is None)
    assert (found.weights is None) == (found.generate is None)
    assert found.title
    assert found.licence


def test_looking_at_back_ends_loads_nothing_heavy() -> None:
    code = (
        "import sys; from reelscore.compose.backend import backends; from reelscore.compose.neural.render import check;"
        "[check(b, '/nowhere') for b in backends().values() if b.name == 'rules'];"
        "print([m for m in ('torch', 'diffusers', 'transformers', 'huggingface_hub') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_told_the_near_ones() -> None:
    with pytest.raises(BriefError, match='Did you mean "musicgen"'):
        backend("musicgn")


def test_the_licences_say_what_may_be_done_with_the_music() -> None:
    assert not backend("musicgen").commercial
    assert "not for commercial use" in fetching(backend("musicgen"))
    assert backend("ace_step").commercial
    assert "MIT" in fetching(backend("ace_step"))
    assert "1 million US dollars" in fetching(backend("stable_audio"))
    assert "hf auth login" in fetching(backend("stable_audio")), "it is gated"


@pytest.mark.parametrize("name", ["musicgen", "stable_audio"])
def test_a_licence_with_strings_must_be_accepted_first(name: str) -> None:
    with pytest.raises(BriefError, match="--accept-licence"):
        render(backend(name), bed("pop", 10), unwatched)
    agree(backend(name), accept_licence=True)


def test_a_free_licence_needs_no_word() -> None:
    agree(backend("ace_step"), accept_licence=False)
    agree(backend("rules"), accept_licence=False)


def test_a_card_that_forbids_commercial_use_is_believed_over_ours(tmp_path: Path) -> None:
    folder = weights_in(tmp_path / "w", card="---\nlicense: cc-by-nc-4.0\n---\n# A model")
    with pytest.raises(BriefError, match="cc-by-nc-4.0"):
        agree(backend("ace_step"), False, stock(backend("ace_step"), str(folder)))


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ("---\nlicense: mit\n---\n", "mit"),
        ("---\nlicense: other\nlicense_name: stable-audio-community\n---\n", "stable-audio-community"),
        ("# no head\nlicense: mit\n", ""),
        ("", ""),
        ("---\nlicense: 'apache-2.0\x1b[31m'\n", "apache-2.0[31m"),
    ],
)
def test_the_licence_on_the_model_card_is_read(tmp_path: Path, card: str, licence: str) -> None:
    assert stock(backend("ace_step"), str(weights_in(tmp_path, card=card))).licence == licence


@pytest.mark.parametrize("name", MODELS)
def test_missing_packages_are_named_with_the_command_that_installs_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "missing_packages", lambda b: b.needs[:1])
    with pytest.raises(DataError, match=r'torch.*pip install "reelscore\[neural\]"'):
        render(backend(name), bed("pop", 10), unwatched, accept_licence=True)
    first = check(backend(name))[0]
    assert (first.name, first.state) == ("packages", "missing")


@pytest.mark.parametrize("name", MODELS)
def test_missing_weights_are_told_how_to_get_them_and_under_which_licence(
    name: str, tmp_path: Path, equipped: None
) -> None:
    with pytest.raises(DataError, match="no folder|holds no"):
        render(backend(name), bed("pop", 10), unwatched, weights=str(tmp_path / "none"), accept_licence=True)
    weights = backend(name).weights
    assert weights is not None
    assert f"hf download {weights.name}" in fetching(backend(name))
    assert weights.licence in fetching(backend(name))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda w: (w / "model_index.json").write_text("{"), "is not JSON"),
        (lambda w: (w / "model_index.json").write_text("[" * 100_000), "is not JSON"),
        (lambda w: (w / "model_index.json").write_text("[]"), "not AceStepPipeline"),
        (lambda w: (w / "model_index.json").write_text('{"_class_name": "FluxPipeline"}'), "FluxPipeline, not AceStep"),
        (lambda w: (w / "model_index.json").unlink(), "holds no model_index.json"),
        (lambda w: (w / "model.safetensors").write_bytes(b"\xff" * 64), "not a safetensors file"),
        (lambda w: (w / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0[]"), "not a safetensors file"),
        (lambda w: (w / "model.safetensors").write_bytes(b""), "not a safetensors file"),
        (lambda w: (w / "model.safetensors").unlink(), "no .safetensors"),
        (lambda w: (w / "model.safetensors").rename(w / "pytorch_model.bin"), "pickled weights"),
    ],
)
def test_a_folder_that_is_not_the_model_is_refused(tmp_path: Path, spoil: Callable[[Path], object], said: str) -> None:
    folder = weights_in(tmp_path / "weights")
    spoil(folder)
    with pytest.raises(DataError, match=said):
        stock(backend("ace_step"), str(folder))


def test_the_size_of_a_model_is_read_from_its_files(tmp_path: Path) -> None:
    folder = weights_in(tmp_path)
    for name in ("vae", "transformer"):
        weights_in(folder / name)
    (folder / "vae" / "model.fp16.safetensors").write_bytes((folder / "model.safetensors").read_bytes())
    assert stock(backend("ace_step"), str(folder)).parameters == 48, "parts, not the copy beside them or at half size"


def test_a_model_goes_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    free: dict[str, float | None] = {"cuda": 12.0, "cpu": 64.0}
    monkeypatch.setattr(machine, "devices", lambda: ("cuda", "cpu"))
    monkeypatch.setattr(machine, "free_gb", lambda device: free[device])
    small, middle, large, giant = 1_000_000_000, 5_000_000_000, 8_000_000_000, 80_000_000_000
    assert place(small) == Place("cuda")
    assert place(middle) == Place("cuda", offload=True)
    assert place(large) == Place("cpu")
    assert place(small, "cpu") == Place("cpu")
    with pytest.raises(DataError, match=r"needs about .* GB; 64\.0 GB are free"):
        place(giant)
    with pytest.raises(DataError, match="no mps device"):
        place(small, "mps")
    with pytest.raises(BriefError, match="auto"):
        place(small, "gpu")
    free["cpu"] = None
    assert place(giant) == Place("cpu"), "where the system does not say, it is tried"


def test_half_precision_needs_half_the_room() -> None:
    assert needed_gb(10**9, "cpu") - 1 == pytest.approx(2 * (needed_gb(10**9, "cuda") - 1))


def test_check_lists_everything_needed(tmp_path: Path, equipped: None) -> None:
    folder = weights_in(tmp_path, card="---\nlicense: mit\n---\n")
    found = check(backend("ace_step"), str(folder))
    assert [f.name for f in found] == ["packages", "weights", "device", "licence"]
    assert all(f.state == "ok" for f in found)
    assert str(folder) in found[1].detail
    assert "card beside the weights says: mit" in found[3].detail
    assert check(backend("ace_step"), str(tmp_path / "none"))[1].state == "missing"
    assert check(backend("rules"))[0] == Finding("packages", "ok", "none needed")


def test_the_brief_in_a_models_words() -> None:
    brief = replace(
        bed("post_rock", 30, mood="dreamy", key=Key(9, "dorian"), meter=Meter(6, 8)),
        prompt="a long   climb\nat dawn",
        instruments=("clean_guitar",),
        exclusions=(Exclusion("drums"), Exclusion("bass", "intro")),
        bpm=Fraction(181, 2),
        energy=0.2,
        curve=(CurvePoint(Fraction(0), 0.2, 0), CurvePoint(Fraction(20), 0.9, 0)),
    )
    made = asked(brief)
    assert made.text == (
        "a long climb at dawn, dreamy post rock, gentle, starts quietly and builds up, clean guitar, instrumental, "
        "90 BPM, A minor, 6/8 time"
    )
    assert made.avoid.split(", ")[:3] == ["drums", "vocals", "singing"]
    assert (made.bpm, made.key, made.meter, made.seconds, made.seed) == (90, "A minor", "6/8", 30.0, 1)
    assert said_in_one(made).text.endswith("no drums, no vocals, no singing, no speech")
    assert said_in_one(made).avoid == ""


def test_words_the_model_cannot_read_are_left_out_and_a_choir_may_sing() -> None:
    brief = replace(bed("choral", 30, mood="calm"), prompt="黎明", language="zh", instruments=("choir",))
    assert asked(brief).text.startswith("calm choral, ")
    assert "vocals" not in asked(brief).avoid


def test_what_a_model_cannot_be_told_is_said() -> None:
    brief = replace(
        bed("pop", 30),
        exclusions=(Exclusion("drums", "intro"),),
        entrances=(Entrance("strings", "lift", True),),
        speech=(Span(Fraction(1), Fraction(2)),),
    )
    notes = " ".join(unsayable(brief))
    assert "drums, strings" in notes
    assert "speech" in notes
    assert unsayable(bed("pop", 30)) == ()


def test_sound_of_any_rate_and_channels_becomes_48_khz_stereo_of_the_briefs_length(
    tmp_path: Path, equipped: None
) -> None:
    brief = bed("pop", 12)
    for rate, channels in ((32_000, 1), (44_100, 2), (48_000, 2)):
        sound = groove(float(brief.tempo_map.bpm_at(Fraction(0))), 14)[: 14 * rate, :channels] * 3
        done = render(
            playing("ace_step", lambda *_, s=sound, r=rate: Generated(s, r)),
            brief,
            unwatched,
            weights=str(weights_in(tmp_path)),
        )
        assert done.samples.shape == (12 * SAMPLE_RATE, 2)
        assert done.samples.dtype == np.float32
        assert 0.1 < np.abs(done.samples).max() <= 0.8901
        assert done.weights == "ACE-Step 1.5, weights under MIT"


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (np.zeros((48_000, 2), np.float32), "silence"),
        (np.full((48_000, 2), np.nan, np.float32), "no sound"),
        (np.zeros((0, 2), np.float32), "shape"),
        (np.ones((100, 7), np.float32), "shape"),
    ],
)
def test_what_is_no_music_is_refused(tmp_path: Path, equipped: None, sound: np.ndarray, said: str) -> None:
    model = playing("ace_step", lambda *_: Generated(sound, 48_000))
    with pytest.raises(DataError, match=said):
        render(model, bed("pop", 12), unwatched, weights=str(weights_in(tmp_path)))


def test_a_failing_model_is_an_error_a_person_can_act_on(tmp_path: Path, equipped: None) -> None:
    def broken(*_: object) -> Generated:
        raise RuntimeError("size mismatch for layer 3")

    def too_large(*_: object) -> Generated:
        raise RuntimeError("CUDA out of memory. Tried to allocate")

    folder = str(weights_in(tmp_path))
    with pytest.raises(DataError, match="size mismatch for layer 3.*Fetch the weights again"):
        render(playing("ace_step", broken), bed("pop", 12), unwatched, weights=folder)
    with pytest.raises(DataError, match="ran out of memory"):
        render(playing("ace_step", too_large), bed("pop", 12), unwatched, weights=folder)


def test_the_watch_stops_a_model(tmp_path: Path, equipped: None) -> None:
    def steps(_: Asked, watch: Watch) -> Generated:
        for n in range(10):
            watch("generate", n / 10)
        raise AssertionError("not stopped")

    def stop(stage: str, share: float) -> None:
        if share > 0.45:
            raise CancelledError

    with pytest.raises(CancelledError):
        render(playing("ace_step", steps), bed("pop", 12), stop, weights=str(weights_in(tmp_path)))


def test_rules_make_no_sound_and_have_no_weights() -> None:
    with pytest.raises(BriefError, match="writes scores"):
        render(backend("rules"), bed("pop", 12), unwatched)
    with pytest.raises(DataError, match="no weights"):
        stocking.stock(backend("rules"))
