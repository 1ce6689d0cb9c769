"""What this bot carries, beside the same FAQ as others' examples write it: one run, one table.

    pip install -r benchmarks/requirements.txt
    python benchmarks/throughput.py [--messages N] [--at-once N] [--runs N] [--quick] [--only NAME]

All talk to one stand-in for the Bot API that answers at once, on the loopback. Each runs on one
core, the stand-in (and PostgreSQL) on another where there are two. Every figure is the median of
the runs, which take turns, so that what else the machine does falls on all.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs as a script, as its help says

from benchmarks import throughput_contenders as contenders  # noqa: E402
from benchmarks import throughput_postgres  # noqa: E402
from benchmarks.throughput_process import share_cores  # noqa: E402
from benchmarks.throughput_run import RATE, Figures, Work, measure, median, warm  # noqa: E402
from intents.content.loader import load  # noqa: E402

NAME_WIDTH: Final = 40
QUESTIONS: Final = ROOT / "tests" / "questions" / "seen" / "faq.jsonl"
HEADINGS: Final = (
    *("", "messages/s", "CPU ms", "a core/s", "p50 ms", "p99 ms"),
    *("peak MB", "MB", "start s", "calls"),
)
FOOT: Final = (
    "messages/s: all waiting at once. CPU ms: user and system of the bot's process, a message.\n"
    "a core/s: messages a second of CPU. p50, p99: from a message's arrival to its answer, when\n"
    f"{RATE:.0f} a second come at random moments. start: from exec until it asks for updates, or\n"
    "takes them. calls: of the Bot API, a message; this bot may say two things at once. sealed:\n"
    "STATE_KEY is set."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=3000, metavar="N", help="waiting at once")
    parser.add_argument("--at-once", type=int, metavar="N", help="so many only, until answered")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each, taking turns")
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--only", default="", metavar="NAME", help="those with it in their name")
    chosen = parser.parse_args(arguments)
    messages, paced = (600, 100) if chosen.quick else (chosen.messages, 400)
    work = Work(messages, paced, chosen.at_once or messages)
    runs = 1 if chosen.quick else chosen.runs
    with tempfile.TemporaryDirectory(prefix="throughput-") as made:
        results = _results(Path(made), work, runs, chosen.only)
    print("\n".join([*_table(results), "", FOOT, *_verdict(results)]))
    return 0 if results and not any(figures.unanswered for figures in results.values()) else 1


def _results(folder: Path, work: Work, runs: int, only: str) -> dict[str, Figures]:
    """Measure everyone in turns."""
    core = share_cores().measured
    faq, texts = _content(folder)
    found: dict[str, list[Figures]] = {}
    with throughput_postgres.running() as server:
        if server is None:
            print("PostgreSQL is not installed: left out.", file=sys.stderr)
        for run in range(runs):
            everyone = [*contenders.ours(folder, server), *contenders.peers(faq)]
            for contender in (c for c in everyone if only in c.name):
                if run == 0:
                    warm(contender, texts, core)
                print(f"run {run + 1} of {runs}: {contender.name}", file=sys.stderr)
                found.setdefault(contender.name, []).append(measure(contender, texts, core, work))
    return {name: median(figures) for name, figures in found.items()}


def _content(folder: Path) -> tuple[Path, Path]:
    """Write the FAQ for the peers and the messages for everyone; return the two files."""
    faq, texts = folder / "faq.json", folder / "texts.json"
    content = load(ROOT / "faq.yaml", None)
    answers = {intent.question: intent.answer for intent in content.intents if intent.question}
    faq.write_text(json.dumps(answers))
    lines = QUESTIONS.read_text().splitlines()
    texts.write_text(json.dumps([json.loads(line)["text"] for line in lines if line]))
    return faq, texts


def _table(results: Mapping[str, Figures]) -> Iterator[str]:
    yield _line(HEADINGS)
    for name, f in results.items():
        whole = (f.rate, f.a_core, f.peak, f.steady)
        rate, a_core, peak, steady = (f"{value:.0f}" for value in whole)
        latency = (f"{f.p50:.1f}", f"{f.p99:.1f}")
        end = (f"{f.start:.2f}", f"{f.calls:.2f}")
        yield _line((name, rate, f"{f.cpu_ms:.2f}", a_core, *latency, peak, steady, *end))


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:{NAME_WIDTH}}" + "".join(f"{cell:>11}" for cell in cells[1:])


def _verdict(results: Mapping[str, Figures]) -> Iterator[str]:
    """Say what the stand-in could carry, who left messages unanswered, and how far we lead."""
    busiest = max(results.values(), key=lambda f: f.rate * f.api_ms, default=None)
    if busiest:
        slowest = max(f.api_ms for f in results.values())
        share = busiest.rate * busiest.api_ms / 10
        yield (
            f"The stand-in itself could carry {1000 / slowest:.0f} messages/s or more; at most"
            f" {share:.0f} % of its core was used."
        )
    for name, figures in results.items():
        if figures.unanswered:
            yield f"{name}: {figures.unanswered:.0f} messages were not answered."
    mine = [f.a_core for name, f in results.items() if name.startswith(contenders.THIS)]
    for peer in (contenders.PTB, contenders.AIOGRAM):
        if mine and peer in results:
            least, most = (value / results[peer].a_core for value in (min(mine), max(mine)))
            yield f"Messages/s a core beside {peer}: {least:.2f} to {most:.2f} times."


if __name__ == "__main__":
    raise SystemExit(main())
