"""What is answered: a message's questions first, each with its lead; the whole as the fallback.

A question is read three times: by itself, with the part before it, and within the whole message.
The shares of the three are multiplied, so that a vague "is he right?", which says the same of
every intent, leaves it to the others. Several questions share the weight of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np

from intents.content.faq import Thresholds
from intents.languages.language import Questions
from intents.learning.classifier import softmax
from intents.learning.features import Floats
from intents.matcher import MOST_CHOICES, Ambiguous, Match, Matcher, Outcome, Scores, Voice
from intents.reading.asked import Asking, Question, asking
from intents.reading.clauses import Span
from intents.reading.reading import Reading

MOST_ANSWERS: Final = 3  # of one message
CLEAR: Final = 0.5  # the score from which one question of several is answered
# Of each of the three texts of a question. From a third to a half little changes: more is answered
# and more of it wrong.
POWER: Final = 0.4
_HALF: Final = 0.5  # the power of a sentence and of the whole, where nothing is asked
# How much less the bare report counts beside a question, and how much more in a message that tells
# at length and asks nothing: on a logarithmic scale, so that 1 is a factor of 2.7.
_REPORT: Final = 1.0
_LONG: Final = 20  # words
_MOST_READ: Final = 12  # questions or sentences of a message
_MOST_ENCODED: Final = 5  # parts of a message: an encoder takes milliseconds for each


class Text(StrEnum):
    """Which text decided about a message."""

    QUESTIONS = "questions"  # several, each by itself
    QUESTION = "question"  # the surest one
    SENTENCE = "sentence"  # the clearest one of a message that asks nothing
    MESSAGE = "message"  # the whole


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in a message, and what it asks: alone, with its lead and the whole message."""

    part: Reading
    scores: Scores
    outcome: Outcome
    own: str = ""  # the intent that it clearly has by itself

    def asks(self, answers: Collection[str]) -> bool:
        """Tell whether one of some answers is what the question clearly asks."""
        matched = self.outcome.answers if isinstance(self.outcome, Match) else ()
        return any(id in answers for id in (self.own, *matched))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message asks, which text of it decided, and its questions in order."""

    outcome: Outcome
    scores: Scores
    decided: Text
    part: Reading  # the text that decided; the message itself where several did
    asked: tuple[Asked, ...] = ()
    meanings: tuple[Floats, ...] = ()  # the vectors of the message's parts, with an encoder


@dataclass(slots=True)
class _Message:
    """A message whose parts are read once, whoever asks for them."""

    matcher: Matcher
    reading: Reading
    asking: Asking
    voices: dict[Span, Voice] = field(default_factory=dict)
    meanings: dict[Span, Floats] = field(default_factory=dict)

    def part(self, span: Span) -> Reading:
        """Return a stretch of the message."""
        return self.reading if span == self.span else self.reading.part(*span)

    @property
    def span(self) -> Span:
        """Return the stretch that is the whole message."""
        return 0, len(self.reading.words)

    def voice(self, span: Span) -> Voice:
        """Return what a stretch of the message says."""
        if span not in self.voices:
            self.voices[span] = self.matcher.voice(self.part(span), self._meaning(span))
        return self.voices[span]

    def encode(self) -> None:
        """Encode each distinct text of the parts once: questions and leads first, if many."""
        if not self.matcher.encodes:
            return
        parts = self.asking.parts
        asks = [(one.start, one.end) for one in self.asking.questions]
        begins = {one.lead for one in self.asking.questions}
        leads = [part for part in parts if part[0] in begins]
        chosen: dict[Span, str] = {}
        for span in dict.fromkeys((*asks, *leads, *parts)):
            chosen[span] = self.part(span).mended_text()
            if len(set(chosen.values())) > _MOST_ENCODED:
                del chosen[span]
                break
        texts = list(dict.fromkeys(chosen.values()))
        vectors = dict(zip(texts, self.matcher.meanings(texts), strict=True))
        self.meanings = {span: vectors[text] for span, text in chosen.items()}

    def _meaning(self, span: Span) -> Floats | None:
        """Return the mean of the vectors of the parts within a stretch, of length 1."""
        inside = [v for at, v in self.meanings.items() if span[0] <= at[0] and at[1] <= span[1]]
        if len(inside) < 2:
            return inside[0] if inside else None
        total: Floats = np.sum(inside, axis=0)
        return total / np.float32(max(float(np.linalg.norm(total)), 1e-6))


class Answering:
    """Decides what a message asks, for one content."""

    def __init__(
        self, matcher: Matcher, thresholds: Thresholds, asks: Questions, report: str
    ) -> None:
        """`report` is the intent of those who only tell; empty for none."""
        self._matcher = matcher
        self._thresholds = thresholds
        self._asks = asks
        self._report = np.array([id == report for id in matcher.ids], np.float32) * _REPORT

    def answer(self, reading: Reading) -> Answer:
        """Decide for a message's questions; for the message where it asks nothing clearly."""
        message = _Message(self._matcher, reading, asking(reading, self._asks))
        message.encode()
        return replace(self._decided(message), meanings=tuple(message.meanings.values()))

    def _decided(self, message: _Message) -> Answer:
        reading = message.reading
        whole = message.voice(message.span)
        found = message.asking.questions[:_MOST_READ]
        if len(message.asking.parts) < 2:
            decided = Text.QUESTION if found else Text.MESSAGE
            alone = self._answer(reading, whole.scores(), decided)
            asks = (Asked(reading, alone.scores, alone.outcome),) if found else ()
            return replace(alone, asked=asks)
        gate = self._gate(message)
        if not found:
            return self._told(message, gate)
        asked = [self._asked(message, question, gate, len(found)) for question in found]
        return self._of_questions(message, asked, gate)

    def _gate(self, message: _Message) -> float:
        """Return how surely a message is on the topic.

        Its best sentence counts where the message names the content's core idea; else every long
        letter with one sentence that happens to fit would pass.
        """
        gates = [message.voice(message.span).gate]
        if self._matcher.names_core(message.reading):
            gates += [message.voice(one).gate for one in message.reading.sentences[:_MOST_READ]]
        return max(gates)

    def _asked(self, message: _Message, question: Question, gate: float, among: int) -> Asked:
        """Read a question by itself, with its lead and within the message."""
        alone = message.voice((question.start, question.end))
        lead = message.voice((question.lead, question.end))
        logs = POWER * (alone.logs + lead.logs + message.voice(message.span).logs / among)
        scores = _scores(logs - self._report, gate, alone.meaning)
        own = next(filter(None, (self._own(voice, gate) for voice in (alone, lead))), "")
        outcome = self._matcher.decide(scores, self._thresholds)
        if question.points_back and isinstance(outcome, Match):
            own = self._unless_report(outcome) or own  # "is that why?" says little by itself
        part = message.part((question.start, question.end))
        return Asked(part, scores, outcome, own)

    def _own(self, voice: Voice, gate: float) -> str:
        """Return the intent that a text clearly has by itself; the bare report is none."""
        shares = np.exp(voice.logs) * gate
        best = int(shares.argmax())
        return self._matcher.ids[best] if shares[best] >= CLEAR and not self._report[best] else ""

    def _of_questions(self, message: _Message, asked: Sequence[Asked], gate: float) -> Answer:
        """Answer all questions that are clear by themselves, else the surest one."""
        surest = max(asked, key=lambda one: one.scores.best)
        if len(asked) > 1:
            clear = list(dict.fromkeys(filter(None, map(self._clear, asked))))
            if len(clear) > 1:
                match = Match(tuple(clear[:MOST_ANSWERS]))
                whole = message.reading
                return Answer(match, surest.scores, Text.QUESTIONS, whole, tuple(asked))
        answer = self._answer(surest.part, surest.scores, Text.QUESTION)
        if not isinstance(answer.outcome, Match):
            told = self._told_at_length(message, gate)
            if told and told.scores.best > answer.scores.best:
                answer = told
        return self._with_questions(answer, asked)

    def _clear(self, asked: Asked) -> str:
        """Return the intent that a question beside others clearly has; empty for none."""
        if asked.own or not isinstance(asked.outcome, Match):
            return asked.own
        return self._unless_report(asked.outcome)

    def _unless_report(self, match: Match) -> str:
        """Return the intent that a question asks; empty where it is the bare report."""
        best = match.answers[0]
        return "" if self._report[self._matcher.ids.index(best)] else best

    def _with_questions(self, answer: Answer, asked: Sequence[Asked]) -> Answer:
        """Add a message's questions; where it is unclear, what the others ask is offered too."""
        outcome = answer.outcome
        if isinstance(outcome, Ambiguous):
            by_surety = sorted(asked, key=lambda one: -one.scores.best)
            others = [self._matcher.ids[one.scores.ranked()[0]] for one in by_surety]
            offered = dict.fromkeys((outcome.choices[0], *others[:2], *outcome.choices))
            outcome = Ambiguous(tuple(offered)[:MOST_CHOICES])
        return replace(answer, outcome=outcome, asked=tuple(asked))

    def _told_at_length(self, message: _Message, gate: float) -> Answer | None:
        """Read a long message without a question mark as one that only tells.

        What opens like a question there may be none: "as if a moth were under the skin".
        """
        if message.asking.marked or len(message.reading.words) < _LONG:
            return None
        logs = message.voice(message.span).logs
        scores = _scores(logs + self._report, gate, message.voice(message.span).meaning)
        return self._answer(message.reading, scores, Text.MESSAGE)

    def _told(self, message: _Message, gate: float) -> Answer:
        """Read a message that asks nothing as a whole, and by its best sentence if unclear."""
        raised = self._report if len(message.reading.words) >= _LONG else self._report * 0
        whole = message.voice(message.span)
        scores = _scores(whole.logs + raised, gate, whole.meaning)
        answer = self._answer(message.reading, scores, Text.MESSAGE)
        if isinstance(answer.outcome, Match):
            return answer
        for span in message.reading.sentences[:_MOST_READ]:
            voice = message.voice(span)
            scores = _scores(_HALF * (voice.logs + whole.logs) + raised, gate, voice.meaning)
            if scores.best > answer.scores.best:
                answer = self._answer(message.part(span), scores, Text.SENTENCE)
        return answer

    def _answer(self, part: Reading, scores: Scores, decided: Text) -> Answer:
        return Answer(self._matcher.decide(scores, self._thresholds), scores, decided, part)


def _scores(logs: Floats, gate: float, meaning: Floats | None) -> Scores:
    """Turn logarithms that were added up into scores."""
    return Scores(softmax(logs) * np.float32(gate), gate, meaning)
