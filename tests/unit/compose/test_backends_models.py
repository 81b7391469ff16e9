"""The three models in miniature, through their real pipelines: saved, found, loaded, played, fitted, stopped."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from reelscore.compose.backend import backend
from reelscore.compose.neural.render import Rendered, check, render
from reelscore.compose.neural.stock import stock
from reelscore.errors import CancelledError, DataError
from reelscore.values.progress import Watch, unwatched
from reelscore.values.sound import SAMPLE_RATE
from tests.unit.compose import tiny_models
from tests.unit.compose.briefs import bed

for _package in ("torch", "diffusers", "transformers", "accelerate", "torchsde"):
    pytest.importorskip(_package)

MODELS = ("ace_step", "musicgen", "stable_audio")
SECONDS = {"ace_step": 7, "musicgen": 5, "stable_audio": 6}  # Stable Audio in miniature gives four: it is repeated


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("weights")
    return {name: getattr(tiny_models, name)(root / name) for name in MODELS}


def played(name: str, folder: Path, seed: int = 1, seconds: float = 0, watch: Watch = unwatched) -> Rendered:
    brief = bed("pop", seconds or SECONDS[name], seed=seed)
    return render(backend(name), brief, watch, weights=str(folder), device="cpu", accept_licence=True)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_plays_for_exactly_as_long_as_asked(name: str, folders: dict[str, Path]) -> None:
    done = played(name, folders[name])
    assert done.samples.shape == (SECONDS[name] * SAMPLE_RATE, 2)
    assert done.samples.dtype == np.float32
    assert 0.001 < np.abs(done.samples).max() <= 0.8901


@pytest.mark.parametrize("name", MODELS)
def test_one_seed_gives_one_sound_and_another_seed_another(name: str, folders: dict[str, Path]) -> None:
    first, again, other = (played(name, folders[name], seed).samples for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", MODELS)
def test_progress_is_told_step_by_step_and_the_work_stops_when_told(name: str, folders: dict[str, Path]) -> None:
    seen: list[float] = []

    def stop(stage: str, share: float) -> None:
        seen.append(share)
        if stage == "generate" and share > 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        played(name, folders[name], watch=stop)
    assert len(seen) > 4
    assert seen == sorted(seen)


@pytest.mark.parametrize("name", MODELS)
def test_everything_needed_is_found(name: str, folders: dict[str, Path]) -> None:
    found = check(backend(name), str(folders[name]), "cpu")
    assert [f.state for f in found] == ["ok"] * 4
    assert stock(backend(name), str(folders[name])).parameters > 1_000


def test_weights_of_another_model_are_refused(folders: dict[str, Path]) -> None:
    with pytest.raises(DataError, match="holds AceStepPipeline, not StableAudioPipeline"):
        played("stable_audio", folders["ace_step"])


def test_without_a_folder_only_the_local_cache_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    huggingface_hub = import_module("huggingface_hub")
    asked: list[bool] = []
    real = huggingface_hub.snapshot_download

    def recorded(name: str, **how: object) -> str:
        asked.append(how["local_files_only"] is True)
        return str(real(name, cache_dir=tmp_path, **how))

    monkeypatch.setattr(huggingface_hub, "snapshot_download", recorded)
    with pytest.raises(DataError, match=r"not on this computer.*MIT.*hf download ACE-Step/acestep-v15-xl-turbo"):
        render(backend("ace_step"), bed("pop", 10), unwatched)
    with pytest.raises(DataError, match=r"somebody/tune\) are not on this computer"):
        render(backend("ace_step"), bed("pop", 10), unwatched, weights="somebody/tune")
    assert asked == [True, True]


def test_base_weights_are_guided_and_take_more_steps(tmp_path: Path) -> None:
    steps: list[float] = []
    played("ace_step", tiny_models.ace_step(tmp_path / "base", turbo=False), watch=lambda _, share: steps.append(share))
    assert len(steps) > 50


def test_a_long_piece_goes_on_from_its_own_last_seconds(folders: dict[str, Path]) -> None:
    done = played("musicgen", folders["musicgen"], seconds=34)
    assert len(done.samples) == 34 * SAMPLE_RATE
    level = [np.sqrt(np.mean(part**2)) for part in np.array_split(done.samples[: 30 * SAMPLE_RATE], 15)]
    assert min(level) > 0.2 * max(level)


def test_a_model_of_one_channel_plays_on_both_sides(tmp_path: Path) -> None:
    done = played("musicgen", tiny_models.musicgen(tmp_path / "mono", channels=1))
    assert np.array_equal(done.samples[:, 0], done.samples[:, 1])


@pytest.mark.parametrize("name", MODELS)
def test_torchs_own_chance_is_left_as_it_was(name: str, folders: dict[str, Path]) -> None:
    torch = import_module("torch")
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    played(name, folders[name])
    assert torch.equal(torch.rand(3), expected)
