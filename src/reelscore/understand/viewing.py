"""Which frames of an expensive film to look at, chosen before anything is decoded.

A cut costs its encoder bits: an encoder that looks for cuts puts a keyframe there, any other pays with one packet far
larger than those around it. Both show in the table of packets, which costs nothing to read. So:

1. every keyframe is looked at, with the few frames after it (keyframes decode alone);
2. where a keyframe seems to open a shot, the one before it is looked at for longer: encoders give no keyframe to a cut
   that follows one closely. Anchors alone are looked at first, and all frames only where two of them are unlike;
3. a keyframe out of rhythm, far larger than the packets before it, whose picture is unlike the last one seen and stays
   so, opens a shot: no other frame is needed;
4. where packets stand out inside a group of pictures, or a keyframe is in doubt, the group is decoded from its
   keyframe to just behind the place, and judged frame by frame; what lies far before it, by its anchors.

Films whose every frame can be decoded in `CHEAP_S` are, and so are those where more than `MOST_SHARE` would be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reelscore.understand.cuts import change_size, pace_of
from reelscore.understand.differences import Comparer, Prints
from reelscore.understand.glimpses import Stretch
from reelscore.understand.packets import Packets
from reelscore.understand.shots import Opening
from reelscore.values.reading import MediaInfo

CHEAP_S = 2.5
MOST_SHARE = 0.6
LONGER_SHARE = 0.35  # of the frames, for first and longer looks together; films cut faster do without the longer
BRIEF, LONGER = 3, 8  # frames looked at from a keyframe on: in rhythm, out of rhythm
BEHIND = 14  # frames decoded behind a place in question
AROUND = 16  # packets a packet is compared with on either side
STANDS_OUT = MappingProxyType({"h264": 1.75})  # times the packets around it
STANDS_OUT_ELSE = 1.3
FAR_OUT, ALONE = 3.0, 4.5
OPENS = 2.0  # times the packets before it: a keyframe that an encoder put at a cut
KEYS_APART = 32  # frames within which an encoder may not give a cut a keyframe of its own
SETTLES = 5  # frames behind a place that judging it needs
LEADS = 20  # frames before a place in question that are decoded one and all
LEAP = 0.45  # two neighbouring anchors more unlike than this: what lies between must be seen

# CPU seconds per million pixels and per million bytes, one core of 2024
_COST = MappingProxyType({"h264": (0.0008, 0.11), "hevc": (0.0014, 0.14), "vp9": (0.0011, 0.12), "av1": (0.002, 0.3)})
_COST_ELSE = (0.002, 0.05)
_ALIKE, _UNLIKE, _SAME_STRUCTURE, _OTHER_STRUCTURE = 0.25, 0.45, 0.75, 0.55
_DRIFTED, _DRIFTED_STRUCTURE, _CHANGED = 0.45, 0.35, 0.35


def decoding_cost(info: MediaInfo, packets: Packets) -> float:
    """CPU seconds that decoding every frame will take, roughly."""
    assert info.video is not None
    per_pixel, per_byte = _COST.get(info.video.codec, _COST_ELSE)
    pixels = info.video.coded_width * info.video.coded_height * len(packets)
    return (per_pixel * pixels + per_byte * float(packets.size.sum())) / 1e6


@dataclass(frozen=True)
class Outlook:
    """What the table of packets tells: keyframes' places, whether each keeps the rhythm, how far it stands out, and
    the places of other packets that stand out."""

    pace: int
    frames: int
    keys: NDArray[np.int64]
    in_rhythm: NDArray[np.bool_]
    contrast: NDArray[np.float64]  # per key: size over that of the packets before it
    outstanding: NDArray[np.int64]
    by_how_much: NDArray[np.float64]  # per outstanding packet: times the packets around it
    steady: bool  # most keyframes keep the rhythm
    seeks_cuts: bool  # many do not: the encoder put them where it saw cuts
    in_order: bool  # frames are stored in the order they are shown in


def outlook(packets: Packets, codec: str, rate: float) -> Outlook:
    keys = np.flatnonzero(packets.keyframe)
    sizes = packets.size.astype(np.float64)
    before, after = _usual_sizes(sizes, packets.keyframe)
    gaps = np.diff(keys, prepend=keys[:1] - 1)
    rhythm = _rhythm(gaps[1:])
    ratio = np.minimum(sizes / before, sizes / after)
    out = np.flatnonzero((ratio > STANDS_OUT.get(codec, STANDS_OUT_ELSE)) & ~packets.keyframe)
    contrast = sizes[keys] / before[keys]
    regular = float((gaps[1:] == rhythm).mean()) if len(keys) > 1 else 1.0
    in_order = bool((np.diff(packets.order) > 0).all())
    return Outlook(
        pace=pace_of(rate),
        frames=len(packets),
        keys=keys,
        in_rhythm=gaps == rhythm,
        contrast=contrast,
        outstanding=out,
        by_how_much=ratio[out],
        steady=len(keys) > 1 and regular > 0.5,
        seeks_cuts=len(keys) > 3 and regular < 0.5,
        in_order=in_order,
    )


def _rhythm(gaps: NDArray[np.int64]) -> int:
    """The distance at which keyframes come when nothing happens: the usual one, else the longest."""
    if not len(gaps):
        return 0
    lengths, counts = np.unique(gaps, return_counts=True)
    common = counts.max() >= max(3, 0.3 * len(gaps))
    return int(lengths[counts.argmax()] if common else lengths[-1])


def _usual_sizes(
    sizes: NDArray[np.float64], keyframe: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The second largest (non-key) packet before and behind each packet: one outlier among them changes nothing."""
    plain = np.where(keyframe, 0.0, sizes)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(plain, AROUND), AROUND)
    usual = np.maximum(1.0, np.partition(windows, -2, axis=1)[:, -2])
    return usual[: len(sizes)], usual[AROUND + 1 : AROUND + 1 + len(sizes)]


