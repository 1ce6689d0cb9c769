"""An evaluation as lines for a terminal, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from intents.content.faq import Faq, Thresholds
from intents.evaluation.calibrate import Calibration
from intents.evaluation.evaluate import Evaluation, by_intent, confusions, gaps
from intents.evaluation.figures import FIGURES, Share, counted
from intents.evaluation.judged import Judged
from intents.evaluation.labelled import LONG

_MOST: Final = 10  # pairs and files shown
_LONGEST: Final = 100  # characters of a message shown
_OUT_OF_SCOPE: Final = "(out of scope)"


def lines(evaluation: Evaluation, misses: bool = False) -> Iterator[str]:
    """Yield the figures as a table, then what goes wrong; with `misses`, every such message."""
    columns = [counted(judged) for judged in evaluation.judged]
    yield f"{len(evaluation.as_written)} messages; in brackets 95 % intervals."
    yield f"{'':<36} {'as written':<26} {'one typo':<10} two typos"
    for figure in FIGURES:
        if figure.id in columns[0]:
            as_written, *slipped = (column[figure.id] for column in columns)
            low, high = as_written.interval
            share = _percent(as_written.value)
            share += f" ({100 * low:.0f}-{100 * high:.0f}) of {as_written.of}"
            rest = "".join(f"{_percent(share.value):<11}" for share in slipped)
            yield f"{figure.title:<36} {share:<26} {rest}".rstrip()
    yield from _by_length(evaluation)
    yield from _by_intent(evaluation)
    pairs = confusions(evaluation)
    if pairs:
        yield "\nTaken for each other (wanted -> got):"
        for pair in pairs[:_MOST]:
            wanted = pair.wanted or _OUT_OF_SCOPE
            example = _short(pair.judged[0].message.text)
            yield f"{len(pair.judged):4}  {wanted} -> {pair.got}: {example}"
    files = gaps(evaluation)
    if files:
        yield "\nFiles that would gain most from more examples (messages that show it):"
        for gap in files[:_MOST]:
            yield f"{len(gap.judged):4}  {gap.file}"
    if misses:
        yield from _misses(evaluation.as_written)


def _by_length(evaluation: Evaluation) -> Iterator[str]:
    """Yield the headlines for short and for long messages, where there are both."""
    short, long = (counted(judged) for judged in _lengths(evaluation))
    if not (short and long):
        return
    yield f"\n{'':<36} {f'up to {LONG} words':<26} longer"
    for figure in FIGURES:
        if figure.is_headline and (figure.id in short or figure.id in long):
            shares = [column.get(figure.id) for column in (short, long)]
            cells = [f"{_percent(s.value)} of {s.of}" if s else "" for s in shares]
            yield f"{figure.title:<36} {cells[0]:<26} {cells[1]}".rstrip()


def _lengths(evaluation: Evaluation) -> tuple[list[Judged], list[Judged]]:
    judged = evaluation.as_written
    return (
        [one for one in judged if not one.message.is_long],
        [one for one in judged if one.message.is_long],
    )


def _by_intent(evaluation: Evaluation) -> Iterator[str]:
    rows = [row for row in by_intent(evaluation) if row.asked or row.mistaken]
    if not rows:
        return
    heads = f"{'asked':>6}{'right':>7}{'offered':>9}{'wrong':>7}{'refused':>9}{'mistaken':>10}"
    yield f"\n{'Topic':<24}{heads}"
    for row in rows:
        numbers = f"{row.right:7}{row.offered:9}{row.wrong:7}{row.refused:9}{row.mistaken:10}"
        yield f"{row.id:<24}{row.asked:6}{numbers}"


def _misses(judged: Sequence[Judged]) -> Iterator[str]:
    for title, found in (
        (
            "Called an emergency, and is none",
            [
                o
                for o in judged
                if o.names_emergency and not (o.message.emergency or o.message.danger)
            ],
        ),
        ("Dangers not met", [o for o in judged if o.message.danger and not o.meets_emergency]),
        (
            "Emergencies not met",
            [o for o in judged if o.message.emergency and not o.meets_emergency],
        ),
        (
            "Emergencies not named",
            [o for o in judged if o.message.emergency and not o.names_emergency],
        ),
        ("False alarms", [o for o in judged if o.message.hard and o.named]),
        ("Answered wrong", [o for o in judged if o.wanted and o.is_wrong]),
        ("Neither answered nor offered", [o for o in judged if o.wanted and not o.is_resolved]),
        ("Out of scope, yet answered", [o for o in judged if o.is_stranger and o.answers]),
    ):
        if found:
            yield f"\n{title}:"
            yield from (f"  {_short(one.message.text)}  [{_got(one)}]" for one in found)


def values(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as values that JSON can hold."""
    as_written, *slipped = (counted(judged) for judged in evaluation.judged)
    return {
        "messages": len(evaluation.as_written),
        "thresholds": asdict(evaluation.faq.thresholds),
        "figures": {id: _share(share) for id, share in as_written.items()},
        "by_length": {
            name: {id: _share(share) for id, share in counted(judged).items()}
            for name, judged in zip(("short", "long"), _lengths(evaluation), strict=True)
        },
        "typos": {
            str(n): {id: _share(share) for id, share in column.items()}
            for n, column in enumerate(slipped, start=1)
        },
        "intents": {row.id: _row(asdict(row)) for row in by_intent(evaluation)},
        "signs": _signs(evaluation.faq, evaluation.as_written),
        "confused": [
            {
                "wanted": pair.wanted or None,
                "got": pair.got,
                "count": len(pair.judged),
                "messages": [one.message.text for one in pair.judged],
            }
            for pair in confusions(evaluation)
        ],
        "gaps": [{"file": gap.file, "count": len(gap.judged)} for gap in gaps(evaluation)],
    }


