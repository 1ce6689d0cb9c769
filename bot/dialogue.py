"""The core of the conversation: step(state, event) -> (state, replies). Pure, total, deterministic.

Every text is read for warning signs before anything else, in every state. Then, inside a check, it
is taken as the answer to the open question; else it is matched with what the content knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.messages import Messages
from bot.check import Ask, Finished, Hazard, NotUnderstood, Questions, Stopped, Taken, Ticked
from bot.events import (
    Command,
    Edited,
    Event,
    Press,
    Redraw,
    Reply,
    Say,
    Settle,
    Toast,
    Unreadable,
    Utterance,
)
from bot.state import Progress, State, Step
from bot.wording import Wording
from intents.faq import CheckFirst
from intents.matcher import Ambiguous, Match
from intents.understanding import Understanding, Understood
from intents.warning_signs import FoundSign

PATIENCE: Final = 30 * 60  # seconds without a word after which a check ends
_TERSE: Final = 4  # words; so short a message that tells a sign asks nothing besides
_SERIALS: Final = 10_000  # keyboards before the count starts anew; keeps a button's data short

Turn = tuple[State, tuple[Reply, ...]]


class Dialogue:
    """Talks with one person at a time, from the content that an understanding was fitted to."""

    def __init__(self, understanding: Understanding) -> None:
        faq = understanding.faq
        self._understanding = understanding
        self._faq = faq
        self._wording = Wording(faq)
        self._questions = Questions(faq, faq.check, self._wording) if faq.check else None
        self._messages = Messages(faq, self._wording)

    def step(self, state: State, event: Event) -> Turn:
        """Return the next state and what to say. Never raises, always replies."""
        overdue = event.at - state.at > PATIENCE
        if overdue:
            state = replace(state, check=None, checked_at=0.0)
        state, replies = self._step(state, event)
        return (replace(state, at=event.at) if state != State() else state), replies

    def _step(self, state: State, event: Event) -> Turn:
        if isinstance(event, Press):
            return self._press(state, event)
        if isinstance(event, Unreadable):
            return self._aside(state, Say(self._wording.say("unreadable")))
        if isinstance(event, Command):
            return self._command(state, event)
        return self._text(state, event)

    # Texts

    def _text(self, state: State, event: Utterance | Edited) -> Turn:
        understood = self._understanding.understand(event.text, state.topic)
        emergency = self._emergency_in(understood)
        if emergency:
            return self._emergency(state, emergency)
        if not event.text.strip():
            return self._aside(state, Say(self._wording.say("empty")))
        if isinstance(event, Edited):
            if state.check:
                return self._aside(self._told(state, understood), Say(self._wording.say("edited")))
            after, replies = self._respond(state, understood, event.at)
            return after, (Say(self._wording.say("edited")), *replies)
        if state.check and self._questions:
            return self._answer_check(state, state.check, understood, event)
        return self._respond(state, understood, event.at)

    def _emergency_in(self, understood: Understood) -> tuple[FoundSign, ...]:
        found = understood.signs.affirmed
        return tuple(sign for sign in found if self._faq.is_emergency(sign.id))

    def _is_suspect(self, understood: Understood) -> bool:
        return understood.signs.suspicion >= self._faq.thresholds.suspicion

    def _respond(self, state: State, understood: Understood, at: float) -> Turn:
        """Answer a message outside a check, or start one where it is about the person's own."""
        outcome = understood.outcome
        asked = outcome.answers if isinstance(outcome, Match) else ()
        if self._questions:
            if self._is_suspect(understood):
                return self._start_check(state, asked, understood, "suspected")
            if understood.signs.found:
                return self._start_check(state, asked, understood, "")
            if self._wants_check(asked) and not state.checked_at:
                return self._start_check(state, asked, understood, "before_answer")
        if isinstance(outcome, Match):
            return self._give(state, asked)
        if isinstance(outcome, Ambiguous):
            return state, (self._messages.did_you_mean(outcome.choices),)
        return state, (self._messages.unknown(outcome.closest),)

    def _wants_check(self, intents: Sequence[str]) -> bool:
        return any(i.id in intents and i.check is CheckFirst.FIRST for i in self._faq.intents)

    def _give(self, state: State, intents: Sequence[str]) -> Turn:
        replies = tuple(
            self._messages.answer(id, offer_check=not state.checked_at and state.check is None)
            for id in intents
        )
        topic = next((id for id in reversed(intents) if self._messages.is_topic(id)), state.topic)
        return replace(state, topic=topic), replies

    # The check

    def _start_check(
        self, state: State, asked: Sequence[str], understood: Understood | None, preface: str
    ) -> Turn:
        """Put the first question; what was told is noted, what was asked is answered after it."""
        questions, wording = self._questions, self._wording
        if questions is None:
            return state, (Say(wording.say("unknown")),)
        report = self._faq.check.report if self._faq.check else ""
        progress = Progress(asked=tuple(id for id in asked if id != report))
        state = replace(state, check=progress, checked_at=0.0)
        notes = []
        if understood:
            state = self._told(state, understood)
            notes.append(self._noted(understood))
        only_report = preface == "before_answer" and not progress.asked
        if preface and not only_report:
            notes.append(wording.say(preface))
        return self._ask(state, *notes)

    def _told(self, state: State, understood: Understood, answered: Step | None = None) -> State:
        """Note in a running check what a text says, so that it is not asked again.

        What was `answered` in words needs no noting: that step has taken it.
        """
        progress, signs = state.check, understood.signs
        if progress is None or answered is Step.SIGNS:
            return state
        found = signs.found
        if answered is Step.DURATION:
            found = tuple(sign for sign in found if sign.id not in self._messages.lasting)
        told = (*progress.told, *(sign.id for sign in found if not sign.doubtful))
        mentioned = (*progress.mentioned, *(sign.id for sign in found if sign.doubtful))
        progress = replace(
            progress,
            told=tuple(dict.fromkeys(told)),
            mentioned=tuple(id for id in dict.fromkeys(mentioned) if id not in told),
        )
        option = self._messages.duration(signs.hours)
        if option and not progress.duration:
            progress = replace(progress, duration=option, known_duration=True)
        return replace(state, check=progress)

    def _ask(self, state: State, *preface: str) -> Turn:
        """Put the open question under a new keyboard; older ones become stale."""
        state = replace(state, serial=(state.serial + 1) % _SERIALS)
        if state.check is None or self._questions is None:
            return state, ()
        return state, (self._questions.say(state.check, state.serial, *preface),)

    def _answer_check(
        self, state: State, progress: Progress, understood: Understood, event: Utterance
    ) -> Turn:
        """Take a typed answer; a question asked in between is answered, then the step is repeated."""
        if self._questions is None:
            return state, ()
        taken = self._questions.read(progress, event.text, understood.signs)
        if isinstance(taken, Hazard | Stopped):
            return self._after(state, taken)
        if isinstance(taken, Ask | Finished):
            if isinstance(taken, Ask) and taken.progress.step is progress.step:  # "just answer"
                return self._ask(replace(state, check=taken.progress), self._wording.say("skipping"))
            told = self._told(replace(state, check=taken.progress), understood, progress.step)
            return self._after(told, replace(taken, progress=told.check or taken.progress))
        if self._is_suspect(understood):
            state = self._told(replace(state, check=replace(progress, step=Step.HAZARD)), understood)
            return self._ask(state, self._wording.say("suspected"))
        return self._in_between(state, understood)

    def _in_between(self, state: State, understood: Understood) -> Turn:
        """Answer what is no answer to the open question, and put that question again."""
        told = self._told(state, understood)
        outcome = understood.outcome
        news = told.check != state.check
        preface = self._noted(understood) if news else ""
        report = self._faq.check.report if self._faq.check else ""
        is_question = isinstance(outcome, Match) and outcome.answers != (report,)
        if isinstance(outcome, Match) and is_question and not (news and _is_terse(understood)):
            answered, replies = self._give(told, outcome.answers)
            after, question = self._ask(answered, preface or self._wording.say("repeat"))
            return after, (*replies, *question)
        return self._ask(told, preface or self._wording.say("not_understood"))

    def _noted(self, understood: Understood) -> str:
        """Say what was taken from a text; empty when it affirmed no sign."""
        affirmed = understood.signs.affirmed
        if not affirmed:
            return ""
        signs = [sign for found in affirmed if (sign := self._faq.sign(found.id))]
        words = self._wording.quotes(w for found in affirmed for w in found.words)
        return self._wording.say("noted", words=words, signs=self._wording.signs(signs))

    def _after(self, state: State, taken: Taken) -> Turn:
        """Go on from an answer: the next question, the result, or the end."""
        if isinstance(taken, Ask):
            return self._ask(replace(state, check=taken.progress))
        if isinstance(taken, Finished):
            return self._finish(state, taken.progress)
        if isinstance(taken, Hazard):
            return self._emergency(state, ())
        return replace(state, check=None), (Say(self._wording.say("cancelled")),)

    def _finish(self, state: State, progress: Progress) -> Turn:
        result = self._messages.result(progress)
        done = replace(state, check=None, checked_at=state.at or 1.0)
        if any(isinstance(r, Say) and r.emergency for r in result):
            return replace(done, checked_at=0.0), result
        topic = progress.asked[-1] if progress.asked else state.topic
        return replace(done, topic=topic), result

    def _emergency(self, state: State, found: Sequence[FoundSign]) -> Turn:
        after = State(serial=(state.serial + 1) % _SERIALS)
        return after, (self._messages.emergency([w for sign in found for w in sign.words]),)

    # Taps and commands

    def _press(self, state: State, event: Press) -> Turn:
        kind, _, rest = event.data.partition(":")
        if kind == "c":
            return self._press_check(state, rest)
        if kind == "t" and (intent := self._faq.intent(rest)):
            label = self._wording.topic_button(intent).label
            return self._chosen(state, label, (intent.id,))
        name = {"check": "check_button", "topics": "topics_button", "mistaken": "mistaken", "none": "none_of_these"}.get(event.data)
        if name is None:
            return state, (Toast(self._wording.say("stale")),)
        settle = Settle(self._wording.say(name))
        if event.data == "check":
            state, replies = self._start_check(state, (), None, "")
        elif event.data == "mistaken":
            state, replies = self._start_check(state, (), None, "mistaken_answer")
        elif event.data == "topics":
            state, replies = self._aside(state, *self._messages.topics())
        else:
            state, replies = self._aside(state, self._messages.none_chosen())
        return state, (settle, *replies)

    def _chosen(self, state: State, label: str, intents: tuple[str, ...]) -> Turn:
        """Answer a topic that was tapped."""
        settle = Settle(label)
        if self._questions and self._wants_check(intents) and not state.checked_at and not state.check:
            state, replies = self._start_check(state, intents, None, "before_answer")
            return state, (settle, *replies)
        state, replies = self._give(state, intents)
        if state.check:
            state, question = self._ask(state, self._wording.say("repeat"))
            replies = (*replies, *question)
        return state, (settle, *replies)

    def _press_check(self, state: State, rest: str) -> Turn:
        serial, _, rest = rest.partition(":")
        step, _, action = rest.partition(":")
        progress, questions = state.check, self._questions
        if progress is None or questions is None:
            over = self._wording.say("check_over")
            again = self._wording.button("check_button", "check")
            return state, (Toast(over), Say(over, ((again,),)))
        stale = Toast(self._wording.say("stale"))
        if serial != str(state.serial) or step != progress.step:
            return state, (stale,)
        taken = questions.take(progress, action)
        if isinstance(taken, NotUnderstood):
            return state, (stale,)
        if isinstance(taken, Ticked):
            state = replace(state, check=taken.progress)
            return state, (Redraw(questions.keyboard(taken.progress, state.serial)),)
        after, replies = self._after(state, taken)
        return after, (Settle(questions.label(progress, action)), *replies)

    def _command(self, state: State, event: Command) -> Turn:
        understood = self._understanding.understand(event.argument)
        emergency = self._emergency_in(understood)
        if emergency:
            return self._emergency(state, emergency)
        name = event.name
        if name == "check":
            return self._start_check(state, (), understood if event.argument else None, "")
        if name == "cancel":
            words = "cancelled" if state.check else "nothing_to_cancel"
            buttons = () if state.check else ((self._wording.button("check_button", "check"),),)
            return replace(state, check=None), (Say(self._wording.say(words), buttons),)
        if name == "forget":
            return State(), (Say(self._wording.say("forgotten")),)
        return self._aside(state, *self._messages.command(name))

    def _aside(self, state: State, *replies: Reply) -> Turn:
        """Say something that is no part of the check; an open question is repeated after it."""
        if state.check is None:
            return state, replies
        state, question = self._ask(state, self._wording.say("repeat"))
        return state, (*replies, *question)



def _is_terse(understood: Understood) -> bool:
    return len(understood.reading.words) <= _TERSE
