"""The turns of the check: its start, answers to it, what comes in between, its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.alarm import Alarms
from bot.dialogue.buttons import Action, CheckTap, Way
from bot.dialogue.check.assessment import assess, suspected_floor
from bot.dialogue.check.consequences import (
    Ask,
    Consequence,
    Finished,
    Hazard,
    NoAnswer,
    Stopped,
    Ticked,
)
from bot.dialogue.check.endings import Endings
from bot.dialogue.check.notes import Notes
from bot.dialogue.check.shown import Questions
from bot.dialogue.check.steps import Steps
from bot.dialogue.check.typed import Denied, Picks, TimeOnly, TypedReplies
from bot.dialogue.events import Redraw, Say, Settle, Toast
from bot.dialogue.messages import Messages
from bot.dialogue.state import DOUBT, Move, Progress, State
from bot.dialogue.wording import Wording
from intents import Ambiguous, Check, Match, Understanding, Understood, is_suspect

_UNHEARD = NoAnswer().reason

# Questions that are not open any more, or never are by now, and asked about an emergency.
_DANGER_ONCE: Final = (DOUBT, "hazard")


class CheckTurns:
    """Leads people through the check of one content."""

    def __init__(
        self,
        understanding: Understanding,
        check: Check,
        wording: Wording,
        messages: Messages,
        alarms: Alarms,
    ) -> None:
        faq = understanding.faq
        self._faq = faq
        self._check = check
        self._wording = wording
        self._messages = messages
        self._alarms = alarms
        self._steps = Steps(faq, check)
        self._questions = Questions(faq, check, wording, self._steps)
        self._typed = TypedReplies(
            faq, check, self._steps, understanding.option_reader(self._questions.controls())
        )
        self._endings = Endings(faq, check, wording, messages, alarms)
        self._notes = Notes(check, wording, self._steps)

    def with_known(self, state: State) -> State:
        """Return a stored state without what this content no longer knows of its check."""
        return replace(state, check=self._steps.with_known(state.check)) if state.check else state

    def is_offered(self, progress: Progress, understood: Understood) -> bool:
        """Tell whether a reply only says what the open question offers as a button."""
        return self._typed.is_offered(progress, self._typed.said(progress, understood))

    def as_answer(self, progress: Progress, understood: Understood) -> Understood:
        """Return what a text tells if it answers the open question; else all that it tells."""
        said = self._typed.said(progress, understood)
        if not self._typed.is_answer(progress, understood, said):
            return understood
        return self._typed.as_reply(progress, understood, said)

    def emergencies_named(self, understood: Understood) -> tuple[str, ...]:
        """Return which of the emergencies that are asked about a reply names."""
        return self._typed.emergencies_named(understood)

    def denies(self, signs: Sequence[str], understood: Understood) -> bool:
        """Tell whether a reply denies one of some signs, and tells none."""
        return self._typed.denies(signs, understood)

    def is_report(self, intents: Sequence[str]) -> bool:
        """Tell whether nothing was asked: something is only told."""
        return tuple(intents) == (self._check.report,)

    def is_at_first(self, progress: Progress) -> bool:
        """Tell whether the first question is open."""
        return self._steps.is_first(progress)

    def suspected_floor(self, understood: Understood) -> str:
        """Return the level below which somebody does not fall whose words sounded like danger."""
        return suspected_floor(self._faq, understood)

    # What happens

    def start(
        self,
        state: State,
        waiting: Progress | None = None,
        understood: Understood | None = None,
        *preface: str,
    ) -> Move:
        """Put the first question; `waiting` holds what to answer in the end."""
        waiting = waiting or Progress()
        asked = tuple(id for id in waiting.asked if id != self._check.report)
        progress = replace(waiting, asked=asked)
        noted = ""
        if understood:
            progress = self._steps.with_told(progress, understood)
            noted = self._notes.ticked(understood, progress)
        progress = self._steps.with_risks(progress, state.risks)
        return self._ask(
            replace(state, checked_at=0.0), self._steps.first(progress), *preface, noted
        )

    def gone(self, state: State, waiting: Progress) -> Move:
        """Tell somebody whose emergency has passed how soon they should be seen all the same."""
        return self._endings.gone(state, waiting)

    def repeat(self, state: State, progress: Progress) -> Move:
        """Put the open question again, after something else was said."""
        return self._ask_on(
            state, progress, self._notes.anew(progress) or self._wording.say("repeat")
        )

    def typed(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Take a typed answer; what is none is answered, then the question is put again."""
        said = self._typed.said(progress, understood)
        understood = self._typed.as_reply(progress, understood, said)
        choice = self._typed.choice(progress, understood, said)
        if isinstance(choice, Denied):
            untold = self._steps.unpick(progress, choice.ids)
            return self._ask_on(state, untold, self._wording.say("taken_back"))
        offered = self._typed.is_offered(progress, said)  # it tells no more than a tap
        told = progress
        if not offered:
            told = self._steps.with_told(progress, understood, progress.step)
            told = self._with_question(told, understood)
        consequence = self._consequence(told, choice)
        if isinstance(consequence, Hazard | Stopped):
            return self._after(state, told, consequence)
        if self._typed.is_suspect(understood, said) and not offered:
            return self._suspected(state, self._with_question(progress, understood), understood)
        if isinstance(consequence, Ask | Finished):
            echo = self._notes.taken(choice) if isinstance(choice, Picks) else ""
            return self._after(state, told, consequence, echo)
        if isinstance(consequence, NoAnswer) and (offered or consequence.reason != _UNHEARD):
            reason = self._notes.anew(told) or self._wording.say(consequence.reason)
            return self._ask_on(state, told, reason)
        return self._in_between(state, progress, understood)

    def _with_question(self, progress: Progress, understood: Understood) -> Progress:
        """Keep what a reply asks beside its answer: "no. is it rhabdo?"."""
        outcome = understood.outcome
        if not (understood.asked and isinstance(outcome, Match)):
            return progress
        asked = (id for id in outcome.answers if id != self._check.report)
        return replace(progress, asked=tuple(dict.fromkeys((*progress.asked, *asked))))

    def edited(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Note what a changed message says, and put the open question again."""
        edited = self._wording.say("edited")
        if is_suspect(understood):
            return self._suspected(state, progress, understood, edited)
        told = self._steps.with_told(progress, understood)
        noted = self._notes.ticked(understood, told) if told != progress else ""
        return self._ask_on(state, told, edited, noted, self._notes.anew(progress))

    def tapped(self, state: State, tap: CheckTap) -> Move:
        """Apply a tapped answer, unless a newer keyboard has overtaken its own."""
        progress = state.check
        if tap.choice == Action.OPEN:
            return self._opened(state, tap)
        if progress is None or not self._steps.is_open(progress):
            return self._tapped_afterwards(state, tap)
        stale = Toast(self._wording.say("stale"))
        if (tap.serial, tap.step) != (state.serial, progress.step):
            return state, (stale,)
        if tap.choice[:1] not in ("", "+") and self._check.option(tap.choice) is None:
            return self._tapped_afterwards(replace(state, check=self._steps.anew(progress)), tap)
        consequence = self._steps.choose(progress, tap.choice)
        if isinstance(consequence, NoAnswer):
            return state, (stale,)
        if isinstance(consequence, Ticked):
            keyboard = self._questions.keyboard(consequence.progress, state.serial)
            return replace(state, check=consequence.progress), (Redraw(keyboard),)
        after, replies = self._after(state, progress, consequence)
        return after, (Settle(self._questions.chosen(progress, tap.choice)), *replies)

    def opened(self, state: State, id: str) -> Move | None:
        """Begin a step that is offered after the result; None where it is not."""
        step = self._check.step(id)
        if state.result is None or state.check or step is None:
            return None
        progress = replace(state.result, step=step.id, asked=(), guesses=())
        return self._ask(replace(state, result=None), progress)

    def _opened(self, state: State, tap: CheckTap) -> Move:
        """Begin a step that is offered after the result, by its button."""
        step = self._check.step(tap.step)
        opened = self.opened(state, tap.step) if tap.serial == state.serial else None
        if opened is None or step is None:
            return state, (Toast(self._wording.say("stale")),)
        after, replies = opened
        return after, (Settle(step.offer), *replies)

    def _tapped_afterwards(self, state: State, tap: CheckTap) -> Move:
        """Answer a tap on a question that waits no more: its check has ended, or starts anew."""
        then = Progress(step=tap.step)
        if tap.choice in (Action.ANY, Action.UNSURE):  # as true as when it was asked
            consequence = self._steps.choose(then, tap.choice)
            if tap.step in _DANGER_ONCE:  # about which sign is not known any more
                consequence = Hazard()
            if isinstance(consequence, Hazard):
                after, replies = self._after(state, then, consequence)
                return after, (Settle(self._questions.chosen(then, tap.choice)), *replies)
        if state.check:
            return self._ask_on(state, state.check, self._notes.anew(state.check))
        over = self._wording.say("check_over")
        return state, (Toast(over), Say(over, ((self._wording.way_button(Way.CHECK),),)))

    # How it goes on

    def _consequence(
        self, progress: Progress, choice: Action | Picks | TimeOnly | None
    ) -> Consequence:
        if choice is None:
            return NoAnswer()
        if isinstance(choice, TimeOnly):
            return NoAnswer("noted_time")
        if isinstance(choice, Picks):
            return self._steps.pick(progress, choice.ids)
        return self._steps.choose(progress, choice)

    def _suspected(
        self, state: State, progress: Progress, understood: Understood, *preface: str
    ) -> Move:
        """Ask about what may have been meant: one sign, or the emergency signs again."""
        told = self._steps.with_told(progress, understood)
        told = replace(told, doubt=understood.signs.suspected, shown=())
        is_kind = told.doubt in self._faq.crises  # that question opens by itself
        suspected = "" if is_kind else self._wording.say("suspected")
        reasons = self._notes.anew(progress), suspected
        return self._ask(
            state,
            self._steps.first(told),
            *preface,
            self._notes.ticked(understood, told),
            *reasons,
        )

    def _in_between(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Answer what is no answer to the open question, and put that question again."""
        told = self._steps.with_told(progress, understood)
        outcome, news = understood.outcome, told != progress
        asked = outcome.answers if isinstance(outcome, Match) else ()
        if any((i := self._faq.intent(id)) and i.ends for id in asked):
            return self._after(state, told, Stopped(), *self._messages.answers(asked, False))
        noted = self._notes.ticked(understood, told) if news else ""
        if asked and asked != (self._check.report,) and not noted:
            replies = self._messages.answers(asked, offer_check=False)
            reason = self._notes.anew(progress) or self._wording.say("repeat")
            after, question = self._ask_on(state, told, reason)
            return after, (*replies, *question)
        if isinstance(outcome, Ambiguous) and understood.asked:
            told = replace(told, guesses=outcome.choices)
        unheard = "" if news else self._wording.say("not_understood")
        return self._ask_on(state, told, noted or self._notes.anew(progress) or unheard)

    def _after(
        self, state: State, progress: Progress, consequence: Consequence, *before: Say | str
    ) -> Move:
        """Go on from an answer: the next question, the result, or the end."""
        said = tuple(one for one in before if isinstance(one, Say))
        echo = [one for one in before if isinstance(one, str)]
        match consequence:
            case Ask(following, preface, note):
                reason = self._wording.say(preface) if preface else self._wording.fill(note)
                after, replies = self._ask(state, following, *echo, reason)
            case Finished(complete):
                after, replies = self._endings.finish(state, complete)
            case Hazard(signs):
                after, replies = self._alarms.raised(state, signs, waiting=progress)
            case _:
                after, replies = self._endings.stop(state, progress, bool(said))
        return after, (*said, *replies)

    def _ask_on(self, state: State, progress: Progress, *preface: str) -> Move:
        """Put the open question again; the first one where it is not known any more."""
        if not self._steps.is_open(progress):
            progress = self._steps.first(replace(progress, shown=()))
        return self._ask(state, progress, *preface)

    def _ask(self, state: State, progress: Progress, *preface: str) -> Move:
        """Put the open question under a new keyboard, unless help has to be called at once."""
        if assess(self._faq, progress).is_emergency or not self._steps.is_open(progress):
            return self._endings.finish(state.renewed(), progress)
        state = state.renewed()
        question = self._questions.say(progress, state.serial, *preface)
        shown = tuple(dict.fromkeys((*progress.shown, progress.step)))
        return replace(state, check=replace(progress, shown=shown)), (question,)
