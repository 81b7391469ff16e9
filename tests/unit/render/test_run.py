"""The encoder process: watched, limited, ended."""

from __future__ import annotations

import os
import threading
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from reelscore.errors import CancelledError, EncoderError, OutputError
from reelscore.render.arguments import exact, local, of_stranger, raw_sound
from reelscore.render.run import Limits, encode, encoder, encoder_version

pytestmark = pytest.mark.slow

ENDLESS = ["-f", "lavfi", "-re", "-i", "testsrc2=s=64x48", "-f", "null", "-"]
TONE = np.zeros((48_000, 2), dtype="<f4").data


def children() -> list[int]:
    """Processes that this process started and that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z":
            found.append(int(entry.parent.name))
    return found


def test_the_encoder_is_there_and_has_a_version() -> None:
    assert Path(encoder()).is_file()
    assert encoder_version() != "unknown"


def test_progress_runs_from_nothing_to_all_of_it(tmp_path: Path) -> None:
    shares: list[float] = []
    arguments = [*raw_sound(), "-c:a", "pcm_s16le", "-f", "wav", local(tmp_path / "x.wav")]
    encode(arguments, Fraction(1), lambda _, share: shares.append(share), feed=TONE)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


@pytest.mark.parametrize("fault", [CancelledError, KeyboardInterrupt])
def test_a_watch_that_raises_ends_the_process(fault: type[BaseException]) -> None:
    calls = 0

    def watch(stage: str, share: float) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise fault

    threads, before = threading.active_count(), children()
    with pytest.raises(fault):
        encode(ENDLESS, Fraction(1000), watch)
    assert children() == before
    assert threading.active_count() == threads


def test_what_takes_too_long_is_stopped() -> None:
    before = children()
    with pytest.raises(EncoderError, match="took too long"):
        encode(ENDLESS, Fraction(1000), limits=Limits(wall_s=0.3))
    assert children() == before


def test_the_last_words_are_one_readable_line(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"\0" * 5000)
    with pytest.raises(EncoderError) as caught:
        encode([*of_stranger(tmp_path / "x.mp4", "mp4"), "-f", "null", "-"], Fraction(1))
    said = str(caught.value)
    assert "Invalid data" in said
    assert "\n" not in said
    assert len(said) < 700


def test_a_feed_that_nobody_reads_does_not_hang() -> None:
    with pytest.raises(EncoderError):
        encode([*raw_sound(), "-c:a", "no_such_codec", "-f", "null", "-"], Fraction(1), feed=bytes(8_000_000))


def test_a_picture_bomb_is_stopped_by_its_size(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (15_000, 15_000)).save(tmp_path / "bomb.png")
    with pytest.raises(EncoderError):
        encode([*of_stranger(tmp_path / "bomb.png", "png"), "-frames:v", "1", "-f", "null", "-"], Fraction(1))


def test_memory_is_limited(tmp_path: Path) -> None:
    graph = "testsrc2=s=8000x6000:r=1,format=gbrpf32le,reverse"
    with pytest.raises(EncoderError):
        encode(
            ["-f", "lavfi", "-i", graph, "-t", "30", "-f", "null", "-"],
            Fraction(30),
            limits=Limits(memory_bytes=1 << 30),
        )


@pytest.mark.parametrize("text", ["#EXTM3U\n#EXTINF:1,\nsecret.ts\n", "ffconcat version 1.0\nfile secret.wav\n"])
@pytest.mark.parametrize("container", ["mp4", "mkv", "gif", "png"])
def test_lists_of_other_files_are_not_read(text: str, container: str, tmp_path: Path) -> None:
    (tmp_path / "trap").write_text(text)
    with pytest.raises(EncoderError):
        encode([*of_stranger(tmp_path / "trap", container), "-f", "null", "-"], Fraction(1))


def test_a_place_that_cannot_be_written_is_an_output_error() -> None:
    with pytest.raises((OutputError, EncoderError)) as caught:
        encode([*raw_sound(), "-f", "wav", local(Path("/proc/nothing/x.wav"))], Fraction(1), feed=TONE)
    assert caught.value.hint


def test_seconds_are_told_to_the_microsecond() -> None:
    assert [exact(at) for at in (Fraction(0), Fraction(-1, 2), Fraction(1001, 30000))] == [
        "0.000000",
        "-0.500000",
        "0.033367",
    ]
