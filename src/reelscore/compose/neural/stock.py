"""Weights on this computer: where they lie, whether they are what they should be, how large they are.

Only folders and the hub's local cache are read; nothing is ever fetched. Only safetensors files count: pickled weights
can run any code when opened. What a folder holds is read from its own index and file headers before a model library
sees it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from math import prod
from pathlib import Path

from reelscore.compose.backend import Backend, Weights
from reelscore.errors import DataError, shown

LONGEST_HEADER = 64_000_000
LONGEST_INDEX = 1_000_000
MOST_FILES = 2_000
MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Stock:
    """Weights found."""

    folder: Path
    parameters: int
    licence: str  # as the model card beside them states it; "" where there is none


def fetching(backend: Backend) -> str:
    """Which command fetches the weights, and under which licence."""
    weights = _weights(backend)
    gate = ""
    if weights.gated:
        gate = f" Accept the licence at huggingface.co/{weights.name} and run hf auth login before."
    return f"They are under {weights.licence}: {weights.terms} To fetch them: hf download {weights.name}{gate}"


def stock(backend: Backend, place: str = "") -> Stock:
    """The weights in a folder, or those of a model's name in the hub's cache on this computer. Raises DataError."""
    weights = _weights(backend)
    folder = Path(place).expanduser() if place else None
    if folder is None or (not folder.exists() and place.count("/") == 1 and not place.startswith((".", "~", "/"))):
        folder = _cached(backend, place or weights.name)
    if not folder.is_dir():
        raise DataError(f"{shown(folder)} is no folder.", f"Name the folder that holds {weights.index}.")
    _named(folder, weights)
    return Stock(folder, _parameters(folder), _card_licence(folder))


def _weights(backend: Backend) -> Weights:
    if backend.weights is None:
        raise DataError(f"{backend.title} has no weights.", "Leave them out.")
    return backend.weights


def _cached(backend: Backend, name: str) -> Path:
    hub = import_module("huggingface_hub")
    errors = import_module("huggingface_hub.errors")
    try:
        return Path(hub.snapshot_download(name, local_files_only=True))
    except (errors.LocalEntryNotFoundError, errors.HFValidationError, OSError):
        message = f"The weights of {backend.title} ({name}) are not on this computer."
        raise DataError(message, f"{fetching(backend)} Or name the folder they lie in.") from None


def _named(folder: Path, weights: Weights) -> None:
    """Is this folder the model it should be? Its index says so."""
    index = folder / weights.index
    try:
        if index.stat().st_size > LONGEST_INDEX:
            raise DataError(f"{shown(index)} is too long to be an index.", "Fetch the weights again.")
        read = json.loads(index.read_text(encoding="utf-8"))
    except OSError:
        raise DataError(f"{shown(folder)} holds no {weights.index}.", "Name the folder that does.") from None
    except (ValueError, RecursionError):
        raise DataError(f"{shown(index)} is not JSON.", "Fetch the weights again.") from None
    read = read if isinstance(read, dict) else {}
    kinds = read.get("architectures") or [read.get("_class_name")]
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if weights.model not in kinds:
        found = ", ".join(str(kind)[:60] for kind in kinds[:3])
        raise DataError(f"{shown(folder)} holds {found}, not {weights.model}.", "Name the folder of the right model.")


def _parameters(folder: Path) -> int:
    """How many numbers the weights are, from the files' headers."""
    files = sorted(islice(folder.rglob("*.safetensors"), MOST_FILES))
    kept = [f for f in files if not any(part in f".{f.name}" for part in (".fp16.", ".bf16."))] or files
    # Some folders hold the same weights twice: parts for diffusers in sub-folders, one file for another program.
    kept = [f for f in kept if f.parent != folder] or kept
    if not kept:
        pickled = next(islice((f for end in ("*.bin", "*.ckpt", "*.pt") for f in folder.rglob(end)), 1), None)
        if pickled is not None:
            message = f"{shown(folder)} holds pickled weights ({shown(pickled)}) only."
            raise DataError(message, "They can run any code when opened: fetch the .safetensors files instead.")
        raise DataError(f"{shown(folder)} holds no .safetensors files.", "Fetch the weights again.")
    return sum(_in_file(file) for file in kept)


def _in_file(file: Path) -> int:
    """Numbers in one safetensors file: eight bytes of length, then a JSON table of tensors."""
    broken = DataError(f"{shown(file)} is not a safetensors file.", "Fetch the weights again.")
    try:
        with file.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            if not 2 <= length <= LONGEST_HEADER:
                raise broken
            table = json.loads(opened.read(length))
        sizes = [entry["shape"] for name, entry in table.items() if name != "__metadata__"]
        return sum(prod(int(n) for n in shape) for shape in sizes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise broken from None


def _card_licence(folder: Path) -> str:
    """The `license:` of a model card's first lines."""
    try:
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as card:
            lines = card.read(MOST_CHARACTERS).splitlines()
    except OSError:
        return ""
    if not lines or lines[0].strip() != "---":
        return ""
    head = lines[1 : lines.index("---", 1)] if "---" in lines[1:] else lines[1:]
    found = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head)}
    named = found.get("license_name") or found.get("license") or ""
    return "".join(c for c in named.strip("'\"") if c.isprintable())[:60]
