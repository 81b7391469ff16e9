"""Brief to Score: the composer's whole way on one page.

Form, harmony and the band are decided for the piece; then each section is written on its own, judged, and written again
when it has a fault. Chance is drawn by position, so a change in one bar leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import SECTION_WORDS, Chair
from reelscore.compose.bars import Ground, hit_beat
from reelscore.compose.ending import write_ending
from reelscore.compose.form import SectionPlan
from reelscore.compose.fx import Effects, write_fx
from reelscore.compose.genre import Genre
from reelscore.compose.harmony import Harmonies
from reelscore.compose.hits import mark_hits
from reelscore.compose.lint import faults
from reelscore.compose.piece import Piece, plan_piece, scenes_of
from reelscore.compose.players import Parts, write_parts
from reelscore.compose.scene import Scene, Seeds
from reelscore.compose.tables import Mood
from reelscore.values.brief import Brief
from reelscore.values.chance import bits, choose
from reelscore.values.kit import DRUM_KEYS
from reelscore.values.score import Chord, Colour, Control, Feel, Note, Part, Score, Section
from reelscore.values.time import Beats, TempoMap, unswung

_TAKES = 4


def write_score(brief: Brief) -> Score:
    """The whole piece. Raises BriefError for a genre or mood that is not known."""
    return write_piece(plan_piece(brief), Seeds.of(brief.seed))


def write_piece(piece: Piece, seeds: Seeds, only: Collection[int] | None = None) -> Score:
    """Every note of a piece that is decided; with `only`, those sections' alone, the others stay empty."""
    brief, style, ground, band, effects = piece.brief, piece.style, piece.ground, piece.band, piece.effects
    scenes = scenes_of(piece, seeds)
    written = [_best_take(scene, band) if only is None or scene.plan.index in only else {} for scene in scenes]
    if not brief.loop:
        _close(ground, piece.plans, piece.harmonies, band, written)
    sounds = write_fx(brief, ground, piece.plans, effects)
    feel = _feel(brief, style)
    struck = _struck(brief, feel)
    sections = tuple(
        _section(s, parts, sounds, band, effects, struck) for s, parts in zip(scenes, written, strict=True)
    )
    heard = {part.player for section in sections for part in section.parts if part.notes}
    players = tuple(chair.player for chair in (*band, *effects) if chair.name in heard)
    return Score(
        title=brief.title or _title(brief.mood, style.title),
        genre=brief.genre,
        mood=brief.mood,
        seed=brief.seed,
        tempo_map=brief.tempo_map,
        players=players,
        sections=sections,
        feel=feel,
        colour=_colour(style, piece.feeling),
        final_beat=ground.final_beat,
        ring_out=not brief.loop,
        loop=brief.loop,
        warnings=_warnings(brief, {p.instrument for p in players}, {plan.kind for plan in piece.plans}),
    )


def _best_take(scene: Scene, band: tuple[Chair, ...]) -> Parts:
    """The first take without a fault, or the one with the fewest."""
    best: Parts = {}
    fewest = 1 << 30
    for take in range(_TAKES):
        detail = scene.seeds.detail
        seed = detail if take == 0 else bits(detail, "take", scene.plan.index, take)
        trial = replace(scene, seed=seed, take=take)
        parts = write_parts(trial, band)
        mark_hits(trial, band, parts)
        found = len(faults(trial, band, parts))
        if found < fewest:
            best, fewest = parts, found
        if not found:
            break
    return best


def _close(
    ground: Ground,
    plans: tuple[SectionPlan, ...],
    harmonies: Harmonies,
    band: tuple[Chair, ...],
    written: list[Parts],
) -> None:
    """Add the final chord to the last section's parts."""
    for chair in band:
        tune = [n for parts in written for n in parts.get(chair.name, ([], []))[0]]
        near = tune[-1].pitch if tune else None
        notes, controls = write_ending(ground, plans[-1], harmonies.final, chair, near)
        own = written[-1].setdefault(chair.name, ([], []))
        own[0].extend(notes)
        own[1].extend(controls)


def _section(
    scene: Scene,
    parts: Parts,
    sounds: Effects,
    band: tuple[Chair, ...],
    effects: tuple[Chair, ...],
    struck: Mapping[Beats, Beats],
) -> Section:
    """The finished section: bars, chords and every player's part in order."""
    plan, ground, tempo_map = scene.plan, scene.ground, scene.brief.tempo_map
    closing = plan.kind == "ending"
    start = ground.measures[plan.first].start if plan.count else ground.final_beat
    end = max(tempo_map.end, ground.end_beat) if closing else ground.measures[plan.last].end
    first_bar = tempo_map.bar_at(start).index
    bars = (len(tempo_map.bars) - first_bar) if closing else plan.count
    if plan.index == 0 and ground.zero_beat < start:
        for chair in band:
            if chair.seat.writes in ("pad", "sub") and chair.name in parts:
                notes = parts[chair.name][0]
                notes[:] = [_from(n, ground.zero_beat) if n.at == start else n for n in notes]
    playing = [chair for chair in band if chair.name in parts]
    finished = [_without_drums(scene, c, _heard(c, _part(c.name, *parts[c.name], struck), tempo_map)) for c in playing]
    opens = start if plan.index else min(start, ground.zero_beat)
    until = end if not closing else max(end, ground.end_beat) + 1
    for chair in effects:
        notes = [n for n in sounds.get(chair.name, []) if opens <= n.at < until]
        finished.append(_heard(chair, _part(chair.name, notes, [], {}), tempo_map))
    return Section(
        index=plan.index,
        name=plan.name,
        kind=plan.kind,
        first_bar=first_bar,
        bars=bars,
        start=start,
        end=end,
        energy=plan.energy,
        key=plan.key,
        chords=_chords(scene, band, end),
        parts=tuple(part for part in finished if part.notes),
        material=plan.material,
        variant=plan.variant,
    )


