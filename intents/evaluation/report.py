"""An evaluation as one page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Final

from intents.evaluation import charts
from intents.evaluation.evaluate import (
    STRANGER,
    Evaluation,
    IntentRow,
    by_intent,
    confusions,
    gaps,
    matrix,
)
from intents.evaluation.figures import FIGURES, Figure, Share, counted
from intents.evaluation.judged import Judged

_MOST_PAIRS: Final = 20
_MOST_FILES: Final = 15
_MOST_MESSAGES: Final = 6  # shown of a pair or file
_LONGEST: Final = 280  # characters of a message shown
_GLIMPSE: Final = 70  # … and of the first one before a list is opened
_OUT_OF_SCOPE: Final = "out of scope"


def page(evaluation: Evaluation) -> str:
    """Return the report as an HTML document."""
    name = escape(evaluation.faq.name)
    count = f"{len(evaluation.as_written):,}"
    intro = (
        f"<h1>How well {name} understands</h1>"
        f'<p class="lead">{count} labelled messages, read with {_content(evaluation)}.</p>'
    )
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    sections = (_headlines, _details, _scores, _matrix, _intents, _pairs, _files)
    body = "\n".join(part for section in sections for part in section(evaluation))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}: how well it understands</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{intro}\n{body}\n</main>\n</body>\n</html>\n"
    )


def _content(evaluation: Evaluation) -> str:
    faq = evaluation.faq
    examples = sum(len(intent.examples) for intent in faq.intents)
    return f"{len(faq.intents)} topics ({examples:,} examples) and {len(faq.signs)} warning signs"


def _headlines(evaluation: Evaluation) -> Iterator[str]:
    columns = [counted(judged) for judged in evaluation.judged]
    yield f'<h2>In short</h2><p class="note">{_HOW_TO_READ}</p>'
    for about, title in (("questions", "Questions"), ("signs", "Warning signs")):
        cards = [
            _card(figure, [column[figure.id] for column in columns])
            for figure in FIGURES
            if figure.is_headline and figure.about == about and figure.id in columns[0]
        ]
        if cards:
            yield f'<h3 class="group">{title}</h3><div class="cards">{"".join(cards)}</div>'


_HOW_TO_READ: Final = (
    "The thin band in a bar is the 95 % interval: where the true figure lies, as far as so many "
    "messages can tell. Blue bars should be long, red ones short."
)


def _card(figure: Figure, shares: Sequence[Share]) -> str:
    as_written, *slipped = shares
    low, high = as_written.interval
    slips = ", ".join(_percent(share.value) for share in slipped)
    return (
        f'<div class="card"><h3>{escape(figure.title)}</h3><p>{escape(figure.meaning)}</p>'
        f'<div class="much">{_percent(as_written.value)}</div>'
        f'<div class="of">{100 * low:.0f} to {100 * high:.0f} %; {as_written.count} of'
        f" {as_written.of}</div>{charts.bar(as_written, figure.more_is_better)}"
        f'<div class="slips">with 1 and 2 typos: {slips}</div></div>'
    )


def _details(evaluation: Evaluation) -> Iterator[str]:
    columns = [counted(judged) for judged in evaluation.judged]
    rows = []
    for figure in FIGURES:
        if figure.is_headline or figure.id not in columns[0]:
            continue
        share, *slipped = (column[figure.id] for column in columns)
        low, high = share.interval
        cells = "".join(f'<td class="desk">{_percent(one.value)}</td>' for one in slipped)
        rows.append(
            f"<tr><td>{escape(figure.title)}<br><small>{escape(figure.meaning)}</small></td>"
            f"<td>{_percent(share.value)}</td><td>{100 * low:.0f} to {100 * high:.0f} %</td>"
            f'<td class="desk">{share.of}</td>{cells}</tr>'
        )
    if rows:
        head = (
            '<tr><th>Figure</th><th>Share</th><th>95 %</th><th class="desk">Of</th>'
            '<th class="desk">1 typo</th><th class="desk">2 typos</th></tr>'
        )
        yield f'<h2>Beside that</h2><div class="panel"><table>{head}{"".join(rows)}</table></div>'


def _scores(evaluation: Evaluation) -> Iterator[str]:
    judged, thresholds = evaluation.as_written, evaluation.faq.thresholds
    answer = {"offer": thresholds.offer, "match": thresholds.match}
    alarm = {"suspicion": thresholds.suspicion, "sure": thresholds.sure}
    asked = [one for one in judged if one.wanted]
    harmless = [one for one in judged if not one.message.warnings]
    charted = (
        (
            "Best score, right topic",
            _best(o for o in asked if o.best in o.wanted),
            answer,
            "right",
        ),
        (
            "Best score, wrong topic",
            _best(o for o in asked if o.best not in o.wanted),
            answer,
            "wrong",
        ),
        ("Best score, out of scope", _best(o for o in judged if o.is_stranger), answer, "refused"),
        (
            "Emergency score, emergencies",
            _fear(o for o in judged if o.message.emergency),
            alarm,
            "right",
        ),
        ("… signs only mentioned", _fear(o for o in harmless if o.message.hard), alarm, "wrong"),
        ("… other messages", _fear(o for o in harmless if not o.message.hard), alarm, "refused"),
    )
    drawn = [charts.histogram(*chart) for chart in charted if chart[1]]
    if drawn:
        yield (
            '<h2>Scores and thresholds</h2><p class="note">Right topics belong to the right of '
            "<i>match</i>; from <i>offer</i> on the bot asks back; what is out of scope belongs "
            "to the left. An emergency is named from <i>emergency</i> and asked about from "
            '<i>suspicion</i>.</p><div class="panel spreads">' + "".join(drawn) + "</div>"
        )


def _best(judged: Iterable[Judged]) -> list[float]:
    return [one.scores[0][1] for one in judged]


def _fear(judged: Iterable[Judged]) -> list[float]:
    return [one.suspicion for one in judged]


def _matrix(evaluation: Evaluation) -> Iterator[str]:
    cells = matrix(evaluation)
    if not cells:
        return
    used = {id for pair in cells for id in pair}
    ids = {intent.id: intent.id for intent in evaluation.faq.intents if intent.id in used}
    picture = charts.matrix(cells, ids | {STRANGER: _OUT_OF_SCOPE}, ids | {STRANGER: "no answer"})
    yield (
        '<h2>What is taken for what</h2><p class="note">Each row is what people wanted, each '
        "column what they got, or were offered first. Blue on the diagonal is right; red is not. "
        "The last column is an honest &ldquo;I don't know that one&rdquo;.</p>"
        f'<div class="panel scroll">{picture}</div>'
    )


def _intents(evaluation: Evaluation) -> Iterator[str]:
    rows = [row for row in by_intent(evaluation) if row.asked or row.mistaken]
    if not rows:
        return
    body = "".join(map(_row, rows))
    key = "".join(
        f'<span><i class="{kind}"></i>{text}</span>'
        for kind, text in (
            ("right", "answered right"),
            ("offered", "among the three offered"),
            ("wrong", "answered wrong"),
            ("refused", "neither"),
        )
    )
    head = _cells("th", "Topic", "Asked", "", "Wrong", "Right", "Offered", "Neither", *_LAST_HEADS)
    yield f'<h2>Topic by topic</h2><div class="panel"><div class="key">{key}</div>'
    yield f"<table>{head}{body}</table></div>"


_LAST_HEADS: Final = ("Given by mistake", "Examples")
_ON_A_PHONE: Final = 4  # columns


def _row(row: IntentRow) -> str:
    became = [("right", row.right), ("offered", row.offered), ("wrong", row.wrong)]
    drawn = charts.parts([*became, ("refused", row.refused)])
    counts = (row.right, row.offered, row.refused, row.mistaken, row.examples)
    return _cells("td", _code(row.id), row.asked, drawn, row.wrong, *counts)


def _cells(tag: str, *contents: str | int) -> str:
    """Return a row of a table whose last columns a phone leaves out."""
    cells = ""
    for n, content in enumerate(contents):
        kind = "wide" if n == 2 else "desk" if n >= _ON_A_PHONE else ""
        cells += f'<{tag} class="{kind}">{content}</{tag}>'
    return f"<tr>{cells}</tr>"


def _code(id: str) -> str:
    """Return an id that may be broken where it has an underscore."""
    return f"<code>{escape(id).replace('_', '_<wbr>')}</code>"


def _pairs(evaluation: Evaluation) -> Iterator[str]:
    pairs = confusions(evaluation)[:_MOST_PAIRS]
    if pairs:
        items = "".join(
            _listed(
                len(pair.judged),
                f"{_code(pair.wanted or _OUT_OF_SCOPE)} taken for {_code(pair.got)}",
                pair.judged,
            )
            for pair in pairs
        )
        yield f'<h2>Taken for each other</h2><div class="panel">{items}</div>'


def _files(evaluation: Evaluation) -> Iterator[str]:
    files = gaps(evaluation)[:_MOST_FILES]
    if files:
        items = "".join(_listed(len(gap.judged), _code(gap.file), gap.judged) for gap in files)
        yield (
            '<h2>What to add where</h2><p class="note">The example files that would gain most, by '
            "the messages that went wrong. Don't copy these messages into the files: then nothing "
            "is left to measure with. Write others that say the same in other words.</p>"
            f'<div class="panel">{items}</div>'
        )


def _listed(count: int, title: str, judged: Sequence[Judged]) -> str:
    messages = "".join(map(_quoted, judged[:_MOST_MESSAGES]))
    first = f'<q dir="auto">{escape(_short(judged[0].message.text, _GLIMPSE))}</q>'
    return f"<details><summary><b>{count}</b>&ensp;{title} {first}</summary>{messages}</details>"


def _quoted(one: Judged) -> str:
    text = _short(one.message.text, _LONGEST)
    if one.answers:
        got = f"answered {' and '.join(one.answers)}"
    elif one.choices:
        got = f"offered {', '.join(one.choices)}"
    else:
        got = "not known"
    if one.named:
        got += f"; signs named: {', '.join(sorted(one.named))}"
    return f'<blockquote dir="auto">{escape(text)}<small>{escape(got)}</small></blockquote>'


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}&nbsp;%"
