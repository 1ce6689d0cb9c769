"""Learn from one content.

Every line is read once, and dropped as soon as it is told what it teaches: the readings of all
lines together would be most of the memory.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from intents.content.faq import DANGER, Faq
from intents.fitted_cache import Fitted
from intents.learning.classifier import Classifier
from intents.learning.encoder import Encoder, Kept
from intents.learning.features import Floats, Piece
from intents.matcher import FittedMatcher, Matcher, piece
from intents.reading.reading import Reader, Reading, vocabulary
from intents.reading.text import clean
from intents.signs.danger_eye import DangerEye
from intents.signs.phrases import Entry, entries
from intents.signs.sign_lessons import (
    CLAUSE_IMPORTANCE,
    NOT_AFFIRMED_IMPORTANCE,
    ORDINARY_IMPORTANCE,
    OUT_OF_SCOPE_IMPORTANCE,
    SignLessons,
)


def learn(faq: Faq, encoder: Encoder | None = None) -> Fitted:
    """Return all that is learned from a content."""
    encoder = Kept(encoder) if encoder else None
    with _no_collection(), ThreadPoolExecutor(1) as thread:
        learner = _Learner(faq)
        asked, out_of_scope = learner.questions()
        # What is asked is learned in a second thread while the phrases of signs are read.
        matcher = thread.submit(_matcher, faq, asked, out_of_scope, encoder)
        index = learner.phrases() if faq.signs else []
        fitted = matcher.result()  # before the signs are learned, which needs as much memory
        spotter = learner.signs.learn() if faq.signs else None
    danger = _danger(faq, encoder) if encoder and faq.signs and faq.dangers else None
    return Fitted(learner.vocabulary(), fitted, spotter, index, danger)


class _Learner:
    """Reads the lines of a content."""

    def __init__(self, faq: Faq) -> None:
        self._faq = faq
        self._language = faq.language.with_topic(faq.topic_words)
        # It mends nothing, so it needs no words to mend to: those are counted as it reads.
        self._reader = Reader((), faq.concepts, self._language)
        self._counts: Counter[str] = Counter()
        self.signs = SignLessons(faq)
        self._clauses = self.signs.affirming_none(CLAUSE_IMPORTANCE)

    def questions(self) -> tuple[list[list[Piece]], list[Piece]]:
        """Return what the matcher counts of the intents' examples, and of the rest."""
        kind = self.signs.affirming_none()
        asked = [self._pieces(intent.asked, kind, self._clauses) for intent in self._faq.intents]
        kind = self.signs.affirming_none(OUT_OF_SCOPE_IMPORTANCE)
        return asked, self._pieces(self._faq.out_of_scope, kind)

    def phrases(self) -> list[Entry]:
        """Read what else the signs are learned from; return their phrases."""
        faq = self._faq
        index: list[Entry] = []
        for sign in faq.signs:
            kind = self.signs.affirming(sign.id)
            readings = list(self._read(sign.phrases))
            for reading in readings:
                self.signs.add(reading, kind)
            index += entries({sign.id: readings}, self._language.small)
        for texts, kind, clauses in (
            (faq.dangers, self.signs.affirming(DANGER), None),
            (faq.not_affirmed, self.signs.affirming_none(NOT_AFFIRMED_IMPORTANCE), self._clauses),
            (faq.ordinary, self.signs.affirming_none(ORDINARY_IMPORTANCE), self._clauses),
        ):
            for reading in self._read(texts):
                self.signs.add(reading, kind, clauses)
        return index

    def vocabulary(self) -> list[str]:
        """Return the words, of all that was read, that others may be mended to."""
        return vocabulary(self._counts, self._language)

    def _pieces(
        self, texts: Iterable[str], kind: int, clauses: int | None = None
    ) -> list[Piece]:
        pieces = []
        for reading in self._read(texts):
            pieces.append(piece(reading))
            self.signs.add(reading, kind, clauses)
        return pieces

    def _read(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Read the content's own messages as they stand: their misspellings teach as they are."""
        for text in texts:
            reading = self._reader.read(text, mend=False)
            self._counts.update(reading.plain)
            yield reading


def _matcher(
    faq: Faq,
    asked: Sequence[Sequence[Piece]],
    out_of_scope: Sequence[Piece],
    encoder: Encoder | None,
) -> FittedMatcher:
    texts = [text for intent in faq.intents for text in intent.asked]
    meanings = _meanings(encoder, [*texts, *faq.out_of_scope]) if encoder else None
    return Matcher.fit(faq, asked, out_of_scope, meanings).fitted


def _meanings(encoder: Encoder, texts: Sequence[str]) -> Floats:
    return encoder.encode([clean(text) for text in texts])


def _danger(faq: Faq, encoder: Encoder) -> Classifier:
    """Learn dangers by their meaning, from what the spotter learns them from by their words."""
    asked = [text for intent in faq.intents for text in intent.asked]
    others = (
        (faq.not_affirmed, NOT_AFFIRMED_IMPORTANCE),
        (faq.ordinary, ORDINARY_IMPORTANCE),
        (asked, 1.0),
        (faq.out_of_scope, OUT_OF_SCOPE_IMPORTANCE),
    )
    vectors = [(encoder.encode(texts), weight) for texts, weight in others if texts]
    return DangerEye.fit(encoder.encode(faq.dangers), vectors).fitted


@contextmanager
def _no_collection() -> Iterator[None]:
    """Search for no garbage: what is read leaves none, and the search takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
