"""All that is understood of a message, from one content: fitted once, asked many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intents import fitted_cache
from intents.content.faq import DANGER, Faq, Intent
from intents.fitted_cache import Fitted
from intents.languages.language import Word
from intents.learning.encoder import Encoder
from intents.matcher import Match, Matcher, Outcome, Scores
from intents.options import OptionReader
from intents.reading.asked import Question, questions
from intents.reading.reading import Reader, Reading, vocabulary
from intents.signs.phrases import PhraseIndex, entries
from intents.signs.spotter import Spotter
from intents.signs.warning_signs import SignReading, WarningSigns

MOST_ANSWERS: Final = 2  # of one message
LONGEST_FOLLOW_UP: Final = 6  # words, the question mark among them
CLEAR: Final = 0.5  # the score from which one question of several is answered
_MOST_ENCODED: Final = 5  # questions of a message: an encoder takes milliseconds for each


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks and which warning signs it affirms."""

    reading: Reading
    outcome: Outcome
    scores: Scores
    signs: SignReading
    asked: tuple[Question, ...] = ()  # its questions, in order


class Understanding:
    """Reads messages with the content it was fitted to."""

    def __init__(
        self, faq: Faq, cache: Path | None = None, encoder: Encoder | None = None
    ) -> None:
        """Fit to a content, or take the fit of an earlier start from the folder `cache`.

        An encoder adds what a message means as a whole to what its words say.
        """
        name = encoder.name if encoder else ""
        fitted = fitted_cache.load(cache, faq, name) if cache else None
        if fitted is None:
            fitted = _fit(faq, encoder)
            if cache:
                fitted_cache.save(cache, faq, fitted, name)
        self.faq = faq = faq.without_examples()  # what is learned needs them no longer
        self.language = faq.language.with_topic(faq.topic_words)
        self.reader = Reader(fitted.vocabulary, faq.concepts, self.language)
        self.matcher = Matcher([i.id for i in faq.intents], *fitted.matcher, encoder)
        self._most_questions = _MOST_ENCODED if encoder else None
        self.warning_signs: WarningSigns | None = None
        if fitted.spotter:
            spotter = Spotter([*(s.id for s in faq.signs), DANGER], *fitted.spotter)
            index = PhraseIndex(fitted.phrases)
            self.warning_signs = WarningSigns(faq, self.reader, index, spotter)

    def understand(self, text: str) -> Understood:
        """Read one message. Never raises."""
        reading = self.reader.read(text)
        scores = self.matcher.scores(reading)
        if self.warning_signs is None or not reading.words:
            signs = SignReading((), 0.0)
        else:
            signs = self.warning_signs.read(reading)
        asked = tuple(questions(reading, self.language.questions))
        return Understood(reading, self._outcome(asked, scores), scores, signs, asked)

    def option_reader(self, controls: Mapping[str, Word]) -> OptionReader:
        """Return what reads the options of a question; `controls` are the labels beside them."""
        return OptionReader(self.reader, controls)

    def is_follow_up(self, understood: Understood, last: Intent) -> bool:
        """Tell whether a short message that is unclear by itself asks on about the last topic.

        "How much of it?" is clear once it is read after "Minerals and salts". A message that tells
        of a sign is never taken for one.
        """
        words = understood.reading.words
        if not words or len(words) > LONGEST_FOLLOW_UP or understood.signs.found:
            return False
        if isinstance(understood.outcome, Match):
            return False
        scores = self.matcher.scores(self.reader.read(f"{last.title}: {understood.reading.text}"))
        outcome = self.matcher.decide(scores, self.faq.thresholds)
        return isinstance(outcome, Match) and outcome.answers == (last.id,)

    def _outcome(self, asked: Sequence[Question], scores: Scores) -> Outcome:
        """Decide for the questions in a message when it has several, else for it as a whole."""
        if len(asked) > 1:
            clear = self._clear(asked[: self._most_questions], scores.gate)
            if len(clear) > 1:
                return Match(tuple(clear[:MOST_ANSWERS]))
        return self.matcher.decide(scores, self.faq.thresholds)

    def _clear(self, asked: Sequence[Question], gate: float) -> list[str]:
        """Return the intents that a message's questions clearly have, each once.

        A question in a message on the topic is on the topic, so the better gate of the two counts.
        One that says too little by itself ("could they be to blame?") is read with its lead.
        """
        report = self.faq.check.report if self.faq.check else ""
        found: dict[str, None] = {}
        for question in asked:
            for reading in dict.fromkeys(question):
                scores = self.matcher.scores(reading, gate)
                best = self.matcher.ids[scores.ranked()[0]]
                if scores.best >= CLEAR and best != report:
                    found[best] = None
                    break
        return list(found)


def _fit(faq: Faq, encoder: Encoder | None) -> Fitted:
    texts = [text for intent in faq.intents for text in intent.asked]
    texts += [phrase for sign in faq.signs for phrase in sign.phrases]
    language = faq.language.with_topic(faq.topic_words)
    words = vocabulary(
        [*texts, *faq.out_of_scope, *faq.not_affirmed, *faq.ordinary, *faq.dangers], language
    )
    reader = Reader(words, faq.concepts, language)
    examples = [_read(reader, intent.asked) for intent in faq.intents]
    out_of_scope = _read(reader, faq.out_of_scope)
    matcher = Matcher.fit(faq, examples, out_of_scope, encoder)
    if not faq.signs:
        return Fitted(words, matcher.fitted, None, [])
    phrases = {sign.id: _read(reader, sign.phrases) for sign in faq.signs}
    spotter = Spotter.fit(
        faq,
        list(phrases.values()),
        _read(reader, faq.not_affirmed),
        _read(reader, faq.ordinary),
        [reading for readings in examples for reading in readings],
        out_of_scope,
        _read(reader, faq.dangers),
    )
    return Fitted(words, matcher.fitted, spotter.fitted, entries(phrases, language.small))


def _read(reader: Reader, texts: Sequence[str]) -> list[Reading]:
    """Read the content's own messages as they stand: their misspellings teach as they are."""
    return [reader.read(text, mend=False) for text in texts]
