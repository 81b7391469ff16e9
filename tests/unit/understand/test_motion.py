"""Camera and subject motion told apart, and sudden moves noticed."""

from fractions import Fraction

import numpy as np
import pytest

from reelscore.understand.motion import Motion, MotionMeter, camera_and_subject, motion_peaks
from tests.media.scenes import Shot
from tests.media.truth import Film, Piece
from tests.unit.understand.seen import glimpses_of

STILL = Shot(seed=3, subjects=0)


def measured(shot: Shot, frames: int = 60) -> tuple[float, float]:
    """Mean camera and subject speed of a shot, picture widths per second."""
    meter = MotionMeter()
    for glimpse in glimpses_of(Film((Piece(shot, frames),), 320, 180).pictures()):
        meter.add(glimpse)
    assert 8 <= len(meter.motions) <= 11
    return (
        float(np.mean([motion.camera for motion in meter.motions])),
        float(np.mean([motion.subject for motion in meter.motions])),
    )


def test_a_still_shot_hardly_moves() -> None:
    camera, subject = measured(STILL)
    assert camera < 0.01
    assert subject < 0.02


def test_a_pan_is_the_cameras() -> None:
    """A pan of 0.1 worlds per second at zoom 1.6 is 0.16 widths per second."""
    camera, subject = measured(Shot(seed=3, subjects=0, pan=(0.1, 0.0)))
    assert camera == pytest.approx(0.16, rel=0.25)
    assert subject < camera / 3


def test_a_moving_subject_is_not_the_camera() -> None:
    camera, subject = measured(Shot(seed=3, subjects=2, subject_speed=0.5, subject_size=0.25))
    assert subject > 2 * camera
    assert subject > 0.04


def test_zooming_is_the_cameras() -> None:
    """A flow that grows from the centre outwards is fitted whole."""
    y, x = np.mgrid[0:90, 0:160].astype(np.float32)
    flow = np.stack([(x - 80) * 0.02, (y - 45) * 0.02], axis=2)
    camera, subject = camera_and_subject(flow)
    assert camera > 0.004
    assert subject < camera / 50


def test_a_sudden_move_is_a_peak_and_a_cut_is_not() -> None:
    """Two bursts of subject motion, one of them right at a cut."""
    speeds = {2.0: 0.3, 5.0: 0.3}
    motions = [Motion(t, 0.0, speeds.get(round(t, 1), 0.01)) for t in np.arange(0, 8, 0.2)]
    (peak,) = motion_peaks(motions, [Fraction(5)])
    assert float(peak.at) == pytest.approx(2.0)
    assert 0 < peak.strength <= 1


def test_steady_motion_has_no_peaks() -> None:
    motions = [Motion(n / 5, 0.0, 0.2) for n in range(40)]
    assert motion_peaks(motions, []) == ()
