"""The words of the check's result: one message with the level, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap, Way
from bot.dialogue.check.assessment import (
    Assessment,
    assess,
    first_that_is_no_emergency,
    likely_causes,
)
from bot.dialogue.events import Button, Say
from bot.dialogue.messages import Messages
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents import Cause, Check, Faq

_CAUSES: Final = 2  # likely ones in a result
_REMEDIES: Final = 2
_MOST_SOURCES: Final = 4
_MOST_WORDS: Final = 130


class Results:
    """Tells people what their check came to."""

    def __init__(self, faq: Faq, check: Check, wording: Wording, messages: Messages) -> None:
        self._faq = faq
        self._check = check
        self._wording = wording
        self._messages = messages

    def result(self, found: Assessment, progress: Progress, serial: int) -> Say:
        """Return what the check found, in one message."""
        level = found.level
        causes = likely_causes(self._faq, progress.picked)[:_CAUSES] if level.advice else ()
        remedies = self._remedies(found, causes)
        text = self._text(found, progress, causes, remedies)
        for most in ((1, _REMEDIES), (1, 1)):  # with much to say besides, one of each is enough
            if len(text.split()) > _MOST_WORDS:
                text = self._text(found, progress, causes[: most[0]], remedies[: most[1]])
        return Say(text, self._ways(causes, serial), folded=self._sources(causes))

    def _text(
        self,
        found: Assessment,
        progress: Progress,
        causes: Sequence[Cause],
        remedies: Sequence[str],
    ) -> str:
        level = found.level
        return paragraphs(
            f"*{level.title}*",
            self._because(found, progress),
            self._wording.fill(level.text),
            self._list("result_causes", [cause.line for cause in causes]),
            self._list("result_remedies", remedies),
            *(self._wording.fill(r.advice if level.advice else r.first_aid) for r in found.risks),
            self._wording.fill(level.safety_net),
        )

    def fitting(self, progress: Progress) -> Say:
        """Say which causes fit what was different, once it is known."""
        found = assess(self._faq, progress)
        causes = likely_causes(self._faq, progress.picked)[:_CAUSES]
        text = paragraphs(
            self._list("result_causes", [cause.line for cause in causes]),
            self._list("result_remedies", self._remedies(found, causes)),
            self._wording.fill(found.level.safety_net),
        )
        return Say(text, rows(self._cause_buttons(causes)), folded=self._sources(causes))

    def _because(self, found: Assessment, progress: Progress) -> str:
        """Say what the level rests on; empty where nothing was told."""
        wording = self._wording
        parts = []
        told = [sign.you for sign in found.signs if sign.you]
        titles = [sign.title for sign in found.signs]
        risks = [
            (not progress.of_other and risk.you) or risk.title
            for risk in (found.risks if found.is_lifted else ())
        ]
        if titles and (progress.of_other or len(told) < len(titles)):
            parts.append(wording.say("result_because_of", signs=wording.join(titles)))
            told = []
        if told or risks:
            parts.append(wording.say("result_because", signs=wording.join([*told, *risks])))
        if found.unsure:
            parts.append(wording.say("result_unsure"))
        if found.lost:
            parts.append(wording.say("result_lost"))
        if (progress.floor or progress.likely) and not parts:
            is_gone = progress.floor == first_that_is_no_emergency(self._faq)
            parts.append(wording.say("result_gone" if is_gone else "result_suspected"))
        parts += [wording.say("result_together", because=because) for because in found.together]
        return " ".join(parts)

    def _remedies(self, found: Assessment, causes: Iterable[Cause]) -> list[str]:
        """Return what helps with the causes and what helps anyone, but what would harm."""
        of_causes = [c.remedy for c in causes if c.remedy and not found.is_harmed_by(c.harms)]
        if not found.level.advice:
            return []
        general = [r.text for r in self._check.remedies if not found.is_harmed_by(r.harms)]
        return [*of_causes[:1], *general, *of_causes[1:]][:_REMEDIES]

    def _list(self, head: str, lines: Iterable[str]) -> str:
        filled = [self._wording.fill(line) for line in lines]
        return self._wording.say(head) + "\n" + bullets(filled) if filled else ""

    def _ways(self, causes: Iterable[Cause], serial: int) -> tuple[tuple[Button, ...], ...]:
        """Return the buttons under a result: what is asked after it, and where to read on."""
        offers = [
            Button(step.offer, buttons.data(CheckTap(serial, step.id, Action.OPEN)))
            for step in self._check.steps
            if step.after
        ]
        if not causes:
            return rows([self._wording.way_button(Way.TOPICS)])
        return (*((offer,) for offer in offers), *rows(self._cause_buttons(causes)))

    def _cause_buttons(self, causes: Iterable[Cause]) -> list[Button]:
        intents = [intent for c in causes if (intent := self._faq.intent(c.intent))]
        return [self._wording.title_button(intent) for intent in intents]

    def _sources(self, causes: Iterable[Cause]) -> str:
        """Name the sources of what was said; those of the report where no cause was."""
        topics = [cause.intent for cause in causes] or [self._check.report]
        intents = [intent for id in topics if (intent := self._faq.intent(id))]
        ids = dict.fromkeys(id for intent in intents for id in intent.sources)
        return self._wording.sources(list(ids)[:_MOST_SOURCES])
