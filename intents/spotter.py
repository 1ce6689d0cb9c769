"""A learned eye for warning signs in words that no phrase foresaw.

It reads a message whole and clause by clause (a sign in half a sentence must not drown in the rest),
with the words that are not affirmed marked as such, and gives each sign a probability by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from intents.classifier import Classifier, fit, sigmoid
from intents.context import ASKED, NEGATED, OTHER, OVER, PAST, contexts
from intents.faq import Faq, WarningSign
from intents.features import Floats, Piece, Vectoriser
from intents.reading import Reading

STRENGTH: Final = 10.0
NOT_AFFIRMED_IMPORTANCE: Final = 2.0  # of a message that only mentions a sign, beside 1
OUT_OF_SCOPE_IMPORTANCE: Final = 0.3
OTHER_SIGN_IMPORTANCE: Final = 0.03  # a message about one sign says little against the others
_CLAUSE_WORDS: Final = frozenset("but and n though then so also while plus".split())
_BREAK: Final = re.compile(r"[.;!?\n,:()]|\s-\s")
_MARKS: Final = (
    (NEGATED, "no:"),
    (OTHER, "other:"),
    (PAST, "past:"),
    (OVER, "over:"),
    (ASKED, "asked:"),
)


class Spotted(NamedTuple):
    """How likely a sign is, from 0 to 1, and the words, by position, that speak most for it."""

    sign: str
    probability: float
    start: int
    end: int


class Spotter:
    """Gives each sign the probability that a message affirms it."""

    def __init__(self, signs: Sequence[str], vectoriser: Vectoriser, classifier: Classifier) -> None:
        self.signs = tuple(signs)
        self._vectoriser = vectoriser
        self._classifier = classifier

    @classmethod
    def fit(
        cls,
        faq: Faq,
        phrases: Sequence[Sequence[Reading]],
        not_affirmed: Sequence[Reading],
        ordinary: Sequence[Reading],
        out_of_scope: Sequence[Reading],
    ) -> Spotter:
        """Learn from each sign's phrases against messages that affirm none."""
        signs = [sign.id for sign in faq.signs]
        readings: list[Reading] = []
        targets: list[Floats] = []
        importance: list[Floats] = []
        for sign, affirmed in zip(faq.signs, phrases, strict=True):
            row = np.array([other in (sign.id, *sign.implies) for other in signs], dtype=np.float32)
            for reading in affirmed:
                readings.append(reading)
                targets.append(row)
                importance.append(np.where(row > 0, 1, OTHER_SIGN_IMPORTANCE).astype(np.float32))
        for rest, weight in (
            (not_affirmed, NOT_AFFIRMED_IMPORTANCE),
            (ordinary, 1.0),
            (out_of_scope, OUT_OF_SCOPE_IMPORTANCE),
        ):
            readings += rest
            targets += [np.zeros(len(signs), np.float32)] * len(rest)
            importance += [np.full(len(signs), weight, np.float32)] * len(rest)
        pieces = [_piece(r, contexts(r.text, [w.token for w in r.words]), 0, len(r.words)) for r in readings]
        vectoriser, vectors = Vectoriser.fit(pieces)
        classifier = fit(
            vectors,
            np.array(targets),
            len(vectoriser.features),
            sigmoid,
            np.array(importance),
            STRENGTH,
        )
        return cls(signs, vectoriser, classifier)

    def spot(self, reading: Reading, flags: Sequence[int]) -> list[Spotted]:
        """Return every sign's probability, the highest over the message and its clauses."""
        windows = _windows(reading)
        if not windows:
            return []
        logits = np.array(
            [
                self._classifier.logits(self._vectoriser.vector(_piece(reading, flags, start, end)))
                for start, end in windows
            ]
        )
        best = logits.argmax(axis=0)
        chances = sigmoid(logits.max(axis=0))
        return [
            Spotted(sign, float(chances[n]), *windows[int(best[n])])
            for n, sign in enumerate(self.signs)
        ]


def _windows(reading: Reading) -> list[tuple[int, int]]:
    """Return the whole message, its clauses, and each two that follow one another."""
    words, count = reading.words, len(reading.words)
    cuts = [0] if count else []
    for n in range(1, count):
        between = reading.text[words[n - 1].token.end : words[n].token.start]
        opens = words[n].token.word in _CLAUSE_WORDS or words[n - 1].token.word == "?"
        if opens or _BREAK.search(between):
            cuts.append(n)
    clauses = list(zip(cuts, [*cuts[1:], count], strict=True))
    pairs = [(left[0], right[1]) for left, right in zip(clauses, clauses[1:], strict=False)]
    return list(dict.fromkeys([*([(0, count)] if count else []), *clauses, *pairs]))


def _piece(reading: Reading, flags: Sequence[int], start: int, end: int) -> Piece:
    """Return a stretch of a message with what is not affirmed marked; its letters are left out."""
    marks = [_mark(flag) for flag in flags[start:end]]
    words = reading.words[start:end]
    return Piece(
        [mark + word.stem for mark, word in zip(marks, words, strict=True)],
        [
            _mark(flags[mention.start]) + mention.concept
            for mention in reading.concepts
            if mention.start >= start and mention.end <= end
        ],
        [word.token.word for mark, word in zip(marks, words, strict=True) if not mark],
    )


def _mark(flag: int) -> str:
    return next((mark for bit, mark in _MARKS if flag & bit), "")


def emergencies(faq: Faq) -> frozenset[str]:
    """Return the ids of the signs that are emergencies by themselves."""
    return frozenset(sign.id for sign in faq.signs if faq.is_emergency(sign.id))


def with_implied(faq: Faq, ids: Sequence[str]) -> list[WarningSign]:
    """Return signs by id together with the wider ones they imply, each once, in content order."""
    wanted = {*ids}
    for sign in faq.signs:
        if sign.id in wanted:
            wanted.update(sign.implies)
    return [sign for sign in faq.signs if sign.id in wanted]
