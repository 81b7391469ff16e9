"""From a brief to finished sound through a trained model: the one way every such back-end takes.

Licence, packages, weights, device and memory are looked at before anything heavy is loaded; then the model is asked,
and what it gives is brought to 48 kHz stereo and fitted to the brief's tempo map, exactly as long as asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.signal import resample_poly

from reelscore.compose.backend import Backend, Generated
from reelscore.compose.neural.asking import asked, unsayable
from reelscore.compose.neural.fitting import fitted
from reelscore.compose.neural.machine import (
    INSTALL,
    devices,
    free_gb,
    missing_packages,
    needed_gb,
    place,
    version_of,
)
from reelscore.compose.neural.pipelines import apart
from reelscore.compose.neural.stock import Stock, fetching, stock
from reelscore.errors import BriefError, DataError, ReelscoreError, shown
from reelscore.values.brief import Brief
from reelscore.values.progress import Watch, part_of
from reelscore.values.sound import SAMPLE_RATE, Samples

SILENCE = 1e-4  # a peak below this is no music
PEAK = 0.89  # -1 dBFS, for models that give more


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a back-end needs: `state` is "ok" or "missing"; `hint` says how to get it."""

    name: str
    state: str
    detail: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Music from a model, exactly as long as asked for, and what is to be known about it."""

    samples: Samples
    aligned: bool  # are its beats the tempo map's?
    bpm: float  # as the model played it; 0 where no beat was heard
    weights: str  # which weights, under which licence
    notes: tuple[str, ...] = ()


def check(backend: Backend, weights: str = "", device: str = "auto") -> tuple[Finding, ...]:
    """What the back-end needs and whether it is here: packages, weights, a device with enough memory, the licence."""
    if backend.weights is None:
        return (Finding("packages", "ok", "none needed"), _licence_of(backend))
    missing = missing_packages(backend)
    if missing:
        packages = Finding("packages", "missing", ", ".join(missing), f"Run: {INSTALL}")
        return (packages, Finding("weights", "missing", "not looked for", fetching(backend)), _licence_of(backend))
    packages = Finding("packages", "ok", ", ".join(f"{name} {version_of(name)}" for name in backend.needs))
    try:
        found = stock(backend, weights)
    except ReelscoreError as error:
        return (packages, Finding("weights", "missing", error.message, error.hint), _licence_of(backend))
    lie = Finding("weights", "ok", f"{found.folder}, {found.parameters / 1e9:.2f} billion parameters")
    return (packages, lie, _device(found, device), _licence_of(backend, found))


def agree(backend: Backend, accept_licence: bool, found: Stock | None = None) -> None:
    """Raises BriefError unless the licence needs no word of the user's, or has it."""
    if backend.weights is None or accept_licence:
        return
    terms = f"{backend.title} uses weights under {backend.weights.licence}: {backend.weights.terms}"
    if backend.weights.accept:
        raise BriefError(terms, "If that suits your use, say so with --accept-licence.")
    if found is not None and "nc" in found.licence.lower().replace("_", "-").split("-"):
        terms = f'The weights in "{found.folder.name}" are under {found.licence}: not for commercial use.'
        raise BriefError(terms, "If that suits your use, say so with --accept-licence.")


def render(
    backend: Backend,
    brief: Brief,
    watch: Watch,
    *,
    weights: str = "",
    device: str = "auto",
    accept_licence: bool = False,
) -> Rendered:
    """The model's music for this brief, float32 (frames, 2) at 48 kHz. Raises BriefError, DataError, CancelledError."""
    if backend.generate is None:
        raise BriefError(f"{backend.title} writes scores; it does not make sound.", "Compose with it instead.")
    agree(backend, accept_licence)
    missing = missing_packages(backend)
    if missing:
        raise DataError(
            f"{backend.title} needs packages that are not installed: {', '.join(missing)}.", f"Run: {INSTALL}"
        )
    found = stock(backend, weights)
    agree(backend, accept_licence, found)
    where = place(found.parameters, device)
    watch("generate", 0.0)
    try:
        with apart():
            made = backend.generate(found.folder, where, asked(brief), part_of(watch, "generate", 0.0, 1.0))
    except ReelscoreError:
        raise
    except Exception as fault:  # whatever the model libraries raise
        raise _failed(backend, found, fault) from fault
    samples = _stereo(made, backend)
    fit = fitted(samples, brief.tempo_map, brief.duration, brief.loop, watch)
    peak = float(np.abs(fit.samples).max())
    if peak > PEAK:
        fit.samples[:] *= np.float32(PEAK / peak)
    watch("align", 1.0)
    return Rendered(fit.samples, fit.aligned, fit.bpm, _named(backend, found), (*unsayable(brief), *fit.notes))


def _failed(backend: Backend, found: Stock, fault: Exception) -> DataError:
    said = " ".join(str(fault).split())[:200] or type(fault).__name__
    if isinstance(fault, MemoryError) or "out of memory" in said.lower():
        hint = "Close other programs, ask for less music at once, or try --device cpu."
        return DataError(f"{backend.title} ran out of memory.", hint)
    hint = "Fetch the weights again, or update the packages: " + INSTALL.replace("install", "install --upgrade") + "."
    return DataError(f"{backend.title} could not be run with the weights in {shown(found.folder)}: {said}", hint)


def _stereo(made: Generated, backend: Backend) -> Samples:
    """At 48 kHz, two channels. Raises DataError for what is no music."""
    samples = np.asarray(made.samples, np.float32)
    samples = samples[:, None] if samples.ndim == 1 else samples
    if samples.ndim != 2 or not len(samples) or samples.shape[1] not in (1, 2):
        raise DataError(f"{backend.title} gave sound of shape {samples.shape}.", "Fetch the weights again.")
    if not np.all(np.isfinite(samples)):
        hint = "Try another device (--device cpu) or another seed."
        raise DataError(f"{backend.title} gave numbers that are no sound.", hint)
    peak = float(np.abs(samples).max())
    if peak < SILENCE:
        raise DataError(f"{backend.title} gave silence.", "Try another seed or other words.")
    if made.rate != SAMPLE_RATE:
        ratio = Fraction(SAMPLE_RATE, made.rate)
        samples = resample_poly(samples, ratio.numerator, ratio.denominator, axis=0).astype(np.float32)
    return np.ascontiguousarray(np.broadcast_to(samples, (len(samples), 2)))


def _device(found: Stock, device: str) -> Finding:
    try:
        where = place(found.parameters, device)
    except ReelscoreError as error:
        return Finding("device", "missing", error.message, error.hint)
    free = free_gb(where.device)
    room = "memory unknown" if free is None else f"{free:.1f} GB free"
    detail = f"{where.device}, {room}, about {needed_gb(found.parameters, where.device):.1f} GB needed"
    if where.offload:
        detail += "; parts of the model wait in main memory"
    others = [name for name in devices() if name != where.device]
    return Finding("device", "ok", detail, f"Also there: {', '.join(others)}." if others else "")


def _licence_of(backend: Backend, found: Stock | None = None) -> Finding:
    if backend.weights is None:
        return Finding("licence", "ok", backend.licence)
    detail = f"{backend.weights.licence}: {backend.weights.terms}"
    if found is not None and found.licence:
        detail += f" The card beside the weights says: {found.licence}."
    return Finding("licence", "ok", detail, "Needs --accept-licence." if backend.weights.accept else "")


def _named(backend: Backend, found: Stock) -> str:
    assert backend.weights is not None
    return f"{backend.title}, weights under {found.licence or backend.weights.licence}"
