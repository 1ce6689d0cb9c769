"""The content's sentences, filled in: quotes, lists, sources, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.buttons import TopicTap, Way
from bot.dialogue.events import Button, Keyboard
from intents import Faq, Intent, WarningSign

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_LONGEST_QUOTE: Final = 80  # characters
_LONGEST_LABEL: Final = 40  # characters of a button, so that a phone shows them all
_HALF_ROW: Final = 17  # characters; two such buttons share a row
# The sentence that is the label of a way on.
_WAYS: Final = {
    Way.CHECK: "check_button",
    Way.TOPICS: "topics_button",
    Way.MISTAKEN: "mistaken",
    Way.JOKE: "mistaken_joke",
    Way.GONE: "mistaken_gone",
    Way.ELSE: "mistaken_else",
    Way.NONE: "none_of_these",
}


class Wording:
    """Every sentence of one content."""

    def __init__(self, faq: Faq) -> None:
        self._faq = faq
        self._sentences = faq.words
        self._constants = {
            "name": faq.name,
            "emergency_number": faq.emergency_number,
            "check_button": faq.words["check_button"] if faq.check else "",
        }
        self._missing = [f"{{{name}}}" for name, text in self._constants.items() if not text]

    def say(self, name: str, **values: str) -> str:
        """Return a sentence of the content by its name, filled in."""
        return self.fill(self._sentences[name], **values)

    def fill(self, template: str, **values: str) -> str:
        """Fill the {placeholders} of a text, each once: a quote may hold braces of its own.

        A line that names something this content has not got, such as a check, is left out.
        """
        known = {**self._constants, **values}
        if not self._is_whole(template):
            template = "\n".join(filter(self._is_whole, template.split("\n")))
        return _PLACEHOLDER.sub(lambda m: known.get(m[1], m[0]), template).strip()

    def advice(self, risks: Iterable[str]) -> str:
        """Return what risks make of the advice, a line each."""
        known = self._faq.check.risks if self._faq.check else ()
        wanted = set(risks)
        return "\n".join(self.fill(risk.advice) for risk in known if risk.id in wanted)

    def _is_whole(self, text: str) -> bool:
        return not any(name in text for name in self._missing)

    def join(self, parts: Sequence[str]) -> str:
        """Return "one", "one and two" or "one, two and three"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self._sentences['and']} {parts[-1]}"

    def quotes(self, clauses: Iterable[str]) -> str:
        """Return clauses of the person's own in quotation marks, each once.

        Stars and backticks are left out, since they would mark it.
        """
        short = dict.fromkeys(
            _shortened(clause.replace("*", "").replace("`", "")) for clause in clauses
        )
        apart = [c for c in short if c and not any(c != other and c in other for other in short)]
        return self.join([self._sentences["quote"].replace("{words}", c) for c in apart])

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
        return self.say("sources_checked", sources=named, checked=self._date(min(days)))

    def _date(self, day: date) -> str:
        months = self._sentences["months"].split(",")
        month = months[day.month - 1].strip()
        return self.say("date", day=str(day.day), month=month, year=str(day.year))

    def way_button(self, way: Way) -> Button:
        """Return the button of a way on."""
        return Button(self.say(_WAYS[way]), buttons.data(way))

    def topic_button(self, intent: Intent) -> Button:
        """Return the button that asks for a topic, by its question where that is short."""
        asks = 0 < len(intent.question) <= _LONGEST_LABEL
        return _topic(intent.question if asks else intent.title, intent)

    def title_button(self, intent: Intent) -> Button:
        """Return the button that asks for a topic, by its title."""
        return _topic(intent.title, intent)


def _topic(label: str, intent: Intent) -> Button:
    return Button(label, buttons.data(TopicTap(intent.id)))


def bullets(lines: Iterable[str]) -> str:
    """Return a list with a line each."""
    return "\n".join(f"• {line}" for line in lines)


def paragraphs(*parts: str) -> str:
    """Join what is not empty with a blank line between."""
    return "\n\n".join(part for part in parts if part)


def rows(in_order: Iterable[Button]) -> Keyboard:
    """Lay buttons out: a row each, two short neighbours side by side."""
    laid: list[tuple[Button, ...]] = []
    for button in in_order:
        short = len(button.label) <= _HALF_ROW
        if short and laid and len(laid[-1]) == 1 and len(laid[-1][0].label) <= _HALF_ROW:
            laid[-1] = (*laid[-1], button)
        else:
            laid.append((button,))
    return tuple(laid)


def _shortened(clause: str) -> str:
    clause = " ".join(clause.split())
    return clause if len(clause) <= _LONGEST_QUOTE else clause[: _LONGEST_QUOTE - 1].rstrip() + "…"
