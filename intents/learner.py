"""Learn from one content: what it is asked, and its signs, each by itself.

Both are learned from the same lines, which are read but once.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from intents.content.faq import Faq
from intents.learning.classifier import Classifier
from intents.learning.encoder import Encoder
from intents.learning.features import Floats
from intents.lessons.batches import (
    ASKED,
    NOBODY,
    NOT_AFFIRMED,
    ORDINARY,
    OUT_OF_SCOPE,
    PHRASE,
    Batch,
    Group,
    batches,
    groups,
)
from intents.lessons.beside import read_all
from intents.lessons.kept import KeptLessons
from intents.lessons.lessons import Lessons
from intents.matcher import FittedMatcher, Matcher
from intents.reading.reading import Reader, vocabulary
from intents.reading.text import clean
from intents.signs.danger_eye import DangerEye
from intents.signs.phrases import Entry
from intents.signs.sign_lessons import (
    CLAUSE_IMPORTANCE,
    NOT_AFFIRMED_IMPORTANCE,
    ORDINARY_IMPORTANCE,
    OUT_OF_SCOPE_IMPORTANCE,
    SignLessons,
)
from intents.signs.spotter import FittedSpotter

_IMPORTANCE: Final = {
    ASKED: 1.0,
    OUT_OF_SCOPE: OUT_OF_SCOPE_IMPORTANCE,
    NOT_AFFIRMED: NOT_AFFIRMED_IMPORTANCE,
    ORDINARY: ORDINARY_IMPORTANCE,
}


class Learner:
    """Learns the parts of a content that are asked for; reads its lines for the first of them."""

    def __init__(
        self, faq: Faq, encoder: Encoder | None = None, kept: KeptLessons | None = None
    ) -> None:
        """`kept` is where lines that were read before are looked up, and where these are kept."""
        self._faq = faq
        self._encoder = encoder
        self._kept = kept
        self._language = faq.language.with_topic(faq.topic_words)
        self._groups = groups(faq)
        self._read: list[tuple[Group, Lessons]] | None = None

    def topics(self) -> FittedMatcher:
        """Learn what messages ask."""
        faq = self._faq
        lessons = Lessons()
        counts = []
        for group, one in self._lessons():
            if group.use.topics:
                lessons.topics.extend(one.topics)
                counts.append((group, len(one.topics)))
        asked = [
            sum(count for group, count in counts if group is its)
            for its in self._groups
            if its.kind == ASKED
        ]
        texts = [text for intent in faq.intents for text in intent.asked]
        meanings = None
        if self._encoder:
            meanings = _meanings(self._encoder, [*texts, *faq.out_of_scope])
        with _no_collection():
            ids = [intent.id for intent in faq.intents]
            return Matcher.fit(ids, lessons.topics, asked, meanings).fitted

    def signs(self) -> FittedSpotter | None:
        """Learn the signs; None where there are none."""
        if not self._faq.signs:
            return None
        signs = SignLessons(self._faq)
        clauses = signs.affirming_none(CLAUSE_IMPORTANCE)
        kinds = {
            id(group): signs.affirming_none(_IMPORTANCE[group.kind])
            if group.sign == NOBODY
            else signs.affirming(group.sign)
            for group in self._groups
        }
        for group, one in self._lessons():
            signs.add(one.signs, kinds[id(group)], clauses)
        self._read = None  # the fit needs the room
        with _no_collection():
            return signs.learn()

    def phrases(self) -> list[Entry]:
        """Return the phrases of signs that are looked for in messages."""
        found = (
            (group.sign, tuple(stems))
            for group, one in self._lessons()
            if group.kind == PHRASE
            for stems in one.phrases.lists()
        )
        return list(dict.fromkeys(found))

    def vocabulary(self) -> list[str]:
        """Return the words, of all that was read, that others may be mended to."""
        counts: Counter[str] = Counter()
        for _, one in self._lessons():
            counts.update(one.words.counts())
        return vocabulary(counts, self._language)

    def danger(self) -> Classifier | None:
        """Learn dangers by their meaning, from what the signs learn them from by their words."""
        faq, encoder = self._faq, self._encoder
        if not (encoder and faq.signs and faq.dangers):
            return None
        asked = [text for intent in faq.intents for text in intent.asked]
        others = (
            (faq.not_affirmed, NOT_AFFIRMED_IMPORTANCE),
            (faq.ordinary, ORDINARY_IMPORTANCE),
            (asked, 1.0),
            (faq.out_of_scope, OUT_OF_SCOPE_IMPORTANCE),
        )
        vectors = [(encoder.encode(texts), weight) for texts, weight in others if texts]
        return DangerEye.fit(encoder.encode(faq.dangers), vectors).fitted

    def _lessons(self) -> list[tuple[Group, Lessons]]:
        """Return what each batch teaches, with its group."""
        if self._read is None:
            some = batches(self._groups)
            with _no_collection():
                found = self._kept.all(some, self._read_all) if self._kept else None
                found = found or self._read_all(some)
            self._read = [(self._groups[b.group], one) for b, one in zip(some, found, strict=True)]
        return self._read

    def _read_all(self, some: Sequence[Batch]) -> list[Lessons]:
        # It mends nothing, so it needs no words to mend to.
        reader = Reader((), self._faq.concepts, self._language)
        return read_all(some, lambda batch: Lessons.read(batch.lines, batch.use, reader))


def _meanings(encoder: Encoder, texts: Sequence[str]) -> Floats:
    return encoder.encode([clean(text) for text in texts])


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
