"""Speech for tests, spoken by espeak-ng (its library comes as a development package; nothing of it ships).

The C interface: https://github.com/espeak-ng/espeak-ng/blob/master/src/include/espeak-ng/speak_lib.h
"""

from __future__ import annotations

import ctypes
from functools import cache

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

_RETRIEVAL, _DONT_EXIT, _POSITION_CHARACTER, _UTF8 = 1, 0x8000, 1, 1
_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path().encode()
    rate = library.espeak_Initialize(_RETRIEVAL, 0, ctypes.c_char_p(data), _DONT_EXIT)
    assert rate > 0, "espeak-ng found no voices"
    return library, rate


def spoken(text: str) -> tuple[NDArray[np.float32], int]:
    """The text as speech: mono samples -1..1 and their rate in Hz."""
    library, rate = _library()
    heard: list[NDArray[np.int16]] = []

    @_Callback
    def keep(samples: object, count: int, _events: object) -> int:
        if samples and count:
            heard.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
        return 0

    library.espeak_SetSynthCallback(keep)
    said = text.encode()
    library.espeak_Synth(ctypes.c_char_p(said), len(said) + 1, 0, _POSITION_CHARACTER, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    return np.concatenate(heard).astype(np.float32) / np.float32(32768), rate
