"""Scripted pictures as the picture readers get them, without an encoder between."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

import cv2
import numpy as np

from reelscore.understand.glimpses import HEIGHT, WIDTH, Glimpse
from tests.media.scenes import RATE, Picture


def glimpses_of(pictures: Iterable[Picture]) -> Iterator[Glimpse]:
    """BGR pictures as 160x90 Y'CbCr at RATE frames a second."""
    for number, image in enumerate(pictures):
        small = cv2.resize(image, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        full = cv2.cvtColor(small, cv2.COLOR_BGR2YCrCb)[..., (0, 2, 1)].astype(np.float32)
        limited = full * np.array([219, 224, 224], np.float32) / 255 + np.array([16, 16, 16], np.float32)
        planes = np.ascontiguousarray(np.rint(limited).astype(np.uint8).transpose(2, 0, 1))
        yield Glimpse(number, Fraction(number, RATE), planes)
