"""A brief in the words of text-to-music models.

Models were trained on short English descriptions, so the text is a list: the person's own words first (when they are
English), then genre, mood, how it moves, instruments, tempo, key. What must not sound is listed apart, for models that
take it, and said as "no ..." for those that do not.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.compose.backend import Asked
from reelscore.values.brief import Brief

LONGEST_WORDS = 400  # characters of the person's own words: text encoders cut long texts off
FLAWS = ("vocals", "singing", "speech", "low quality", "noise")
VOICES = {"choir", "voices", "vocal", "vocals", "voice"}


def asked(brief: Brief) -> Asked:
    """What to ask a model for."""
    own = " ".join(brief.prompt.split())[:LONGEST_WORDS] if brief.language == "en" else ""
    key = f"{brief.key}".split()[0] + (" minor" if brief.key.minor else " major")
    words = [own, f"{_spoken(brief.mood)} {_spoken(brief.genre)}".strip(), _energy(brief), _course(brief)]
    words += [_spoken(name) for name in brief.instruments]
    words += ["instrumental", f"{round(brief.bpm)} BPM", key]
    if str(brief.meter) != "4/4":
        words.append(f"{brief.meter} time")
    wished = {_spoken(name) for name in brief.instruments}
    flaws = [flaw for flaw in FLAWS if not (wished & VOICES and flaw in ("vocals", "singing"))]
    out = dict.fromkeys([_spoken(e.what) for e in brief.exclusions if e.throughout] + flaws)
    return Asked(
        text=", ".join(dict.fromkeys(word for word in words if word)),
        avoid=", ".join(out),
        seconds=float(brief.duration),
        seed=brief.seed,
        bpm=round(brief.bpm),
        key=key,
        meter=str(brief.meter),
    )


def said_in_one(asked: Asked) -> Asked:
    """For models without a separate text of what to avoid: said in the text itself."""
    without = [f"no {word}" for word in asked.avoid.split(", ") if word and word not in FLAWS[3:]]
    return replace(asked, text=", ".join([asked.text, *without]), avoid="")


def unsayable(brief: Brief) -> tuple[str, ...]:
    """What the brief asks for and no model can be told."""
    sections = [e.what for e in brief.exclusions if not e.throughout] + [e.what for e in brief.entrances]
    notes = []
    if sections:
        which = ", ".join(dict.fromkeys(_spoken(what) for what in sections))
        notes.append(f"A model cannot be told what plays in which section ({which}).")
    if brief.speech:
        notes.append("A model does not know where there is speech: the music is only lowered there.")
    if any(hit.kept for hit in brief.hits):
        notes.append("A model does not hear the hits: they fall on its beats, but nothing is written for them.")
    return tuple(notes)


def _spoken(name: str) -> str:
    return name.replace("_", " ").strip()


def _energy(brief: Brief) -> str:
    if brief.energy >= 0.75:
        return "high energy"
    return "gentle" if brief.energy <= 0.3 else ""


def _course(brief: Brief) -> str:
    """How the energy moves from the first to the last point asked for."""
    energies = [point.energy for point in brief.curve] or [cue.energy for cue in brief.cues]
    if len(energies) < 2:
        return ""
    rise = energies[-1] - energies[0]
    if rise > 0.25:
        return "starts quietly and builds up"
    return "fades into calm" if rise < -0.25 else ""
