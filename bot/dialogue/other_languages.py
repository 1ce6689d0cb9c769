"""What is said to people who write in a language that the bot does not speak: first of all, so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.events import Reply, Say
from bot.dialogue.state import State
from bot.dialogue.wording import Wording, paragraphs
from intents import Elsewhere, Level, Understood, is_strange


class OtherLanguages:
    """Speaks to them in their own language, as far as it is known."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def is_strange(self, state: State, understood: Understood) -> bool:
        """Tell whether nothing in a message was understood, nor may answer an open question."""
        if state.check:
            return understood.elsewhere.is_other and not understood.signs.found
        return is_strange(understood)

    def sentence(self, elsewhere: Elsewhere, level: Level | None = None) -> str:
        """Return what to say first, where help has to be called at a level."""
        other = elsewhere.language
        if other is None or not other.only:
            return self._wording.say("other_language")
        by_level = other.crisis if level and level.crisis else other.emergency
        return "\n".join(
            filter(None, [other.only, self._wording.fill(by_level if level else other.otherwise)])
        )

    def before(
        self, replies: Sequence[Reply], elsewhere: Elsewhere, level: Level | None = None
    ) -> tuple[Reply, ...]:
        """Say it before what is said in the bot's own language."""
        first, *others = replies
        if not elsewhere.is_other or not isinstance(first, Say):
            return tuple(replies)
        text = paragraphs(self.sentence(elsewhere, level), first.text)
        return (replace(first, text=text), *others)
