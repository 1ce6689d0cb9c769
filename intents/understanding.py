"""All that is understood of a message, from one content: fitted once, asked many times."""

from __future__ import annotations

from dataclasses import dataclass

from intents.faq import Faq
from intents.matcher import Matcher, Outcome, Scores
from intents.phrases import PhraseIndex
from intents.reading import Reader, Reading
from intents.spotter import Spotter
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

        def read(text: str) -> Reading:
            return self.reader.read(text, mend=False)

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
        scores = self.matcher.scores(reading)
        if self.warning_signs is None or not reading.words:
            signs = SignReading((), 0.0)
        else:
            signs = self.warning_signs.read(reading)
        return Understood(reading, self.matcher.decide(scores, self.faq.thresholds), scores, signs)