def calibration_lines(before: Thresholds, found: Calibration) -> Iterator[str]:
    """Yield the thresholds chosen, and what they reach in cross-validation."""
    yield "Thresholds, before and now:"
    was = asdict(before)
    for name, value in asdict(found.thresholds).items():
        yield f"  {name:<12}{was[name]:5.2f} -> {value:.2f}"
    yield "On the content's own messages, each read by what was fitted without it:"
    for figure in found.reached:
        aim = f"  (aim: {100 * figure.least:.0f} % or more)" if figure.least > 0 else ""
        aim += f"  (aim: {100 * figure.most:.0f} % or less)" if figure.most < 1 else ""
        aim += "" if figure.is_reached else "  NOT REACHED"
        yield f"  {figure.title:<38}{_percent(figure.share.value)} of {figure.share.of}{aim}"


def calibration_values(found: Calibration) -> dict[str, Any]:
    """Return a calibration as values that JSON can hold."""
    return {
        "thresholds": asdict(found.thresholds),
        "reached": {
            figure.title: {**_share(figure.share), "is_reached": figure.is_reached}
            for figure in found.reached
        },
    }


def _signs(faq: Faq, judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return for each labelled sign how often it was named."""
    found: dict[str, dict[str, float]] = {}
    for sign in faq.signs:
        said = [one for one in judged if sign.id in one.message.warnings]
        if said:
            found[sign.id] = _share(Share(sum(sign.id in one.named for one in said), len(said)))
    return found


def _share(share: Share) -> dict[str, float]:
    low, high = share.interval
    return {
        "share": round(share.value, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "count": share.count,
        "n": share.of,
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def _got(one: Judged) -> str:
    signs = f"; signs {', '.join(sorted(one.named))}" if one.named else ""
    best = ", ".join(f"{id} {score:.2f}" for id, score in one.scores[:3])
    wanted = ", ".join(one.message.intents or one.message.warnings) or "nothing"
    return f"wants {wanted}; best {best}; suspicion {one.suspicion:.2f}{signs}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _percent(share: float) -> str:
    return f"{100 * share:5.1f} %"
