"""All that is understood of a message, from one content: fitted once, asked many times."""

from __future__ import annotations

from dataclasses import dataclass

from intents.faq import Faq
from intents.matcher import Match, Matcher, NoMatch, Outcome, Scores
from intents.phrases import PhraseIndex
from intents.reading import Reader, Reading
from intents.spotter import Spotter
from intents.text import sentences
from intents.warning_signs import SignReading, WarningSigns


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks and which warning signs it affirms."""

    reading: Reading
    outcome: Outcome
    scores: Scores
    signs: SignReading


class Understanding:
    """Reads messages with the content it was fitted to."""

    def __init__(self, faq: Faq) -> None:
        self.faq = faq
        texts = [example for intent in faq.intents for example in intent.examples]
        texts += [phrase for sign in faq.signs for phrase in sign.phrases]
        texts += [*faq.out_of_scope, *faq.not_affirmed]
        self.reader = Reader(texts, faq.concepts)
        read = self.reader.read
        examples = [[read(e) for e in intent.examples] for intent in faq.intents]
        out_of_scope = [read(e) for e in faq.out_of_scope]
        self.matcher = Matcher.fit(faq, examples, out_of_scope)
        self.warning_signs: WarningSigns | None = None
        if faq.signs:
            phrases = [[read(p) for p in sign.phrases] for sign in faq.signs]
            ordinary = [reading for readings in examples for reading in readings]
            not_affirmed = [read(e) for e in faq.not_affirmed]
            spotter = Spotter.fit(faq, phrases, not_affirmed, ordinary, out_of_scope)
            index = PhraseIndex(dict(zip((s.id for s in faq.signs), phrases, strict=True)))
            self.warning_signs = WarningSigns(faq, index, spotter)

    def understand(self, text: str) -> Understood:
        """Read one message. Never raises."""
        reading = self.reader.read(text)
        signs = self.warning_signs.read(reading) if self.warning_signs else SignReading((), 0.0)
        scores = self.matcher.scores(reading)
        return Understood(reading, self._outcome(text, scores), scores, signs)

    def _outcome(self, text: str, scores: Scores) -> Outcome:
        """Decide for the whole message; when its sentences ask two clear things, answer both."""
        thresholds = self.faq.thresholds
        whole = self.matcher.decide(scores, thresholds)
        parts = sentences(text)
        if len(parts) < 2:
            return whole
        return whole

__all__ = ["Match", "NoMatch", "Understanding", "Understood"]
