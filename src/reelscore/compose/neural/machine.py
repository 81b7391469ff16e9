"""What this computer has for a model: packages, a device, memory. Nothing is loaded to find out but torch itself."""

from __future__ import annotations

from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path

from reelscore.compose.backend import Backend, Place
from reelscore.errors import BriefError, DataError, one_of

DEVICES = ("auto", "cpu", "cuda", "mps")
INSTALL = 'pip install "reelscore[neural]"'
BYTES = {"cpu": 4, "cuda": 2, "mps": 4}  # of a number on each device: half precision on graphics cards
ROOM = 1.3  # what is computed takes room beside the weights
REST_GB = 1.0
LARGEST_PART = 0.75  # of all weights, when only the part at work is on the device


def missing_packages(backend: Backend) -> tuple[str, ...]:
    return tuple(name for name in backend.needs if find_spec(name) is None)


def version_of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown version"


def needed_gb(parameters: int, device: str) -> float:
    """Memory for weights of this many numbers and what is computed with them."""
    return parameters * BYTES[device] * ROOM / 1e9 + REST_GB


def place(parameters: int, device: str = "auto") -> Place:
    """Where a model of this size runs. Raises BriefError or DataError when it cannot."""
    if device not in DEVICES:
        raise BriefError(f'There is no device "{device}".', one_of(device, DEVICES))
    there = devices()
    if device != "auto" and device not in there:
        raise DataError(f"This computer has no {device} device that torch can use.", f"There is: {', '.join(there)}.")
    tried = there if device == "auto" else (device,)
    for name in tried:
        free = free_gb(name)
        if free is None or needed_gb(parameters, name) <= free:
            return Place(name)
        if name == "cuda" and needed_gb(round(parameters * LARGEST_PART), name) <= free:
            return Place(name, offload=True)
    free = free_gb(tried[-1])
    needed = needed_gb(parameters, tried[-1])
    message = f"The model needs about {needed:.0f} GB; {free or 0:.1f} GB are free ({tried[-1]})."
    raise DataError(message, "Close other programs, use a smaller model, or use the rules back-end, which needs none.")


def devices() -> tuple[str, ...]:
    """The devices torch can use, the fastest first."""
    torch = import_module("torch")
    found = ["cuda"] if torch.cuda.is_available() else []
    found += ["mps"] if torch.backends.mps.is_available() else []
    return (*found, "cpu")


def free_gb(device: str) -> float | None:
    """Free memory, or None where the system does not say."""
    if device == "cuda":
        return float(import_module("torch").cuda.mem_get_info()[0]) / 1e9
    if device == "mps":
        return float(import_module("torch").mps.recommended_max_memory()) / 1e9
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 / 1e9 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, StopIteration):
        return None
