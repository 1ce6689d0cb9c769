"""The core of the conversation: step(state, event) -> (state, replies). Pure and total.

Every text is read for warning signs before anything else, in every state. Then, inside a check, it
is taken as the answer to the open question; else it is matched with what the content knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.buttons import CheckTap, Tap, TopicTap, Way
from bot.dialogue.check.turns import CheckTurns
from bot.dialogue.events import (
    Command,
    Edited,
    Event,
    Press,
    Reply,
    Say,
    Settle,
    Toast,
    Unreadable,
    Utterance,
)
from bot.dialogue.messages import Messages
from bot.dialogue.state import Move, State, Step
from bot.dialogue.wording import Wording, paragraphs
from intents import (
    Ambiguous,
    Match,
    Screening,
    Understanding,
    Understood,
    asks_of_own_symptom,
    is_suspect,
    screen,
)

PATIENCE: Final = 30 * 60  # seconds without a word after which a check ends
_DOUBLE_TAP: Final = 3  # seconds after a tap that began a check; one more then is the same tap
# The sentence before the check's first question, by the reason for asking it.
_PREFACES: Final = {
    Screening.SUSPICION: "suspected",
    Screening.REPORT: "before_check",
    Screening.OWN_SYMPTOM: "before_answer",
}


class Dialogue:
    """Talks with one person at a time, from the content that an understanding was fitted to."""

    def __init__(self, understanding: Understanding) -> None:
        faq = understanding.faq
        self._understanding = understanding
        self._faq = faq
        self._wording = Wording(faq)
        self._messages = Messages(faq, self._wording)
        self._check = (
            CheckTurns(understanding, faq.check, self._wording, self._messages)
            if faq.check
            else None
        )

    def say(self, name: str) -> Say:
        """Return a sentence of the content by its name, filled in: what a channel says itself."""
        return Say(self._wording.say(name))

    def step(self, state: State, event: Event) -> Move:
        """Return the next state and what to say. Never raises, always replies."""
        expired = False
        if event.at - state.at > PATIENCE:
            expired = state.check is not None
            state = replace(state, check=None, checked_at=0.0, topic="")
        if self._check:
            state = self._check.with_known(state)
        after, replies = self._step(state, event)
        if expired and isinstance(event, Utterance):
            replies = self._with_notice(replies)
        return (replace(after, at=event.at) if after != State() else after), replies

    def _with_notice(self, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
        """Say first that the check had ended, where the message may have been meant for it."""
        first, *others = replies
        if not isinstance(first, Say) or first.emergency:
            return replies
        text = paragraphs(self._wording.say("expired"), first.text)
        return (replace(first, text=text), *others)

    def _step(self, state: State, event: Event) -> Move:
        """Take what comes; of a text danger comes first, then an open question, then a match."""
        if isinstance(event, Press):
            return self._pressed(state, event)
        if isinstance(event, Unreadable):
            return self._aside(state, self.say("unreadable"))
        text = event.argument if isinstance(event, Command) else event.text
        understood = self._understanding.understand(text)
        danger = self._danger(state, event, understood)
        if danger:
            return danger
        if isinstance(event, Command):
            return self._command(state, event, understood)
        return self._open_question(state, event, understood) or self._matched(
            state, event, understood
        )

    # Texts

    def _danger(
        self, state: State, event: Utterance | Edited | Command, understood: Understood
    ) -> Move | None:
        """Give the emergency answer where a text names an emergency sign."""
        affirmed = understood.signs.found
        found = [sign for sign in affirmed if self._faq.is_emergency(sign.id)]
        if not found or self._is_offered(state, event, understood):
            return None
        return state.ended(), (self._messages.emergency(found),)

    def _is_offered(
        self, state: State, event: Utterance | Edited | Command, understood: Understood
    ) -> bool:
        """Tell whether a text names an answer that is offered: it says no more than the tap."""
        if not (isinstance(event, Utterance) and state.check and self._check):
            return False
        return self._check.is_offered(state.check, understood)

    def _open_question(
        self, state: State, event: Utterance | Edited, understood: Understood
    ) -> Move | None:
        """Take a text as the answer to the check's open question; None where none is open."""
        if not event.text.strip():
            return self._aside(state, self.say("empty"))
        if state.check is None or self._check is None:
            return None
        if isinstance(event, Edited):
            return self._check.edited(state, state.check, understood)
        return self._check.typed(state, state.check, understood)

    def _matched(self, state: State, event: Utterance | Edited, understood: Understood) -> Move:
        """Answer a message outside a check, or start one where it is about the person's own."""
        after, replies = self._respond(state, understood)
        if isinstance(event, Edited):
            return after, (self.say("edited"), *replies)
        return after, replies

    def _respond(self, state: State, understood: Understood) -> Move:
        outcome = understood.outcome
        asked = outcome.answers if isinstance(outcome, Match) else ()
        why = screen(self._faq, understood)
        last = self._faq.intent(state.topic)
        safe = why not in (Screening.SUSPICION, Screening.SIGNS)
        if last and safe and self._understanding.is_follow_up(understood, last):
            preface = self._wording.say("leaning_on", topic=last.title)
            return state, self._answers(state, (last.id,), preface)
        checked_lately = why is Screening.OWN_SYMPTOM and state.checked_at
        if self._check and why is not Screening.NOT_NEEDED and not checked_lately:
            return self._check.start(state, asked, understood, _PREFACES.get(why, ""))
        if isinstance(outcome, Match):
            return self._with_topic(state, asked), self._answers(state, asked)
        if isinstance(outcome, Ambiguous):
            return state, (self._messages.did_you_mean(outcome.choices),)
        return state, (self._messages.unknown(outcome.closest),)

    def _with_topic(self, state: State, intents: Sequence[str]) -> State:
        """Remember the topic answered last; small talk leaves it as it was."""
        topics = [id for id in intents if self._messages.is_topic(id)]
        return replace(state, topic=topics[-1]) if topics else state

    def _answers(self, state: State, intents: Sequence[str], preface: str = "") -> tuple[Say, ...]:
        """Answer topics, with an offer of the check where none was made lately."""
        offer = state.check is None and not state.checked_at
        first, *others = self._messages.answers(intents, offer)
        return replace(first, text=paragraphs(preface, first.text)), *others

    # Taps and commands

    def _pressed(self, state: State, event: Press) -> Move:
        """Do what a button says, unless it is forged, of content that is gone, or tapped twice."""
        tap = buttons.read(event.data)
        if isinstance(tap, CheckTap) and self._check:
            return self._check.tapped(state, tap)
        label = self._label(tap)
        if not label:
            return state, (Toast(self._wording.say("stale")),)
        if _just_began(state, event.at):
            return state, (Toast(self._wording.say("tapped_twice")),)
        after, replies = self._tapped(state, tap)
        return after, (Settle(label), *replies)

    def _label(self, tap: Tap | None) -> str:
        """Return what a button outside the check says; empty where nothing stands behind it."""
        if isinstance(tap, Way):
            return self._wording.way_button(tap).label
        intent = self._faq.intent(tap.intent) if isinstance(tap, TopicTap) else None
        return self._wording.topic_button(intent).label if intent else ""

    def _tapped(self, state: State, tap: Tap | None) -> Move:
        match tap:
            case TopicTap(intent):
                return self._topic(state, intent)
            case Way.TOPICS:
                return self._aside(state, *self._messages.topics())
            case Way.NONE:
                return self._aside(state, self._messages.none_chosen())
        if self._check is None:
            return state, (self._messages.unknown(()),)
        return self._check.start(state, preface="mistaken_answer" if tap is Way.MISTAKEN else "")

    def _topic(self, state: State, id: str) -> Move:
        """Answer a topic that was tapped."""
        idle = state.check is None and not state.checked_at
        if self._check and idle and asks_of_own_symptom(self._faq, (id,)):
            return self._check.start(state, (id,), preface="before_answer")
        return self._aside(self._with_topic(state, (id,)), *self._answers(state, (id,)))

    def _command(self, state: State, event: Command, understood: Understood) -> Move:
        if event.name == "forget":
            return State(), (self.say("forgotten"),)
        if self._check:
            if is_suspect(understood):
                return self._check.start(state, (), understood, "suspected")
            if event.name == "check":
                return self._check.start(state, (), understood)
            if event.name == "cancel":
                return self._cancel(state)
        return self._aside(state, *self._messages.command(event.name))

    def _cancel(self, state: State) -> Move:
        if state.check:
            return replace(state, check=None), (self._messages.cancelled(),)
        return state, (self._messages.nothing_to_cancel(),)

    def _aside(self, state: State, *replies: Reply) -> Move:
        """Say something that is no part of the check; an open question is repeated after it."""
        if state.check is None or self._check is None:
            return state, replies
        state, question = self._check.repeat(state, state.check)
        return state, (*replies, *question)


def _just_began(state: State, at: float) -> bool:
    began = state.check is not None and state.check.step == Step.HAZARD
    return began and at - state.at < _DOUBLE_TAP