def _heard(chair: Chair, part: Part, tempo_map: TempoMap) -> Part:
    """A part without what would sound where its player must not: notes that begin there, and the rest of held ones."""
    if not chair.away:
        return part
    kept = []
    for note in part.notes:
        at = tempo_map.seconds_at(note.at)
        if chair.away_at(float(at)):
            continue
        gone = min((tempo_map.beat_at(span.start) for span in chair.away if span.start > at), default=None)
        if gone is not None and note.at < gone < note.at + note.beats:
            note = replace(note, beats=gone - note.at)
        kept.append(note)
    return replace(part, notes=tuple(kept))


def _without_drums(scene: Scene, chair: Chair, part: Part) -> Part:
    """A kit's part without the drums that must not sound."""
    here = [
        e for e in scene.brief.exclusions
        if e.what in DRUM_KEYS and (not e.section or SECTION_WORDS.get(e.section, e.section) == scene.kind)
    ]  # fmt: skip
    if not here or chair.seat.role not in ("drums", "percussion"):
        return part

    def sounds(note: Note) -> bool:
        at = scene.brief.tempo_map.seconds_at(note.at)
        return not any(note.pitch in DRUM_KEYS[e.what] and (e.within is None or e.within.holds(at)) for e in here)

    return replace(part, notes=tuple(note for note in part.notes if sounds(note)))


def _from(note: Note, at: Beats) -> Note:
    """A held note that sounds from the film's first moment, when the first beat comes a little later."""
    return replace(note, at=at, beats=note.beats + note.at - at)


def _part(player: str, notes: list[Note], controls: list[Control], struck: Mapping[Beats, Beats]) -> Part:
    unique: dict[tuple[Beats, int], Note] = {}
    for note in sorted(notes, key=lambda n: (n.at, n.pitch, n.velocity)):
        at = struck.get(note.at)
        if at is not None:
            touch = note.articulation or "accent"
            note = replace(note, at=at, beats=note.beats + note.at - at, articulation=touch)
        unique[note.at, note.pitch] = note
    order = sorted(controls, key=lambda c: (c.at, c.kind, c.value))
    return Part(player, tuple(unique.values()), tuple(order))


def _chords(scene: Scene, band: tuple[Chair, ...], end: Beats) -> tuple[Chord, ...]:
    chair = next((c for c in band if c.seat.writes == "comp"), band[0] if band else None)
    chords = []
    for voiced in scene.voicings(chair, 4) if chair else ():
        measure, chord = scene.ground.measures[voiced.measure], voiced.chord
        at, beats = measure.beat(voiced.step), Fraction(voiced.steps, 4)
        chords.append(
            Chord(at, beats, chord.symbol, chord.numeral, chord.root, chord.bass, chord.classes, voiced.pitches)
        )
    if scene.kind == "ending":
        final, at = scene.harmonies.final, scene.ground.final_beat
        pitches = tuple(48 + tone for tone in sorted(final.classes))
        chords.append(Chord(at, end - at, final.symbol, final.numeral, final.root, final.bass, final.classes, pitches))
    return tuple(chords)


def _title(mood: str, style: str) -> str:
    """ "Calm lo-fi hip hop"; a style that is called by the mood already says it once."""
    return style if style.lower().startswith(mood) else f"{mood.capitalize()} {style.lower()}"


def _feel(brief: Brief, style: Genre) -> Feel:
    swing8, swing16 = choose(style.feel.swings, brief.seed, "swing")
    return Feel(swing8, swing16, style.feel.looseness, style.feel.snare_late_ms, style.feel.bass_late_ms)


def _struck(brief: Brief, feel: Feel) -> dict[Beats, Beats]:
    """Beats of kept hits, and where they are written so that, swung, they sound exactly on the hit.

    What is struck there is an accent: the performer keeps accents on time.
    """
    beats = {hit_beat(brief, result) for result in brief.hits if result.kept and result.target != "none"}
    return {beat: unswung(beat, feel.swing8, feel.swing16) for beat in beats}


def _colour(style: Genre, feeling: Mood) -> Colour:
    own = style.colour

    def clamp(value: float) -> float:
        return round(min(1.0, max(0.0, value)), 3)

    return Colour(
        brightness=clamp(own.brightness + feeling.brightness),
        space=clamp(own.space + feeling.space),
        saturation=clamp(own.saturation + feeling.saturation),
        sidechain=own.sidechain,
        width=own.width,
        lofi=own.lofi,
        punch=clamp(own.punch + feeling.dynamics * 0.5),
        wall=own.wall,
        body=own.body,
    )


def _warnings(brief: Brief, heard: set[str], kinds: set[str]) -> tuple[str, ...]:
    missing = [name for name in brief.instruments if name not in heard]
    told = [f"{name} was asked for but has nothing to play here." for name in missing]
    away = [e for e in brief.entrances if e.within is None and SECTION_WORDS.get(e.section, e.section) not in kinds]
    told += [f"{e.what} was asked for in the {e.section}, which this piece does not have." for e in away]
    return tuple(told)