def first_looks(view: Outlook) -> list[Stretch]:
    """Every keyframe with a few frames; none reaches the next keyframe."""
    ends = np.append(view.keys[1:], view.frames)
    return [
        Stretch(int(key), int(key), int(min(key + (BRIEF if steady else LONGER * view.pace), end) - 1))
        for key, steady, end in zip(view.keys, view.in_rhythm, ends, strict=True)
    ]


def longer_looks(view: Outlook, looks: Sequence[Prints]) -> dict[int, Stretch]:
    """Keyframes to look at for longer (by their number), where the next one seems to open a shot.

    An encoder that seeks cuts gives none to a cut that follows a keyframe closely, and nothing in the packets tells
    of it. Without this look the next keyframe, there for some other reason, would be taken for the cut.
    """
    if not view.seeks_cuts:
        return {}
    apart = min(KEYS_APART * view.pace, int(np.diff(view.keys).min()))
    found = {}
    for n, key in enumerate(int(k) for k in view.keys[:-1]):
        there = _across(looks[n], looks[n + 1])
        last = min(key + apart + SETTLES * view.pace, int(view.keys[n + 1])) - 1
        if there is None or last - key < len(looks[n]):
            continue
        verdict = _at_keyframe(view, n + 1, there, alone=True)
        if verdict == "opens" or (verdict == "doubt" and view.in_rhythm[n + 1]):
            found[n] = Stretch(key, key, last)
    return found


