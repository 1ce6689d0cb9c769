"""The core of the conversation: step(state, event) -> (state, replies). Pure and total.

Every text is read for danger before anything else, in every state. Then, inside a check, it is
taken as the answer to the open question; else what it asks is answered, at once or after a check.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.alarm import Alarms
from bot.dialogue.alarm_turns import AlarmTurns
from bot.dialogue.answers import Answers
from bot.dialogue.buttons import CheckTap, LevelTap, Tap, TopicTap, Way
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
from bot.dialogue.offers import Offers
from bot.dialogue.other_languages import OtherLanguages
from bot.dialogue.state import Move, Progress, State
from bot.dialogue.urgency import Urgency
from bot.dialogue.wording import Wording, paragraphs
from intents import (
    FoundSign,
    Understanding,
    Understood,
    is_suspect,
    plan,
)

PATIENCE: Final = 30 * 60  # seconds without a word after which a check ends
_DOUBLE_TAP: Final = 3  # seconds after a tap that began a check; one more then is the same tap


class Dialogue:
    """Talks with one person at a time, from the content that an understanding was fitted to."""

    def __init__(self, understanding: Understanding) -> None:
        faq = understanding.faq
        self._understanding = understanding
        self._faq = faq
        self.may_be_urgent = Urgency(understanding).may_be
        self._wording = Wording(faq)
        self._messages = Messages(faq, self._wording)
        self._alarms = Alarms(faq, self._wording, self._messages)
        self._check = (
            CheckTurns(understanding, faq.check, self._wording, self._messages, self._alarms)
            if faq.check
            else None
        )
        self._offers = Offers(understanding, self._wording)
        self._others = OtherLanguages(self._wording)
        self._alarm_turns = AlarmTurns(
            faq, self._wording, self._messages, self._alarms, self._offers, self._check
        )
        self._answers = Answers(
            understanding, self._wording, self._messages, self._offers, self._check
        )

    def say(self, name: str) -> Say:
        """Return a sentence of the content by its name, filled in: what a channel says itself."""
        return Say(self._wording.say(name))

    def step(self, state: State, event: Event) -> Move:
        """Return the next state and what to say. Never raises, always replies."""
        expired = False
        state = state.no_later_than(event.at)
        if not self._alarms.is_on(state, event.at):
            state = replace(state, alarm=None)
        if event.at - state.at > PATIENCE:
            expired = state.check is not None
            state = State(serial=state.serial, alarm=state.alarm, at=state.at)
        if self._check:
            state = self._check.with_known(state)
        after, replies = self._step(state, event)
        if after.alarm and not after.alarm.at:
            after = replace(after, alarm=replace(after.alarm, at=event.at))
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
        """Take what comes; danger comes first, then an open question, then what is asked."""
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
        if not event.text.strip():
            return self._aside(state, self.say("empty"))
        if not state.alarm and self._others.is_strange(state, understood):
            sentence = self._others.sentence(understood.elsewhere)
            return self._aside(state, Say(sentence, self._messages.ways_on()))
        if state.check and self._check:
            if isinstance(event, Edited):
                return self._check.edited(state, state.check, understood)
            return self._check.typed(state, state.check, understood)
        if state.alarm:
            level = self._alarms.level_of(state.alarm)
            after, replies = self._alarm_turns.written(state, state.alarm, understood)
            return after, self._others.before(replies, understood.elsewhere, level)
        return self._answered(state, event, understood)

    # Danger

    def _danger(
        self, state: State, event: Utterance | Edited | Command, understood: Understood
    ) -> Move | None:
        """Give the emergency answer where a text names an emergency sign."""
        heard = understood
        if isinstance(event, Utterance) and state.check and self._check:
            heard = self._check.as_answer(state.check, understood)
        found = [sign for sign in heard.signs.found if self._faq.is_emergency(sign.id)]
        if not found or self._is_offered(state, event, understood):
            return None
        if state.alarm and self._alarm_turns.only_called(state, understood, found):
            return None
        asked = plan(self._faq, understood)
        waiting = replace(
            state.check or Progress(),
            asked=tuple(dict.fromkeys((*_asked(state), *asked.now, *asked.later))),
            guesses=asked.guesses,
            of_other=self._is_of_other(found, understood),
            risks=(*(state.check or Progress()).risks, *understood.about.risks),
        )
        after, replies = self._alarms.raised(state, [s.id for s in found], found, waiting)
        level = self._alarms.level_of(after.alarm) if after.alarm else None
        return after, self._others.before(replies, understood.elsewhere, level)

    def _is_of_other(self, found: Sequence[FoundSign], understood: Understood) -> bool:
        """Tell whether somebody else needs help; of despair only lines for that say so."""
        despair = [sign for sign in found if sign.id in self._faq.crises]
        if despair:
            return all(sign.of_other for sign in despair)
        return understood.about.of_other

    def _is_offered(
        self, state: State, event: Utterance | Edited | Command, understood: Understood
    ) -> bool:
        """Tell whether a text names an answer that is offered: it says no more than the tap."""
        if not (isinstance(event, Utterance) and state.check and self._check):
            return False
        return self._check.is_offered(state.check, understood)

    def _answered(self, state: State, event: Utterance | Edited, understood: Understood) -> Move:
        """Answer a message outside a check; one that is a button's label is a tap on it."""
        typed = self._offers.typed(understood)
        if typed in (Way.CHECK, Way.TOPICS):
            return self._tapped(state, typed)
        opened = None
        if isinstance(typed, CheckTap) and self._check:
            opened = self._check.opened(state, typed.step)
        after, replies = opened or self._answers.to(state, understood)
        replies = self._others.before(replies, understood.elsewhere)
        if isinstance(event, Edited):
            return after, (self.say("edited"), *replies)
        return after, replies

    # Taps and commands

    def _pressed(self, state: State, event: Press) -> Move:
        """Do what a button says, unless it is forged, of content that is gone, or tapped twice."""
        tap = buttons.read(event.data)
        if isinstance(tap, CheckTap) and self._check:
            return self._check.tapped(state, tap)
        label = self._label(state, tap)
        if not label:
            return state, (Toast(self._wording.say("stale")),)
        if self._just_began(state, event.at):
            return state, (Toast(self._wording.say("tapped_twice")),)
        after, replies = self._tapped(state, tap)
        return after, (Settle(label), *replies)

    def _just_began(self, state: State, at: float) -> bool:
        began = self._check and state.check and self._check.is_at_first(state.check)
        return bool(began) and at - state.at < _DOUBLE_TAP

    def _label(self, state: State, tap: Tap | None) -> str:
        """Return what a button outside the check says; empty where nothing stands behind it."""
        if isinstance(tap, Way):
            return self._wording.way_button(tap).label
        if isinstance(tap, LevelTap):
            return self._alarms.level_label(state, tap)
        intent = self._faq.intent(tap.intent) if isinstance(tap, TopicTap) else None
        return self._wording.topic_button(intent).label if intent else ""

    def _tapped(self, state: State, tap: Tap | None) -> Move:
        match tap:
            case TopicTap(intent):
                after, replies = self._answers.topic(state, intent)
                return (
                    (after, replies)
                    if after.check != state.check
                    else self._aside(after, *replies)
                )
            case Way.TOPICS:
                return self._aside(state, *self._messages.topics())
            case Way.NONE:
                return self._aside(replace(state, offered=()), self._messages.none_chosen())
            case Way.MISTAKEN | Way.JOKE | Way.GONE | Way.ELSE:
                return self._alarm_turns.taken_back(state, tap)
            case LevelTap():
                followed = self._alarms.level_tapped(state, tap)
                return followed or (state, (Toast(self._wording.say("stale")),))
        if self._check is None:
            return state, (self._messages.unknown(()),)
        return self._alarm_turns.begun(state, self._check)

    def _command(self, state: State, event: Command, understood: Understood) -> Move:
        if event.name == "forget":
            return State(), (self.say("forgotten"),)
        if self._check:
            if is_suspect(understood):
                preface = self._wording.say("suspected")
                return self._check.start(state, None, understood, preface)
            if event.name == "check":
                return self._alarm_turns.begun(state, self._check, understood)
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


def _asked(state: State) -> tuple[str, ...]:
    return state.check.asked if state.check else ()
