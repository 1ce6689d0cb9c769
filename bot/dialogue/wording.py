"""The content's sentences, filled in: quotes, lists, sources, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bot.dialogue.events import Button, Keyboard
from intents import Faq, Intent, WarningSign

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_LONGEST_QUOTE: Final = 80  # characters
_LONGEST_LABEL: Final = 40  # characters of a button, so that a phone shows them all
_HALF_ROW: Final = 17  # characters; two such buttons share a row


class Wording:
    """Every sentence of one content."""

    def __init__(self, faq: Faq) -> None:
        self._faq = faq
        self._words = faq.words
        self._constants = {
            "name": faq.name,
            "emergency_number": faq.emergency_number,
            "check_button": faq.words["check_button"] if faq.check else "",
        }
        self._missing = [f"{{{name}}}" for name, text in self._constants.items() if not text]

    def say(self, name: str, **values: str) -> str:
        """Return a sentence by its name in the content, filled in."""
        return self.fill(self._words[name], **values)

    def fill(self, template: str, **values: str) -> str:
        """Fill the {words} of a text; what is filled in is not looked at again.

        A line that names something this content has not got, such as a check, is left out.
        """
        known = {**self._constants, **values}
        if any(name in template for name in self._missing):
            template = "\n".join(filter(self._is_told, template.split("\n")))
        return _PLACEHOLDER.sub(lambda m: known.get(m[1], m[0]), template).strip()

    def _is_told(self, line: str) -> bool:
        return not any(name in line for name in self._missing)

    def join(self, parts: Sequence[str]) -> str:
        """Return "one", "one and two" or "one, two and three"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self._words['and']} {parts[-1]}"

    def quotes(self, words: Iterable[str]) -> str:
        """Return the person's own words in quotation marks; stars would turn into bold type."""
        short = dict.fromkeys(_shortened(w.replace("*", "")) for w in words)
        apart = [w for w in short if w and not any(w != other and w in other for other in short)]
        return self.join([self._words["quote"].replace("{words}", w) for w in apart])

    def signs(self, signs: Iterable[WarningSign]) -> str:
        """Return the names of signs as a list in a sentence."""
        return self.join([sign.title for sign in signs])

    def sources(self, ids: Iterable[str]) -> str:
        """Return a line with the sources and the day they were read; empty when there are none."""
        sources = [source for id in dict.fromkeys(ids) if (source := self._faq.source(id))]
        if not sources:
            return ""
        named = "; ".join(
            self.say("source", publisher=s.publisher, title=s.title) for s in sources
        )
        days = [source.checked for source in sources if source.checked]
        if len(days) < len(sources):
            return self.say("sources", sources=named)
        return self.say("sources_checked", sources=named, checked=_written(min(days)))

    def button(self, name: str, data: str) -> Button:
        """Return a button whose label is a sentence of the content."""
        return Button(self.say(name), data)

    def topic_button(self, intent: Intent) -> Button:
        """Return the button that asks for a topic."""
        label = intent.question if 0 < len(intent.question) <= _LONGEST_LABEL else intent.title
        return Button(label, f"t:{intent.id}")


def paragraphs(*parts: str) -> str:
    """Join what is not empty with a blank line between."""
    return "\n\n".join(part for part in parts if part)


def rows(buttons: Iterable[Button]) -> Keyboard:
    """Lay buttons out: a row each, two short neighbours side by side."""
    laid: list[tuple[Button, ...]] = []
    for button in buttons:
        short = len(button.label) <= _HALF_ROW
        if short and laid and len(laid[-1]) == 1 and len(laid[-1][0].label) <= _HALF_ROW:
            laid[-1] = (*laid[-1], button)
        else:
            laid.append((button,))
    return tuple(laid)


def _written(day: date) -> str:
    return f"{day:%d %B %Y}".lstrip("0")


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
