"""The messages of a conversation: answers, offers, replies to commands, the emergency answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bot.dialogue.buttons import LevelTap, Way, data
from bot.dialogue.events import Button, Keyboard, Say
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents import CheckFirst, Faq, Intent, Level

_MOST_FOLLOW_UPS: Final = 3


class Messages:
    """Puts the words of one content together."""

    def __init__(self, faq: Faq, wording: Wording) -> None:
        self._faq = faq
        self._wording = wording

    def is_topic(self, id: str) -> bool:
        """Tell whether an intent is a topic, and no small talk."""
        intent = self._faq.intent(id)
        return intent is not None and (bool(intent.group) or not self._faq.groups)

    def answer(self, id: str, offer_check: bool) -> Say:
        """Return an intent's answer with its sources and what to ask next."""
        intent = self._faq.intent(id)
        if intent is None:
            return self.unknown(())
        buttons = self._follow_ups(intent)
        if offer_check and self._faq.check and intent.check is not CheckFirst.NONE:
            buttons.append(self._wording.way_button(Way.CHECK))
        sources = self._wording.sources(intent.sources)
        return Say(self._wording.fill(intent.answer), rows(buttons), folded=sources)

    def answers(self, ids: Iterable[str], offer_check: bool) -> tuple[Say, ...]:
        """Return the answers of several intents."""
        return tuple(self.answer(id, offer_check) for id in ids)

    def did_you_mean(self, choices: Iterable[str]) -> Say:
        """Ask which of a few topics is meant; small talk is nobody's question."""
        choices = list(choices)
        choices = [id for id in choices if self.is_topic(id)] or choices
        buttons = [
            self._wording.topic_button(intent)
            for id in choices
            if (intent := self._faq.intent(id))
        ]
        none = self._wording.way_button(Way.NONE)
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
        return Say(paragraphs(self._wording.say("unknown"), hint), self.ways_on(near))

    def all_right(self) -> Say:
        """Answer a bare "no", "stop", "okay" where nothing is open."""
        return Say(self._wording.say("all_right"), self.ways_on())

    def said_already(self, id: str) -> Say:
        """Say that an answer stands above already, and what to ask next."""
        intent = self._faq.intent(id)
        if intent is None:
            return self.unknown(())
        text = self._wording.say("said_already", topic=intent.title)
        return Say(text, self.ways_on(self._follow_ups(intent)))

    def none_chosen(self) -> Say:
        """Answer "none of these" to a "did you mean"."""
        return Say(self._wording.say("none_chosen"), self.ways_on())

    def cancelled(self) -> Say:
        """Say that the check is stopped, and what else there is."""
        return Say(self._wording.say("cancelled"), self.ways_on())

    def nothing_to_cancel(self) -> Say:
        """Say that no check is running, and offer one."""
        return Say(self._wording.say("nothing_to_cancel"), self.ways_on())

    def topics(self) -> tuple[Say, ...]:
        """List every topic as a button, a message for each group."""
        by_group = [
            (group.title, [i for i in self._faq.intents if i.group == group.id])
            for group in self._faq.groups
        ] or [("", list(self._faq.intents))]
        head = self._wording.say("topics")
        messages: list[Say] = []
        for title, intents in by_group:
            buttons = rows(self._wording.title_button(intent) for intent in intents)
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
            return (Say(self._wording.say(name), self.ways_on()),)
        if name == "privacy":
            return (Say(self._wording.say("privacy")),)
        return (Say(self._wording.say("unknown_command")),)

    def level_ways(self, level: Level, of_other: bool = False) -> Keyboard:
        """Return the buttons under the answer of a level that calls for help."""
        if not level.ways:
            return ((self._wording.way_button(Way.MISTAKEN),),)
        return tuple(
            (Button(way.label_for(of_other), data(LevelTap(level.id, place))),)
            for place, way in enumerate(level.ways)
        )

    def which_mistake(self) -> Say:
        """Ask what was meant instead of an emergency."""
        ways = (Way.JOKE, Way.GONE, Way.ELSE)
        keyboard = tuple((self._wording.way_button(way),) for way in ways)
        return Say(self._wording.say("which_mistake"), keyboard)

    def waiting(self, asked: Iterable[str], guesses: Sequence[str]) -> tuple[Say, ...]:
        """Return the answers that waited, and the guesses at what was not clear."""
        answers = self.answers(asked, offer_check=False)
        return (*answers, self.did_you_mean(guesses)) if guesses else answers

    def ways_on(self, topics: Sequence[Button] = ()) -> Keyboard:
        """Return the buttons of topics with the check and the list of all topics below them."""
        ways = [self._wording.way_button(Way.TOPICS)]
        if self._faq.check:
            ways.insert(0, self._wording.way_button(Way.CHECK))
        return tuple((button,) for button in (*topics, *ways))

    def _follow_ups(self, intent: Intent) -> list[Button]:
        """Return the buttons of what to ask after a topic."""
        return [
            self._wording.topic_button(following)
            for name in intent.follow_ups[:_MOST_FOLLOW_UPS]
            if (following := self._faq.intent(name))
        ]

    def _about(self) -> str:
        reviewer = self._faq.reviewed_by
        reviewed = (
            self._wording.say("reviewed", reviewer=reviewer)
            if reviewer
            else self._wording.say("not_reviewed")
        )
        lines = bullets(
            f"{s.publisher}, {s.title}{f' ({s.link})' if s.link else ''}"
            for s in self._faq.sources
        )
        return self._wording.say("about", reviewed=reviewed, sources=lines)