def second_looks(
    view: Outlook, looks: Sequence[Prints], longer: Sequence[Prints], packets: Packets
) -> tuple[list[Opening], list[Stretch]]:
    """From the looks at each keyframe: openings that are certain already, and what must be decoded in full.

    `longer` are the longest looks there are: a keyframe is compared with the end of the longest before it.
    """
    openings: list[Opening] = []
    wanted: list[Stretch] = []
    for n, key in enumerate(int(k) for k in view.keys):
        there = _across(longer[n], looks[n + 1]) if n + 1 < len(view.keys) else None
        end = int(view.keys[n + 1]) if there else view.frames
        places = _in_question(view, key, end, longer[n].span, there)
        verdict = _at_keyframe(view, n + 1, there, alone=not len(places)) if there else "same"
        if view.seeks_cuts and verdict == "doubt" and view.in_rhythm[n + 1] and longer[n].span > looks[n].span:
            verdict = "same"  # the encoder saw no cut here, and one close behind the last keyframe would be known
        if there and verdict == "opens":
            openings.append(_opening(packets, end, there, float(view.contrast[n + 1])))
        elif there and _one_jump(view, places, there):
            openings.append(_opening(packets, int(places[0]), there, float(view.contrast[n + 1])))
            continue
        explained = bool(len(places)) and view.steady and bool(view.in_rhythm[min(n + 1, len(view.keys) - 1)])
        to = end if verdict == "doubt" and not explained else -1
        to = max(to, int(places[-1])) if len(places) else to
        if to >= 0:
            closely = min(to, int(places[0]) if len(places) else to) - LEADS * view.pace
            last = min(to + BEHIND * view.pace, view.frames - 1)
            wanted.append(Stretch(key, key, last, closely if closely > key + SETTLES * view.pace else 0))
    return openings, joined(wanted)


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in order; those that touch become one, unless the second begins with anchors alone."""
    whole: list[Stretch] = []
    for one in stretches:
        if whole and one.first <= whole[-1].last + 1 and not one.closely:
            whole[-1] = Stretch(whole[-1].entry, whole[-1].first, max(whole[-1].last, one.last), whole[-1].closely)
        else:
            whole.append(one)
    return whole


@dataclass(frozen=True, slots=True)
class Across:
    """How the picture changed from the last frame of one look to the next look. `restless`: the largest step inside
    that next look; `drift`: from its first frame to its last; `drifted`: what steady motion, as seen in both looks,
    would have changed meanwhile (as a walk without direction)."""

    step: float
    stays: float
    same: float
    restless: float
    drift: float
    drifted: float


def _across(before: Prints, here: Prints) -> Across | None:
    if not len(before) or not len(here):
        return None
    pair = Comparer(Prints.of(before, len(before) - 1, here))
    last = pair.count - 1
    a, b = np.array([0, 0, 1]), np.array([1, last, last])
    step, stays, drift = (float(value) for value in pair.unlike(a, b))
    steps = pair.unlike(np.arange(1, last), np.arange(2, last + 1))
    same = float(pair.structure(a[:2], b[:2]).max())
    earlier = Comparer(before)
    drift_before = float(earlier.unlike(np.array([0]), np.array([earlier.count - 1]))[0])
    between = here.number[0] - before.number[-1]
    drifted = max(drift / max(1, last - 1) ** 0.5, drift_before / max(1, before.span - 1) ** 0.5) * between**0.5
    return Across(step, stays, same, float(steps.max()) if len(steps) else 0.0, drift, drifted)


def _at_keyframe(view: Outlook, n: int, there: Across, alone: bool) -> str:
    """Does key n open a shot? "opens" (certain), "same" (certainly not), or "doubt". `alone`: nothing else stands out
    since the key before."""
    if there.step < _ALIKE or there.same > _SAME_STRUCTURE:
        return "same"
    jumped = there.restless < 0.2 * there.step and there.step > 1.4 * there.drifted
    if view.in_rhythm[n]:
        other = there.step > _DRIFTED and there.same < _DRIFTED_STRUCTURE
        return "doubt" if other or (jumped and there.step > _CHANGED) else "same"
    if there.restless > 0.6 * there.step and there.stays < 0.45 * there.step:
        return "same"  # a flash: what was there before is back
    unlike = min(there.step, there.stays) > _UNLIKE and there.same < _OTHER_STRUCTURE
    calm = there.restless < 0.3 * there.step
    settled = there.drift < 0.45 * there.step or view.contrast[n] > 2 * OPENS
    if unlike and calm and settled and view.contrast[n] > OPENS:
        return "opens"
    return "opens" if unlike and alone and jumped and there.same < _DRIFTED_STRUCTURE else "doubt"


def _in_question(view: Outlook, key: int, end: int, seen: int, there: Across | None) -> NDArray[np.int64]:
    """Packets between two keyframes that stand out and whose frames have not been judged in the look already.

    An encoder that looks for cuts makes them keyframes, except shortly after another one."""
    from_place = key + seen - SETTLES * view.pace if seen >= LONGER * view.pace else key
    inside = (view.outstanding > from_place) & (view.outstanding < end)
    far = view.by_how_much > FAR_OUT
    if there and (there.step < _ALIKE or there.same > _SAME_STRUCTURE):
        inside &= far
    if view.seeks_cuts:
        inside &= far | (view.outstanding < key + KEYS_APART * view.pace)
    return view.outstanding[inside]


def _one_jump(view: Outlook, places: NDArray[np.int64], there: Across) -> bool:
    """Between two keyframes in rhythm, with unlike pictures, one packet alone stands far out, and no frame waits for a
    later one: the change is that very frame."""
    if not view.in_order or len(places) != 1:
        return False
    far = view.by_how_much[np.searchsorted(view.outstanding, places[0])] > ALONE
    calm = there.restless < 0.3 * there.step
    return bool(far and calm and there.step > _UNLIKE and there.same < _OTHER_STRUCTURE)


def _opening(packets: Packets, place: int, there: Across, contrast: float) -> Opening:
    sure = 0.98 - 0.3 * float(np.exp(-max(0.0, contrast - OPENS) / 2)) - 0.2 * max(0.0, there.same)
    at = int(packets.pts[place]) * packets.time_base
    return Opening(place, at, "cut", sure, change_size(there.step))
