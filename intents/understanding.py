"""All that is understood of a message, from one content: fitted once, asked many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from intents.about import About, AboutReader
from intents.answering import Answer, Answering, Asked
from intents.content.faq import DANGER, Faq, Intent
from intents.fitting import fit
from intents.languages.language import Word
from intents.languages.other_languages import load_others
from intents.learning.encoder import Encoder
from intents.learning.features import Floats
from intents.matcher import Ambiguous, Match, Matcher, Outcome, Scores
from intents.options import OptionReader
from intents.reading.other_languages import Elsewhere, OtherLanguageReader
from intents.reading.reading import Reader, Reading
from intents.signs.danger_eye import DangerEye
from intents.signs.phrases import PhraseIndex
from intents.signs.plain_dangers import PlainDangers
from intents.signs.spotter import Spotter
from intents.signs.warning_signs import SignReading, WarningSigns

LONGEST_FOLLOW_UP: Final = 6  # words, the question mark among them


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks and which warning signs it affirms."""

    reading: Reading
    answer: Answer
    signs: SignReading
    about: About = field(default_factory=About)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)

    @property
    def outcome(self) -> Outcome:
        """Return what the message asks."""
        return self.answer.outcome

    @property
    def scores(self) -> Scores:
        """Return the scores of the text that decided; of several questions those of the surest."""
        return self.answer.scores

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return the questions of the message, in order."""
        return self.answer.asked

    @property
    def guesses(self) -> tuple[tuple[str, ...], ...]:
        """Return for each question that is not answered what it may ask, the likeliest first.

        For whoever answers the clear ones now and comes back to the others.
        """
        answers = self.outcome.answers if isinstance(self.outcome, Match) else ()
        unclear = [one.outcome for one in self.asked if not one.asks(answers)]
        return tuple(one.choices for one in unclear if isinstance(one, Ambiguous))


class Understanding:
    """Reads messages with the content it was fitted to."""

    def __init__(
        self, faq: Faq, cache: Path | None = None, encoder: Encoder | None = None
    ) -> None:
        """Fit to a content, or take the fit of an earlier start from the folder `cache`.

        An encoder adds what a message means as a whole to what its words say.
        """
        fitted = fit(faq, cache, encoder)
        self.faq = faq = faq.without_examples()  # what is learned needs them no longer
        self.language = faq.language.with_topic(faq.topic_words)
        self.reader = Reader(fitted.vocabulary, faq.concepts, self.language)
        part_of = {intent.id: intent.part_of for intent in faq.intents}
        ids = [intent.id for intent in faq.intents]
        self.matcher = Matcher(ids, *fitted.matcher, encoder, part_of)
        report = faq.check.report if faq.check else ""
        self.answering = Answering(self.matcher, faq.thresholds, self.language.questions, report)
        self.about = AboutReader(faq, self.reader)
        self.others = OtherLanguageReader(load_others(self.language.code), self.language)
        self.plain_dangers = PlainDangers(faq, self.language)
        self.warning_signs: WarningSigns | None = None
        if fitted.signs.spotter:
            spotter = Spotter([*(s.id for s in faq.signs), DANGER], *fitted.signs.spotter)
            index = PhraseIndex(fitted.signs.phrases)
            eye = DangerEye(fitted.signs.danger) if fitted.signs.danger else None
            self.warning_signs = WarningSigns(faq, self.reader, index, spotter, eye)

    def understand(self, text: str) -> Understood:
        """Read one message. Never raises."""
        reading = self.reader.read(text)
        answer = self.answering.answer(reading)
        elsewhere = self.others.read(reading.text)
        signs = self._signs(reading, elsewhere, answer.meanings)
        return Understood(reading, answer, signs, self.about.read(reading), elsewhere)

    def signs(self, text: str) -> SignReading:
        """Read one message for warning signs alone, at less than half of the cost."""
        reading = self.reader.read(text)
        return self._signs(reading, self.others.read(reading.text))

    def _signs(
        self, reading: Reading, elsewhere: Elsewhere, meanings: Sequence[Floats] = ()
    ) -> SignReading:
        signs = SignReading((), 0.0)
        if self.warning_signs is not None and reading.words:
            signs = self.warning_signs.read(reading, meanings)
        return signs.joined_by(self.plain_dangers.found(reading, elsewhere))

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
