"""What an answer to the check's open question leads to, tapped or typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.check.shown import ANY, BACK, DONE, NONE, SKIP, STOP, UNSURE, Questions
from bot.dialogue.state import Progress, Step
from intents import (
    Faq,
    SignReading,
    Word,
    exception,
    is_negated,
    leading_word,
    only_picks,
    points_at,
    read_choices,
    read_hours,
    read_word,
    takes_all,
)

_ACTIONS: Final = {
    Word.YES: ANY,
    Word.NO: NONE,
    Word.SAME: NONE,
    Word.DONE: DONE,
    Word.UNSURE: UNSURE,
    Word.BACK: BACK,
    Word.STOP: STOP,
    Word.SKIP: SKIP,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question; `preface` names a sentence to say first, `taken` what was understood."""

    progress: Progress
    preface: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """An option of the open question was ticked or unticked."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Finished:
    """All is answered."""

    progress: Progress


class Hazard:
    """One of the emergency signs fits, or may fit."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person wants no check; `cleared` when no emergency sign fits."""

    cleared: bool


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """This is no answer to the open question; `reason` names the sentence that says so."""

    reason: str = "not_understood"


Taken = Ask | Ticked | Finished | Hazard | Stopped | NotUnderstood


class Answers:
    """Applies answers to one content's check."""

    def __init__(self, faq: Faq, questions: Questions) -> None:
        self._faq = faq
        self._questions = questions

    def take(self, progress: Progress, action: str) -> Taken:
        """Apply a tapped answer to the open question."""
        step, ticked = progress.step, self._questions.ticked(progress)
        if action == STOP:
            return Stopped(cleared=step is not Step.HAZARD)
        if action == BACK:
            return Ask(replace(progress, step=self._questions.previous(progress)))
        if action == SKIP:
            return self._skip(replace(progress, brief=True))
        if step is Step.HAZARD:
            if action in (ANY, UNSURE):
                return Hazard()
            return self._advance(progress) if action == NONE else NotUnderstood()
        if action == UNSURE:
            unsure = progress.unsure or step is Step.SIGNS
            return self._advance(replace(progress, unsure=unsure))
        if action in (NONE, DONE) and step is not Step.DURATION:
            # "None" may come from a keyboard that showed no tick yet: ticks are kept.
            return self._advance(progress) if ticked or action == NONE else NotUnderstood("which")
        if action not in {id for id, _ in self._questions.options(progress)}:
            return NotUnderstood()
        if step is Step.DURATION:
            return self._advance(self._questions.picked(progress, (action,)))
        others = tuple(id for id in ticked if id != action)
        changed = others if action in ticked else (*ticked, action)
        return Ticked(self._questions.picked(progress, changed))

    def read(self, progress: Progress, text: str, signs: SignReading) -> Taken:
        """Apply a typed answer to the open question; `signs` is what it says of warning signs."""
        word = read_word(text)
        if word is not None:
            return self._take_word(progress, word)
        if progress.step is Step.HAZARD and self._is_hazard(progress, text):
            return Hazard()
        chosen = self._chosen(progress, text, signs) if progress.step is not Step.HAZARD else ()
        if chosen:
            return self._pick(progress, chosen)
        word = leading_word(text)
        return self._take_word(progress, word) if word is not None else NotUnderstood()

    def is_offered(self, progress: Progress, text: str) -> bool:
        """Tell whether a reply only says what could have been tapped, and no more than a tap."""
        return read_word(text) is not None or (
            progress.step is not Step.HAZARD and only_picks(text, self._questions.names(progress))
        )

    def settle(self, ask: Ask) -> Taken:
        """Pass over a question that was answered by what was told since."""
        if ask.progress.step in self._questions.steps(ask.progress):
            return ask
        after = self._advance(ask.progress)
        return replace(ask, progress=after.progress) if isinstance(after, Ask) else after

    def _take_word(self, progress: Progress, word: Word) -> Taken:
        step = progress.step
        if word is Word.YES and step in (Step.SIGNS, Step.FACTORS):
            return NotUnderstood("which")
        if word in (Word.YES, Word.NO) and step is Step.DURATION:
            return NotUnderstood()
        if word is Word.SAME and step is not Step.FACTORS:
            return NotUnderstood()
        return self.take(progress, _ACTIONS[word])

    def _is_hazard(self, progress: Progress, text: str) -> bool:
        """Tell whether a reply to the emergency screen picks one of its signs."""
        names = self._questions.names(progress)
        rest = exception(text)
        if rest:
            return bool(read_choices(rest, names))
        return takes_all(text) or (not is_negated(text) and points_at(text, names))

    def _chosen(self, progress: Progress, text: str, signs: SignReading) -> tuple[str, ...]:
        """Return the options that a typed reply picks, in their order."""
        step = progress.step
        if step is Step.DURATION:
            hours = signs.hours if signs.hours is not None else read_hours(text)
            option = self._faq.duration_option(hours)
            if option:
                return (option.id,)
        options = [id for id, _ in self._questions.options(progress)]
        chosen = set()
        if step is Step.SIGNS and not takes_all(text):
            chosen = {sign.id for sign in signs.affirmed} & set(options)
            if is_negated(text) and not exception(text):  # what is denied there is not picked
                return tuple(id for id in options if id in chosen)
        if not chosen:
            places = read_choices(text, self._questions.names(progress))
            chosen = {options[n] for n in places}
            left_out = set(options) - chosen if takes_all(text) else set()
            chosen = {id for id in chosen if not left_out.intersection(self._faq.implied_by(id))}
        return tuple(id for id in options if id in chosen)

    def _pick(self, progress: Progress, chosen: tuple[str, ...]) -> Taken:
        """Add what was picked in words to what is ticked, say so, and go on."""
        ticked = self._questions.ticked(progress) if progress.step is not Step.DURATION else ()
        picked = self._questions.picked(progress, tuple(dict.fromkeys((*ticked, *chosen))))
        taken = self._advance(picked)
        if isinstance(taken, Ask):
            return replace(taken, taken=self._questions.label(picked, DONE))
        return taken

    def _skip(self, brief: Progress) -> Taken:
        """Leave out the last two questions; those about warning signs have to be answered."""
        asked = brief.step in (Step.HAZARD, Step.SIGNS) and not self._questions.ticked(brief)
        return Ask(brief, "skipping") if asked else self._advance(brief)

    def _advance(self, progress: Progress) -> Ask | Finished:
        following = self._questions.following(progress)
        return Ask(replace(progress, step=following)) if following else Finished(progress)
