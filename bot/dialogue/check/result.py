"""The words of the check's result: the level, why, what to do, and the answers asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.dialogue.check.assessment import Assessment, likely_causes
from bot.dialogue.events import Say
from bot.dialogue.messages import Messages
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents import Check, Faq

_MOST_CAUSES: Final = 4
_MOST_SOURCES: Final = 4


class Results:
    """Tells people what their check came to."""

    def __init__(self, faq: Faq, check: Check, wording: Wording, messages: Messages) -> None:
        self._faq = faq
        self._check = check
        self._wording = wording
        self._messages = messages

    def result(self, found: Assessment, progress: Progress) -> tuple[Say, ...]:
        """Return what the check found, and the answers that were asked for before it."""
        because = self._because(found)
        if found.is_emergency:
            return (self._messages.emergency(because=because),)
        level = self._wording.fill(found.level.text)
        head = paragraphs(f"*{found.level.title}*", because, level)
        answers = self._messages.answers(progress.asked, offer_check=False)
        if found.has_advice and not (progress.brief and answers):
            return (Say(head), *answers, self._advice(found, progress))
        text = paragraphs(head, self._watch(found), "" if answers else self._basis())
        return (Say(text, () if answers else self._messages.ways_on()), *answers)

    def _because(self, found: Assessment) -> str:
        """Say what the level rests on; empty where nothing was told."""
        wording = self._wording
        parts = []
        if len(found.signs) > 1:
            signs = bullets(sign.title for sign in found.signs)
            parts.append(wording.say("result_because_list", signs=signs))
        elif found.signs:
            parts.append(wording.say("result_because", signs=wording.signs(found.signs)))
        if found.unsure:
            parts.append(wording.say("result_unsure"))
        if found.lost:
            parts.append(wording.say("result_lost"))
        parts += [wording.say("result_together", because=because) for because in found.together]
        return paragraphs(*parts)

    def _watch(self, found: Assessment) -> str:
        """Say what to watch for; a level may have nothing."""
        if not found.level.safety_net:
            return ""
        net = self._wording.fill(found.level.safety_net)
        return paragraphs(self._wording.say("result_watch"), net)

    def _basis(self) -> str:
        """Name the sources of a level that no answer follows, since answers name their own."""
        report = self._faq.intent(self._check.report)
        return self._wording.sources(report.sources) if report else ""

    def _advice(self, found: Assessment, progress: Progress) -> Say:
        """Return likely causes, remedies and the safety net, with a button for each cause."""
        causes = likely_causes(self._faq, progress.factors)[:_MOST_CAUSES]
        intents = [intent for c in causes if (intent := self._faq.intent(c.intent))]
        text = paragraphs(
            self._list("result_causes", [cause.line for cause in causes]),
            self._list("result_remedies", self._remedies(found, [c.remedy for c in causes])),
            self._watch(found),
            self._sources([id for intent in intents for id in intent.sources]),
        )
        return Say(text, rows(self._wording.title_button(intent) for intent in intents))

    def _remedies(self, found: Assessment, of_causes: Sequence[str]) -> list[str]:
        """Return the remedies of the causes, and what helps anyone: it may harm who has a sign."""
        return [*filter(None, of_causes), *(self._check.remedies if found.is_mild else ())]

    def _list(self, head: str, lines: Sequence[str]) -> str:
        return self._wording.say(head) + "\n" + bullets(map(self._wording.fill, lines))

    def _sources(self, ids: Sequence[str]) -> str:
        return self._wording.sources(list(dict.fromkeys(ids))[:_MOST_SOURCES])
