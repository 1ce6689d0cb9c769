"""The messages of a conversation: answers, offers, the emergency answer, the check's result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.dialogue.check.assessment import Assessment, assess, likely_causes
from bot.dialogue.events import Button, Reply, Say
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording, paragraphs, rows
from intents import CheckFirst, Faq

_MOST_FOLLOW_UPS: Final = 3
_MOST_CAUSES: Final = 4
_MOST_SOURCES: Final = 4


class Messages:
    """Puts the words of one content together."""

    def __init__(self, faq: Faq, wording: Wording) -> None:
        self._faq = faq
        self._wording = wording
        durations = faq.check.durations if faq.check else ()
        self.lasting = frozenset(sign for option in durations for sign in option.signs)

    def is_topic(self, id: str) -> bool:
        """Tell whether an intent is a topic, and no small talk."""
        intent = self._faq.intent(id)
        return intent is not None and (bool(intent.group) or not self._faq.groups)

    def duration(self, hours: float | None) -> str:
        """Return the id of the check's answer that covers a length of time; empty for none."""
        option = self._faq.duration_option(hours)
        return option.id if option else ""

    def answer(self, id: str, offer_check: bool) -> Say:
        """Return an intent's answer with its sources and what to ask next."""
        intent = self._faq.intent(id)
        if intent is None:
            return self.unknown(())
        buttons = [
            self._wording.topic_button(following)
            for name in intent.follow_ups[:_MOST_FOLLOW_UPS]
            if (following := self._faq.intent(name))
        ]
        if offer_check and self._faq.check and intent.check is not CheckFirst.NONE:
            buttons.append(self._wording.button("check_button", "check"))
        text = paragraphs(self._wording.fill(intent.answer), self._wording.sources(intent.sources))
        return Say(text, rows(buttons))

    def answers(self, ids: Iterable[str], offer_check: bool) -> tuple[Say, ...]:
        """Return the answers of several intents."""
        return tuple(self.answer(id, offer_check) for id in ids)

    def did_you_mean(self, choices: Iterable[str]) -> Say:
        """Ask which of a few topics is meant."""
        buttons = [
            self._wording.topic_button(intent)
            for id in choices
            if (intent := self._faq.intent(id))
        ]
        none = self._wording.button("none_of_these", "none")
        keyboard = (*((button,) for button in buttons), (none,))
        return Say(self._wording.say("did_you_mean"), keyboard)

    def unknown(self, closest: Iterable[str]) -> Say:
        """Say honestly that the content does not know, and what comes closest."""
        near = [
            self._wording.topic_button(intent)
            for id in closest
            if self.is_topic(id) and (intent := self._faq.intent(id))
        ]
        hint = self._wording.say("closest") if near else ""
        return Say(paragraphs(self._wording.say("unknown"), hint), self._way_on(near))

    def none_chosen(self) -> Say:
        """Answer "none of these" to a "did you mean"."""
        return Say(self._wording.say("none_chosen"), self._way_on([]))

    def cancelled(self) -> Say:
        """Say that the check is stopped, and what else there is."""
        return Say(self._wording.say("cancelled"), self._way_on([]))

    def nothing_to_cancel(self) -> Say:
        """Say that no check is running, and offer one."""
        return Say(self._wording.say("nothing_to_cancel"), self._way_on([]))

    def topics(self) -> tuple[Say, ...]:
        """List every topic as a button, a message for each group."""
        by_group = [
            (group.title, [i for i in self._faq.intents if i.group == group.id])
            for group in self._faq.groups
        ] or [("", list(self._faq.intents))]
        head = self._wording.say("topics")
        messages: list[Say] = []
        for title, intents in by_group:
            buttons = rows(Button(intent.title, f"t:{intent.id}") for intent in intents)
            if buttons:
                text = paragraphs(head if not messages else "", f"*{title}*" if title else "")
                messages.append(Say(text or head, buttons))
        return tuple(messages) or (Say(head),)

    def command(self, name: str) -> tuple[Say, ...]:
        """Answer a command that only says something."""
        if name == "topics":
            return self.topics()
        if name == "about":
            return (Say(self._about()),)
        if name in ("start", "help"):
            return (Say(self._wording.say(name), self._way_on([])),)
        if name == "privacy":
            return (Say(self._wording.say("privacy")),)
        return (Say(self._wording.say("unknown_command")),)

    def emergency(self, words: Sequence[str], because: str = "") -> Say:
        """Return the emergency answer, with all of the person's own words that led to it."""
        levels = self._faq.levels
        level = next((level for level in levels if level.emergency), levels[0])
        if words:
            because = self._wording.say("because_words", words=self._wording.quotes(words))
        text = paragraphs(
            f"*{level.title}*",
            because or self._wording.say("because_tapped"),
            self._wording.fill(level.text),
        )
        mistaken = self._wording.button("mistaken", "mistaken")
        return Say(text, ((mistaken,),), emergency=True)

    def result(self, progress: Progress) -> tuple[Reply, ...]:
        """Return what the check found, and the answers that were asked for before it."""
        found = self._assess(progress)
        if found.level.emergency:
            return (self.emergency((), self._because(found, progress)),)
        head = self._level(found, progress)
        answers = self.answers(progress.asked, offer_check=False)
        if (progress.brief and answers) or not self._has_advice(found, progress):
            text = paragraphs(head, self._watch(found), self._basis(answers))
            return (Say(text, () if answers else self._way_on([])), *answers)
        return (Say(head), *answers, self._advice(found, progress))

    def is_emergency(self, progress: Progress) -> bool:
        """Tell whether what is known so far is an emergency already."""
        return self._assess(progress).level.emergency

    def is_mild(self, progress: Progress) -> bool:
        """Tell whether nothing known so far is a reason to be seen by somebody."""
        return self._assess(progress).level is self._faq.levels[-1]

    def _assess(self, progress: Progress) -> Assessment:
        durations = self._faq.check.durations if self._faq.check else ()
        lasted = [
            s for option in durations if option.id == progress.duration for s in option.signs
        ]
        signs = [*progress.told, *progress.signs, *lasted]
        return assess(self._faq, signs, progress.unsure)

    def _has_advice(self, found: Assessment, progress: Progress) -> bool:
        """Tell whether causes are told: not where someone should be seen the same day."""
        mild = self._faq.levels[-2:]
        return found.level is mild[-1] or (found.level in mild and bool(progress.factors))

    def _basis(self, answers: Sequence[Say]) -> str:
        """Return what the level rests on, where no answer that follows names its sources."""
        report = self._faq.intent(self._faq.check.report) if self._faq.check else None
        if answers or report is None:
            return ""
        return self._wording.sources(report.sources)

    def _level(self, found: Assessment, progress: Progress) -> str:
        return paragraphs(
            f"*{found.level.title}*",
            self._because(found, progress),
            self._wording.fill(found.level.text),
        )

    def _because(self, found: Assessment, progress: Progress) -> str:
        wording = self._wording
        parts = []
        if len(found.signs) > 1:
            signs = _bullets(sign.title for sign in found.signs)
            parts.append(wording.say("result_because_list", signs=signs))
        elif found.signs:
            parts.append(wording.say("result_because", signs=wording.signs(found.signs)))
        if progress.unsure:
            parts.append(wording.say("result_unsure"))
        parts += [wording.say("result_together", because=because) for because in found.together]
        return paragraphs(*parts)

    def _watch(self, found: Assessment) -> str:
        if not found.level.safety_net:
            return ""
        return paragraphs(
            self._wording.say("result_watch"), self._wording.fill(found.level.safety_net)
        )

    def _advice(self, found: Assessment, progress: Progress) -> Say:
        """Return likely causes, remedies and the safety net, with a button for each cause."""
        causes = likely_causes(self._faq, progress.factors)[:_MOST_CAUSES]
        fill = self._wording.fill
        remedies = [fill(c.remedy) for c in causes if c.remedy]
        if found.level is self._faq.levels[-1]:  # what helps anyone may harm who has a sign
            remedies += [fill(r) for r in (self._faq.check.remedies if self._faq.check else ())]
        intents = [intent for c in causes if (intent := self._faq.intent(c.intent))]
        sources = dict.fromkeys(id for intent in intents for id in intent.sources)
        text = paragraphs(
            self._wording.say("result_causes") + "\n" + _bullets(fill(c.line) for c in causes),
            self._wording.say("result_remedies") + "\n" + _bullets(remedies),
            self._watch(found),
            self._wording.sources(list(sources)[:_MOST_SOURCES]),
        )
        return Say(text, rows(Button(intent.title, f"t:{intent.id}") for intent in intents))

    def _about(self) -> str:
        reviewer = self._faq.reviewed_by
        reviewed = (
            self._wording.say("reviewed", reviewer=reviewer)
            if reviewer
            else self._wording.say("not_reviewed")
        )
        lines = _bullets(
            f"{s.publisher}, {s.title}{f' ({s.link})' if s.link else ''}"
            for s in self._faq.sources
        )
        return self._wording.say("about", reviewed=reviewed, sources=lines)

    def _way_on(self, buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
        """Return buttons in rows with the check and the topics below them."""
        ways = [self._wording.button("topics_button", "topics")]
        if self._faq.check:
            ways.insert(0, self._wording.button("check_button", "check"))
        return (*((button,) for button in buttons), *((way,) for way in ways))


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)
