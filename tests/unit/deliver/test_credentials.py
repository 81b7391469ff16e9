"""A signed file tells how it was made, survives no change unnoticed, and is never harmed by a failure to sign."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from reelscore.deliver.credentials import (
    NOBODY,
    Found,
    Statement,
    add_credentials,
    own_identity,
    read_credentials,
    self_signed,
)
from reelscore.deliver.provenance import HashedFile, Sound, hashed
from reelscore.errors import OutputError
from tests.media.make import Factory

pytest.importorskip("c2pa", reason="the extra reelscore[credentials] is not installed")

SOURCE = HashedFile("film.mp4", 12_345, "ab" * 32)
SOUND = Sound("GeneralUser GS", "GeneralUser GS licence 2.0", "a font")
STATEMENT = Statement("1.2.3", "Holiday", "Composed by software.", (SOURCE,), (SOUND,))
IDENTITY = self_signed()


def a_file(folder: Path, suffix: str) -> Path:
    if suffix == ".mp4":
        return Factory(folder).path("h264")
    path = folder / f"poster{suffix}"
    Image.new("RGB", (64, 48), (200, 80, 40)).save(path)
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".jpg", ".png"])
def test_what_was_said_is_read_back_and_holds(tmp_path: Path, suffix: str) -> None:
    """Tool and version, sources by their hashes, licences; intact, by a signer that says nobody vouches for it."""
    path = a_file(tmp_path, suffix)
    assert read_credentials(path) is None
    add_credentials(path, STATEMENT, IDENTITY)
    found = read_credentials(path)
    assert found == Found(
        intact=True, trusted=False, signer=NOBODY, tool="Reelscore", version="1.2.3", title="Holiday",
        digital_source="composite", description="Composed by software.", sources=(SOURCE,), sounds=(SOUND,),
        faults=("signingCredential.untrusted",),
    )  # fmt: skip
    assert os.listdir(tmp_path) == [path.name]


def test_music_from_nothing_is_algorithmic_media(tmp_path: Path) -> None:
    path = a_file(tmp_path, ".png")
    add_credentials(path, Statement("1", "Song"), IDENTITY)
    found = read_credentials(path)
    assert found is not None
    assert found.digital_source == "algorithmicMedia"


def test_a_changed_picture_is_noticed(tmp_path: Path) -> None:
    path = a_file(tmp_path, ".mp4")
    add_credentials(path, STATEMENT, IDENTITY)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"mdat") + 2000
    data[at] ^= 0xFF
    path.write_bytes(data)
    found = read_credentials(path)
    assert found is not None
    assert not found.intact
    assert any("mismatch" in fault for fault in found.faults)


def test_the_film_itself_is_left_as_it_was(tmp_path: Path) -> None:
    """The picture of a signed film decodes to the same frames."""
    from tests.unit.render.looking import frames_of

    path = a_file(tmp_path, ".mp4")
    before = frames_of(path)
    add_credentials(path, STATEMENT, IDENTITY)
    assert frames_of(path) == before


def test_ones_own_certificate_signs(tmp_path: Path) -> None:
    certificates, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    certificates.write_text(IDENTITY.certificates)
    key.write_text(IDENTITY.key)
    identity = own_identity(certificates, key)
    assert identity.algorithm == "es256"
    path = a_file(tmp_path, ".png")
    add_credentials(path, STATEMENT, identity)
    found = read_credentials(path)
    assert found is not None
    assert found.intact


def test_a_failure_to_sign_leaves_the_file_alone(tmp_path: Path) -> None:
    """A broken certificate, a broken file, a format that holds no note: said, and nothing changed."""
    path = tmp_path / "not.png"
    path.write_bytes(b"no picture at all")
    before = hashed(path)
    with pytest.raises(OutputError, match="cannot be signed"):
        add_credentials(path, STATEMENT, IDENTITY)
    assert hashed(path) == before
    assert os.listdir(tmp_path) == ["not.png"]
    with pytest.raises(OutputError, match='into ".txt"'):
        add_credentials(tmp_path / "a.txt", STATEMENT, IDENTITY)


def test_a_certificate_and_a_strange_key_are_refused(tmp_path: Path) -> None:
    certificates, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    certificates.write_text(IDENTITY.certificates)
    key.write_text(self_signed().key)
    with pytest.raises(OutputError, match="is not the key of"):
        own_identity(certificates, key)
    key.write_text("nonsense")
    with pytest.raises(OutputError, match="not a certificate and its unlocked key"):
        own_identity(certificates, key)
    with pytest.raises(OutputError, match="cannot be read"):
        own_identity(tmp_path / "none", key)
