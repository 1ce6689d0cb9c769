"""What is said beside the questions of the check: what was read, taken, or lost."""

from __future__ import annotations

from bot.dialogue.check.steps import Steps
from bot.dialogue.check.typed import Picks
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording
from intents import Check, Understood


class Notes:
    """Tells people what was made of their words."""

    def __init__(self, check: Check, wording: Wording, steps: Steps) -> None:
        self._check = check
        self._wording = wording
        self._steps = steps

    def anew(self, progress: Progress) -> str:
        """Say that the questions start anew; empty where the open one stands."""
        return "" if self._steps.is_open(progress) else self._wording.say("started_anew")

    def taken(self, choice: Picks) -> str:
        """Say which options a typed answer was taken for."""
        labels = [option.label for option in self._check.options(choice.ids)]
        return self._wording.say("taken", label=", ".join(labels))

    def ticked(self, understood: Understood, progress: Progress) -> str:
        """Say which signs stand ticked, beside the words that told them; empty without any."""
        by_option = {self._steps.named_by(sign.id): sign for sign in understood.signs.found}
        options = [o for o in self._check.options(progress.read) if o.id in by_option]
        if not options:
            return ""
        named = self._wording.join([option.label for option in options])
        quotes = self._wording.quotes(
            clause for option in options for clause in by_option[option.id].words
        )
        if not quotes:
            return self._wording.say("noted_signs", signs=named)
        return self._wording.say("noted", words=quotes, signs=named)
