"""What a content holds, in a few lines: counts, review dates, what an owner should look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from intents.content.faq import Faq


def lines(faq: Faq, file: str) -> Iterator[str]:
    """Yield the summary of a sound content."""
    yield f"{file} is sound: {faq.name}"
    examples = {intent.id: len(intent.examples) for intent in faq.intents}
    yield _line("topics", len(faq.intents), f"with {_counted(examples, 'examples')}")
    if faq.out_of_scope:
        yield _line("", "", f"{len(faq.out_of_scope):,} messages out of scope")
    if faq.concepts:
        words = sum(len(concept.words) for concept in faq.concepts)
        yield _line("concepts", len(faq.concepts), f"with {words:,} words")
    if faq.signs:
        phrases = {sign.id: len(sign.phrases) for sign in faq.signs}
        yield _line("signs", len(faq.signs), f"with {_counted(phrases, 'phrases')}")
        yield _line("", "", f"{len(faq.not_affirmed):,} messages that only mention one")
        yield _line("levels", len(faq.levels), ", ".join(level.id for level in faq.levels))
    if faq.check:
        check = faq.check
        options = sum(len(step.options) for step in check.steps)
        rest = f"{len(check.risks)} risks, {len(check.causes)} causes"
        yield _line("check", len(check.steps), f"steps with {options} options, {rest}")
    yield from _sources(faq)
    thresholds = ", ".join(f"{name} {value:.2f}" for name, value in asdict(faq.thresholds).items())
    yield _line("thresholds", "", thresholds)
    yield _line("reviewed", "", f"by {faq.reviewed_by}" if faq.reviewed_by else "by nobody yet")
    for warning in faq.warnings:
        yield f"Warning: {warning}"


def _sources(faq: Faq) -> Iterator[str]:
    if not faq.sources:
        return
    unread = [source.id for source in faq.sources if source.checked is None]
    read = [source.checked for source in faq.sources if source.checked]
    again = [source.check_again for source in faq.sources if source.check_again]
    parts = []
    if read:
        parts.append(f"read {min(read)}" + (f" to {max(read)}" if min(read) < max(read) else ""))
    if again:
        parts.append(f"to be read again by {min(again)}")
    if unread:
        parts.append(f"without a date: {', '.join(unread)}")
    yield _line("sources", len(faq.sources), ", ".join(parts))


def _counted(counts: dict[str, int], things: str) -> str:
    fewest = min(counts, key=lambda id: counts[id])
    return f"{sum(counts.values()):,} {things} (fewest: {fewest}, {counts[fewest]})"


def _line(label: str, count: int | str, rest: str) -> str:
    return f"  {label:<12}{count:>5}  {rest}".rstrip()
