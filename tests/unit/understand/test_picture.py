"""The picture of real files: the same shots whatever the encoder did, and however little of the film is decoded."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reelscore.errors import CancelledError
from reelscore.understand import picture
from reelscore.understand.differences import Prints
from reelscore.understand.glimpses import Stretch, every_glimpse, glimpses
from reelscore.understand.packets import read_packets
from reelscore.understand.picture import read_picture
from reelscore.understand.probe import probe
from reelscore.understand.viewing import LEAP
from reelscore.values.reading import MediaInfo, VideoReading
from tests.media.scenes import RATE
from tests.media.truth import ENCODINGS, Film, Score, film, score, single_shots

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def truth() -> Film:
    return film(14, 480, 270, seed=9)


@pytest.fixture(scope="module")
def clip(truth: Film, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return truth.write(tmp_path_factory.mktemp("picture") / "film.mp4")


SPARING, WHOLE = 0.0, 1e9
SECONDS = 40


def rated(of: Film, reading: VideoReading) -> Score:
    return score(of, [(round(shot.span.start * RATE), shot.opening) for shot in reading.cuts])


def test_a_film_read_whole(truth: Film, clip: Path) -> None:
    reading = read_picture(clip, probe(clip))
    assert rated(truth, reading).f1 >= 0.96
    assert reading.shots[0].span.start == 0
    assert reading.shots[-1].span.end == Fraction(truth.frames, RATE)
    assert not reading.still
    assert len(reading.arousal) == len(reading.camera_motion) == -(-truth.frames * 2 // RATE)


def test_a_film_read_sparingly_has_the_same_cuts(truth: Film, clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And far from all of it is decoded."""
    frames: list[int] = []
    make = picture._reading

    def counted(info: MediaInfo, found: picture.Findings) -> VideoReading:
        frames.append(found.frames)
        return make(info, found)

    monkeypatch.setattr(picture, "_reading", counted)
    reading = read_picture(clip, probe(clip), whole_below_s=SPARING)
    assert rated(truth, reading).f1 >= 0.96
    assert frames[0] < 0.7 * truth.frames


def test_reading_twice_gives_the_same(clip: Path) -> None:
    assert read_picture(clip, probe(clip)) == read_picture(clip, probe(clip))


def test_progress_rises_to_the_end(clip: Path) -> None:
    shares: list[float] = []
    read_picture(clip, probe(clip), lambda _, share: shares.append(share))
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert len(shares) > 5


@pytest.mark.parametrize("whole_below_s", [SPARING, WHOLE], ids=["sparing", "whole"])
def test_reading_can_be_stopped(clip: Path, whole_below_s: float) -> None:
    def stop(_: str, share: float) -> None:
        if share > 0.1:
            raise CancelledError

    with pytest.raises(CancelledError):
        read_picture(clip, probe(clip), stop, whole_below_s)


def test_a_single_picture_is_still(tmp_path: Path) -> None:
    path = tmp_path / "still.png"
    Image.fromarray(np.full((90, 160, 3), (250, 140, 20), np.uint8)).save(path)
    reading = read_picture(path, probe(path))
    assert reading.still
    assert len(reading.shots) == 1
    assert reading.warmth[0] == 1.0
    assert reading.camera_motion[0] == 0.0


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_animations_have_shots_too(tmp_path: Path, suffix: str) -> None:
    """Twelve frames of one colour field, then twelve of another."""
    draw = np.random.default_rng(4)
    fields = [np.kron(draw.integers(0, 255, (9, 16, 3)), np.ones((20, 20, 1))).astype(np.uint8) for _ in range(2)]
    frames = [Image.fromarray(fields[n // 12] + np.uint8(n % 2)) for n in range(24)]
    path = tmp_path / f"two.{suffix}"
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100, loop=0)
    reading = read_picture(path, probe(path))
    assert [float(shot.span.start) for shot in reading.shots] == [0.0, pytest.approx(1.2, abs=0.02)]


def test_a_late_first_frame_shifts_nothing(truth: Film, tmp_path: Path) -> None:
    """Times count from the first shown frame, whatever the container's clock says."""
    short = Film(truth.pieces[:2], 320, 180)
    plain, late = short.write(tmp_path / "a.mp4"), short.write(tmp_path / "b.mkv", extra=("-output_ts_offset", "3"))
    starts = [[shot.span.start for shot in read_picture(p, probe(p)).shots] for p in (plain, late)]
    assert [float(s) for s in starts[1]] == pytest.approx([float(s) for s in starts[0]], abs=0.001)
    assert len(starts[0]) == 2


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The whole truth film in every encoding."""
    folder = tmp_path_factory.mktemp("truth")
    paths = {name: folder / f"{name}.{'webm' if name == 'vp9' else 'mp4'}" for name in ENCODINGS}
    film(SECONDS).write_in(paths)
    return paths


@pytest.mark.parametrize("whole_below_s", [SPARING, WHOLE], ids=["sparing", "whole"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cuts_of_the_whole_truth_film(encoded: dict[str, Path], encoding: str, whole_below_s: float) -> None:
    """F1 of at least 0.96 at +-1 frame, in every encoding."""
    truth, path = film(SECONDS), encoded[encoding]
    result = rated(truth, read_picture(path, probe(path), whole_below_s=whole_below_s))
    assert len(truth.cuts) >= 15
    assert result.f1 >= 0.96, result
    assert result.gradual >= 1  # how many of a longer film: `python -m tests.bench.cuts`


@pytest.mark.parametrize("name", single_shots())
def test_single_shots_sparingly(tmp_path: Path, name: str) -> None:
    """No cut where there is none, whichever frames are looked at."""
    path = single_shots()[name].write(tmp_path / "one.mp4", extra=("-g", "40"))
    reading = read_picture(path, probe(path), whole_below_s=SPARING)
    assert [shot.opening for shot in reading.shots] == ["start"]


def test_anchors_alone_then_every_frame(clip: Path) -> None:
    """Before `closely` frames between anchors are left out; from there on none is missing and all are whole."""
    info = probe(clip)
    packets = read_packets(clip, info)
    key = int(np.flatnonzero(packets.keyframe)[0])
    dense = list(glimpses(clip, info, packets, [Stretch(key, key, key + 60)]))
    spared = list(glimpses(clip, info, packets, [Stretch(key, key, key + 60, closely=key + 30)]))
    before = [one.number for one in spared if one.number < key + 30]
    behind = [one for one in spared if one.number >= key + 36]
    assert 5 <= len(before) < 25
    assert [one.number for one in behind] == list(range(key + 36, key + 61))
    for one, other in zip(behind, dense[-len(behind) :], strict=True):
        assert np.abs(one.planes.astype(int) - other.planes).mean() < 1


def test_frames_left_out_are_mixtures_and_a_leap_is_told(truth: Film, clip: Path) -> None:
    """A run with holes has as many prints as frames; a cut inside a hole is reported by its size."""
    info = probe(clip)
    frames = list(every_glimpse(clip, info))
    cut = next(c for c in truth.cuts if c > 30)
    calm, across = Prints(), Prints()
    calm.add(frames[cut - 24])
    across.add(frames[cut - 3])
    assert calm.bridge(frames[cut - 20]) < LEAP
    assert across.bridge(frames[cut + 1]) > LEAP
    assert calm.number == list(range(cut - 24, cut - 19))
    assert calm.span == len(calm) == 5
