"""The matchers that are held side by side, each behind the same two methods.

Each imports what it needs when it is fitted, so that its memory is counted as its own. Where the
content has out-of-scope examples, they are one more class for those that have no gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.tasks import Task
from intents.learning.encoder import Encoder

Floats = NDArray[np.float32]

THIS: Final = "this matcher"
INVERSE_PENALTY: Final = 10.0  # C of scikit-learn's logistic regression
MOST_STEPS: Final = 300
NEIGHBOURS: Final = 5


class Peer(Protocol):
    """A matcher: fitted to a task, asked one message at a time."""

    def fit(self, task: Task) -> None:
        """Learn from the task's examples."""
        ...

    def scores(self, text: str) -> Floats:
        """Score a message against every intent; a low best score means out of scope."""
        ...


class ThisMatcher:
    """The matcher of this project."""

    def fit(self, task: Task) -> None:
        """Learn from the task's examples."""
        from intents.understanding import Understanding

        self._understanding = Understanding(task.faq)

    def scores(self, text: str) -> Floats:
        """Score a message against every intent."""
        return self._understanding.understand(text).scores.values


class NearestFuzzy:
    """An intent scores as its most similar example does, by a scorer of rapidfuzz."""

    def __init__(self, scorer: str) -> None:
        self._scorer_name = scorer

    def fit(self, task: Task) -> None:
        """Keep the examples, in lower case and without punctuation, as the scorers want them."""
        from rapidfuzz import fuzz, process, utils

        texts, labels = task.examples
        self._clean = utils.default_process
        self._compare: Any = process.cdist
        self._scorer = getattr(fuzz, self._scorer_name)
        self._examples = [self._clean(text) for text in texts]
        self._classes = _Classes(task, labels)

    def scores(self, text: str) -> Floats:
        """Score a message against every intent."""
        query = [self._clean(text)]
        row = self._compare(query, self._examples, scorer=self._scorer, dtype=np.float32)[0]
        return self._classes.intents(self._classes.highest(row))


class TfIdf:
    """Scikit-learn's TF-IDF of words and word pairs, with or without letters, and a softmax."""

    def __init__(self, letters: bool) -> None:
        self._letters = letters

    def fit(self, task: Task) -> None:
        """Learn from the task's examples."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union

        parts = [TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)]
        if self._letters:
            parts.append(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
            )
        softmax = LogisticRegression(C=INVERSE_PENALTY, max_iter=MOST_STEPS)
        texts, labels = task.examples
        self._pipeline: Any = make_pipeline(make_union(*parts), softmax).fit(texts, labels)
        self._classes = _Classes(task, labels)

    def scores(self, text: str) -> Floats:
        """Score a message against every intent."""
        return self._classes.intents(self._pipeline.predict_proba([text])[0])


class ThisMatcherSemantic(ThisMatcher):
    """The matcher of this project with its optional encoder."""

    def fit(self, task: Task) -> None:
        """Learn from the task's examples, and from what they mean as a whole."""
        from intents.understanding import Understanding

        self._understanding = Understanding(task.faq, encoder=_encoder())


class MiniLMNearest:
    """MiniLM sentence embeddings; an intent scores as its nearest examples do, on average."""

    def fit(self, task: Task) -> None:
        """Embed the task's examples."""
        texts, labels = task.examples
        self._encoder = _encoder()
        self._examples = self._encoder.encode(texts)
        self._classes = _Classes(task, labels)

    def scores(self, text: str) -> Floats:
        """Score a message against every intent."""
        row = self._examples @ self._encoder.encode([text])[0]
        return self._classes.intents(self._classes.nearest(row))


class MiniLMSoftmax:
    """MiniLM sentence embeddings and scikit-learn's logistic regression on them."""

    def fit(self, task: Task) -> None:
        """Embed the task's examples and learn from them."""
        from sklearn.linear_model import LogisticRegression

        texts, labels = task.examples
        self._encoder = _encoder()
        softmax = LogisticRegression(C=INVERSE_PENALTY, max_iter=MOST_STEPS)
        self._softmax: Any = softmax.fit(self._encoder.encode(texts), labels)
        self._classes = _Classes(task, labels)

    def scores(self, text: str) -> Floats:
        """Score a message against every intent."""
        return self._classes.intents(self._softmax.predict_proba(self._encoder.encode([text]))[0])


def _encoder() -> Encoder:
    from intents.learning.minilm import MiniLM
    from intents.opening import default_cache

    return MiniLM(default_cache())


class _Classes:
    """Where each class's examples lie in a row, and which class is out of scope."""

    def __init__(self, task: Task, labels: Sequence[int]) -> None:
        self._starts = np.searchsorted(labels, np.arange(labels[-1] + 1))
        self._ends = [*self._starts[1:], len(labels)]
        self._intents = len(task.faq.intents)

    def highest(self, row: Floats) -> Floats:
        best: Floats = np.maximum.reduceat(row, self._starts)
        return best

    def nearest(self, row: Floats) -> Floats:
        parts = [row[a:b] for a, b in zip(self._starts, self._ends, strict=True)]
        return np.array([np.sort(part)[-NEIGHBOURS:].mean() for part in parts], dtype=np.float32)

    def intents(self, classes: Floats) -> Floats:
        """Leave out the class out of scope; where it leads, its lead counts against all."""
        inside = np.asarray(classes[: self._intents], dtype=np.float32)
        if len(classes) == self._intents:
            return inside
        lead = inside.max() - classes[-1]
        return inside if lead > 0 else inside + np.float32(lead)
