"""The content's own examples, each read by what was fitted to the other four fifths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, TypeVar

import numpy as np

from intents.content.faq import Faq
from intents.learning.encoder import Encoder, Kept
from intents.understanding import Understanding

FOLDS: Final = 5
STRANGER: Final = -1  # the place of the right intent where there is none

T = TypeVar("T")
Progress = Callable[[Sequence[T]], Iterable[T]]


class Scored(NamedTuple):
    """How a message scored: the best, its lead, and at which place the right intent came."""

    best: float
    margin: float
    place: int


def held_out(
    faq: Faq, progress: Progress[int] = iter, encoder: Encoder | None = None
) -> list[Scored]:
    """Score every example and every message out of scope by what was fitted without it.

    `progress` may show how many of the folds are done.
    """
    faq = replace(faq, signs=(), check=None)  # the thresholds of questions do not need them
    kept = Kept(encoder) if encoder else None  # else each text is encoded once a fold
    return [scored for fold in progress(range(FOLDS)) for scored in _fold(faq, fold, kept)]


def _fold(faq: Faq, fold: int, encoder: Encoder | None) -> Iterator[Scored]:
    understanding = Understanding(
        replace(
            faq,
            intents=tuple(replace(i, examples=_dealt(i.examples, fold)[0]) for i in faq.intents),
            out_of_scope=_dealt(faq.out_of_scope, fold)[0],
        ),
        encoder=encoder,
    )
    for place, intent in enumerate(faq.intents):
        for text in _dealt(intent.examples, fold)[1]:
            scores = understanding.understand(text).scores
            yield Scored(scores.best, scores.margin, scores.ranked().index(place))
    for text in _dealt(faq.out_of_scope, fold)[1]:
        scores = understanding.understand(text).scores
        yield Scored(scores.best, scores.margin, STRANGER)


def _dealt(texts: Sequence[str], fold: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the messages to fit to and those of a fold, the same on every run."""
    folds = (np.random.default_rng(0).permutation(len(texts)) % FOLDS).tolist()
    kept = tuple(text for text, its in zip(texts, folds, strict=True) if its != fold)
    return kept, tuple(text for text, its in zip(texts, folds, strict=True) if its == fold)
