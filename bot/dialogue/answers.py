"""The answer to a message outside a check: at once, with a check below it, or after the check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.check.assessment import assess
from bot.dialogue.check.turns import CheckTurns
from bot.dialogue.events import Reply, Say
from bot.dialogue.messages import Messages
from bot.dialogue.offers import Offers
from bot.dialogue.state import Move, Progress, State
from bot.dialogue.wording import Wording, paragraphs
from intents import (
    Ambiguous,
    Match,
    Plan,
    Screening,
    Understanding,
    Understood,
    Word,
    asks_of_own_symptom,
    plan,
)

# The sentence before the check's first question, by the reason for asking it.
_PREFACES: Final = {
    Screening.SUSPICION: "suspected",
    Screening.SIGNS: "before_signs",
    Screening.REPORT: "before_check",
    Screening.OWN_SYMPTOM: "before_answer",
}


# Words that answer nothing where nothing is open.
_CLOSING: Final = (Word.NO, Word.STOP, Word.DONE, Word.SKIP, Word.SAME, Word.GONE, Word.UNSURE)


class Answers:
    """Answers what people ask of one content."""

    def __init__(
        self,
        understanding: Understanding,
        wording: Wording,
        messages: Messages,
        offers: Offers,
        check: CheckTurns | None,
    ) -> None:
        self._understanding = understanding
        self._faq = understanding.faq
        self._wording = wording
        self._messages = messages
        self._offers = offers
        self._check = check

    def to(self, state: State, understood: Understood) -> Move:
        """Answer a message outside a check, or start one where it is about the person's own."""
        before, told = state.risks, understood.about.risks
        state = replace(state, risks=tuple(dict.fromkeys((*before, *told))))
        after, replies = self._to(state, understood)
        advice = self._wording.advice(risk for risk in told if risk not in before)
        return after, _above(replies, advice) if after.check is None else replies

    def _to(self, state: State, understood: Understood) -> Move:
        planned = plan(self._faq, understood, is_checked=bool(state.checked_at))
        if still := self._still_holds(state, planned, understood):
            return state, (still,)
        if planned.why not in (Screening.SUSPICION, Screening.SIGNS):
            chosen = self._offers.chosen(state.offered, understood)
            if chosen is not None:
                return self._offered(replace(state, offered=()), chosen)
            if answer := self._aside(state, understood, planned):
                return state, (answer,)
            last = self._faq.intent(state.topic)
            if last and self._understanding.is_follow_up(understood, last):
                return state, (self._messages.said_already(last.id),)
        state = replace(state, offered=())
        if self._check and planned.why is not Screening.NOT_NEEDED:
            return self._checked(state, planned, understood)
        if planned.now:
            return self._with_topic(state, planned.now), self._of(state, planned.now)
        outcome = understood.outcome
        if isinstance(outcome, Ambiguous):
            offered = replace(state, offered=outcome.choices)
            return offered, (self._messages.did_you_mean(outcome.choices),)
        closest = () if isinstance(outcome, Match) else outcome.closest
        return state, (self._messages.unknown(closest),)

    def _still_holds(self, state: State, planned: Plan, understood: Understood) -> Say | None:
        """Say that a serious result holds, to whoever asks whether it can wait, or says thanks."""
        is_new = planned.why in (Screening.SUSPICION, Screening.SIGNS)
        if is_new or state.result is None:
            return None
        level = assess(self._faq, state.result).level
        asked = (*planned.now, *planned.later)
        is_clear = isinstance(understood.outcome, Match) or planned.guesses == ()
        if level.advice or not level.again or (is_clear and not any(map(self._faq.calms, asked))):
            return None
        return Say(self._wording.fill(level.again))

    def _aside(self, state: State, understood: Understood, planned: Plan) -> Say | None:
        """Answer what asks for nothing new: a bare "no", or what stands in the answer above."""
        if planned.now and planned.now == (state.topic,):
            return self._messages.said_already(state.topic)
        word = self._offers.bare_word(understood)
        if word in _CLOSING and not understood.asked and not planned.now:
            return self._messages.all_right()
        return self._messages.none_chosen() if word is Word.WRONG else None

    def topic(self, state: State, id: str) -> Move:
        """Answer a topic that was tapped or named."""
        idle = state.check is None and not state.checked_at
        if self._check and idle and asks_of_own_symptom(self._faq, (id,)):
            preface = self._wording.say("before_answer")
            return self._check.start(state, Progress(asked=(id,)), None, preface)
        return self._with_topic(state, (id,)), self._of(state, (id,))

    def _checked(self, state: State, planned: Plan, understood: Understood) -> Move:
        """Answer what can be answered at once, and start the check below it."""
        assert self._check
        is_suspected = planned.why is Screening.SUSPICION
        waits = bool(planned.later or planned.guesses)
        reports = self._check.is_report(planned.later) or not waits
        waiting = Progress(
            asked=planned.later,
            guesses=planned.guesses,
            doubt=understood.signs.suspected if is_suspected else "",
            only_danger=is_suspected and not reports and not understood.signs.found,
            floor=self._check.suspected_floor(understood) if is_suspected else "",
        )
        answers = self._of(state, planned.now, offer=False) if planned.now else ()
        name = _PREFACES[planned.why]
        if name == "before_answer" and self._check.is_report(planned.later):
            name = "before_check"
        is_kind = waiting.doubt in self._faq.crises  # that question opens by itself
        preface = "" if answers or is_kind else self._wording.say(name)
        after, replies = self._check.start(
            self._with_topic(state, planned.now), waiting, understood, preface
        )
        return after, (*answers, *replies)

    def _offered(self, state: State, chosen: str) -> Move:
        """Answer the one of the guesses that was named; empty: it was none of them."""
        if not chosen:
            return state, (self._messages.none_chosen(),)
        return self.topic(state, chosen)

    def _with_topic(self, state: State, intents: Sequence[str]) -> State:
        """Remember the topic answered last; small talk leaves it as it was."""
        topics = [id for id in intents if self._messages.is_topic(id)]
        return replace(state, topic=topics[-1]) if topics else state

    def _of(self, state: State, intents: Sequence[str], offer: bool = True) -> tuple[Say, ...]:
        """Answer topics, with an offer of the check where none was made lately."""
        offer = offer and state.check is None and not state.checked_at
        return self._messages.answers(intents, offer)


def _above(replies: tuple[Reply, ...], advice: str) -> tuple[Reply, ...]:
    """Say what somebody's risks make of the advice, above the first answer."""
    first, *others = replies
    if not advice or not isinstance(first, Say):
        return replies
    return replace(first, text=paragraphs(advice, first.text)), *others
