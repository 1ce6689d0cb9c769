"""BERT's encoder as an ONNX graph, laid out from plain weights, and kept in a folder.

The table of word pieces stays outside: it is half of the weights, of which a message needs a few
rows, so whoever runs the graph looks them up and hands them in.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from intents.learning.features import Floats

WORDS: Final = "embeddings.word_embeddings.weight"
HIDDEN: Final = "hidden"
_OPSET: Final = 20  # the first with Gelu
_IR_VERSION: Final = 9
_GRAPH_FILE: Final = "graph.onnx"


def encoder_graph(weights: Mapping[str, Floats], layers: int, heads: int, epsilon: float) -> Any:
    """Return an `onnx.ModelProto`: rows of `WORDS` and their mask in, hidden states out."""
    # In single precision: with weights of eight bits a text took half the time, but five of 295
    # questions fewer were answered right at once, and a vector hung on what was encoded with it.
    return _Graph(weights, epsilon).encoder(layers, heads)


def kept(folder: Path) -> Path | None:
    """Return the graph that was kept in a folder; None when there is none."""
    path = folder / _GRAPH_FILE
    return path if path.is_file() else None


def keep(graph: Any, folder: Path) -> Path:
    """Put a graph into a folder of its own, whole or not at all; return it. Raises OSError.

    Its weights lie in a second file, which is mapped into memory when the graph is opened. Read
    as one file they would be held twice, and what is given back comes too late to be used again.
    """
    import onnx

    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, suffix=".part"))
    try:
        path = temporary / _GRAPH_FILE
        onnx.save_model(graph, str(path), save_as_external_data=True, location="weights")
        shutil.rmtree(folder, ignore_errors=True)
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder / _GRAPH_FILE


class _Graph:
    """Collects the nodes and weights of a graph; every method returns its output's name."""

    def __init__(self, weights: Mapping[str, Floats], epsilon: float) -> None:
        import onnx

        self._onnx = onnx
        self._weights = weights
        self._epsilon = epsilon
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}

    def encoder(self, layers: int, heads: int) -> Any:
        hidden = self._embeddings()
        unseen = self._op("Sub", self._constant("one", np.float32(1)), "mask")
        unseen = self._op("Mul", unseen, self._constant("low", np.float32(-1e9)))
        bias = self._op("Unsqueeze", unseen, self._constant("middle", np.array([1, 2])))
        for n in range(layers):
            hidden = self._layer(f"encoder.layer.{n}.", hidden, bias, heads)
        helper = self._onnx.helper
        self._nodes.append(helper.make_node("Identity", [hidden], [HIDDEN]))
        width = len(self._weights["embeddings.LayerNorm.bias"])
        graph = helper.make_graph(
            self._nodes,
            "minilm",
            [self._value("words", width), self._value("mask")],
            [self._value(HIDDEN, width)],
            list(self._constants.values()),
        )
        opset = helper.make_opsetid("", _OPSET)
        return helper.make_model(graph, opset_imports=[opset], ir_version=_IR_VERSION)

    def _value(self, name: str, *more: int) -> Any:
        shape = ["batch", "length", *more]
        return self._onnx.helper.make_tensor_value_info(name, self._onnx.TensorProto.FLOAT, shape)

    def _embeddings(self) -> str:
        length = self._op("Shape", "mask", start=1)
        zero = self._constant("zero", np.array([0]))
        step = self._constant("length_axis", np.array([1]))
        table = self._weight("embeddings.position_embeddings.weight")
        places = self._op("Slice", table, zero, length, zero, step)
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        total = self._op("Add", self._op("Add", "words", places), self._constant("kind", kind))
        return self._norm("embeddings.LayerNorm", total)

    def _layer(self, at: str, hidden: str, bias: str, heads: int) -> str:
        query, key, value = (
            self._split(self._linear(f"{at}attention.self.{part}", hidden), heads)
            for part in ("query", "key", "value")
        )
        width = len(self._weights[f"{at}attention.self.query.bias"]) // heads
        products = self._op("MatMul", query, self._op("Transpose", key, perm=[0, 1, 3, 2]))
        scale = self._constant("scale", np.float32(1 / math.sqrt(width)))
        shares = self._op(
            "Softmax", self._op("Add", self._op("Mul", products, scale), bias), axis=-1
        )
        seen = self._op("Transpose", self._op("MatMul", shares, value), perm=[0, 2, 1, 3])
        seen = self._op("Reshape", seen, self._constant("joined", np.array([0, 0, heads * width])))
        seen = self._linear(f"{at}attention.output.dense", seen)
        hidden = self._norm(f"{at}attention.output.LayerNorm", self._op("Add", seen, hidden))
        inner = self._op("Gelu", self._linear(f"{at}intermediate.dense", hidden))
        inner = self._linear(f"{at}output.dense", inner)
        return self._norm(f"{at}output.LayerNorm", self._op("Add", inner, hidden))

    def _split(self, states: str, heads: int) -> str:
        parted = self._op("Reshape", states, self._constant("parted", np.array([0, 0, heads, -1])))
        return self._op("Transpose", parted, perm=[0, 2, 1, 3])

    def _linear(self, at: str, states: str) -> str:
        weight = self._constant(f"{at}.turned", self._weights[f"{at}.weight"].T.copy())
        return self._op("Add", self._op("MatMul", states, weight), self._weight(f"{at}.bias"))

    def _norm(self, at: str, states: str) -> str:
        scale, shift = self._weight(f"{at}.weight"), self._weight(f"{at}.bias")
        return self._op("LayerNormalization", states, scale, shift, axis=-1, epsilon=self._epsilon)

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        if name not in self._constants:
            tensor = self._onnx.numpy_helper.from_array(np.asarray(value), name)
            self._constants[name] = tensor
        return name

    def _op(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind}_{len(self._nodes)}"
        node = self._onnx.helper.make_node(kind, list(inputs), [output], **attributes)
        self._nodes.append(node)
        return output
