"""How well messages are understood, beside other ways to do it: one run, one table.

    pip install --no-deps -r benchmarks/requirements.txt
    python benchmarks/understanding.py                   our own content and questions
    python benchmarks/understanding.py --real FOLDER     messages of your own, as people type them
    python benchmarks/understanding.py --public FOLDER   public intent sets, ten examples an intent
    python benchmarks/understanding.py --growth          1,500, 15,000 and 150,000 examples

Our own questions are the tidy ones of `tests/questions/seen` and, in a table of their own, those
in the shape of real messages: the labelled files of a folder, without what asks for nothing.

Every peer learns from the same examples and answers the same questions, one at a time on one
core, in a process of its own. All get a threshold in the same way: the lowest at which at most 4 %
of the questions out of scope are answered (and, as "safe", at most 3 % of the others wrongly).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs as a script, as its help says
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"  # one core each; read when a process first imports numpy

import numpy as np  # noqa: E402

from benchmarks import peers, tasks  # noqa: E402
from benchmarks.measuring import MakePeer, Result, measure  # noqa: E402
from intents.content.loader import load  # noqa: E402

SEEN: Final = ROOT / "tests" / "questions" / "seen"
REAL: Final = ROOT / "tests" / "questions" / "real"
PEERS: Final[dict[str, MakePeer]] = {
    peers.THIS: peers.ThisMatcher,
    f"{peers.THIS} + MiniLM": peers.ThisMatcherSemantic,
    "rapidfuzz WRatio": partial(peers.NearestFuzzy, "WRatio"),
    "rapidfuzz token_set_ratio": partial(peers.NearestFuzzy, "token_set_ratio"),
    "TF-IDF words + softmax": partial(peers.TfIdf, letters=False),
    "TF-IDF words, letters + softmax": partial(peers.TfIdf, letters=True),
    "MiniLM, nearest examples": peers.MiniLMNearest,
    "MiniLM + softmax": peers.MiniLMSoftmax,
}
GROWN: Final = (peers.THIS, "rapidfuzz WRatio")  # the rest would take hours
SIZES: Final = (1_500, 15_000, 150_000)
ASKED_OF_GROWN: Final = 200  # questions, evenly spread
HEADINGS: Final = ("", "top-1", "top-3", "direct", "wrong", "safe", "ms", "fit s", "MB")
FOOT: Final = (
    "direct, wrong: answered rightly and wrongly at the threshold that lets 4 % of the questions\n"
    "out of scope be answered; safe: answered rightly, with at most 3 % answered wrongly, too.\n"
    "ms: median a message, like fit s of one processor. MB: growth of the process, with imports."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    chosen = _parser().parse_args(arguments)
    if chosen.public:
        found = [tasks.public(path.parent) for path in chosen.public.glob("*/examples.jsonl")]
        content = sorted(found, key=lambda task: task.name)
        if not content:
            print(f"{chosen.public}: no folder in it holds examples.jsonl.", file=sys.stderr)
            return 2
    else:
        if faulty := [folder for folder in chosen.real if not any(folder.glob("*.jsonl"))]:
            print(f"{faulty[0]}: no labelled file, *.jsonl, lies in it.", file=sys.stderr)
            return 2
        shapes = [path for folder in chosen.real for path in sorted(folder.glob("*.jsonl"))]
        content = [tasks.own(load(chosen.faq), chosen.questions, shapes)]
    for task in content:
        for line in _growth(task) if chosen.growth else _side_by_side(task, chosen.peer):
            print(line, flush=True)
    print(FOOT)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    labelled = [SEEN / f"{name}.jsonl" for name in ("faq", "multi", "out_of_scope")]
    parser.add_argument("--faq", type=Path, default=ROOT / "faq.yaml")
    parser.add_argument("--questions", type=Path, nargs="+", default=labelled, metavar="JSONL")
    parser.add_argument("--real", type=Path, nargs="+", default=[REAL], metavar="FOLDER")
    parser.add_argument("--public", type=Path, metavar="FOLDER", help="holds a folder a set")
    parser.add_argument("--growth", action="store_true", help="more and more examples")
    parser.add_argument(
        "--peer", action="append", choices=PEERS, help="only this; may be repeated"
    )
    return parser


def _side_by_side(task: tasks.Task, chosen: Iterable[str] | None) -> Iterator[str]:
    intents, examples = len(task.faq.intents), len(task.examples[0])
    asked = len(task.questions)
    yield f"{task.name}: {intents} intents, {examples:,} examples, {asked:,} questions"
    yield _line(HEADINGS)
    results = {}
    for name in chosen or PEERS:
        results[name] = measure(PEERS[name], task)
        yield _row(name, results[name])
    yield ""
    if task.shapes:
        yield "as people type them: right first / among the first three, in %"
        yield from _shaped(task, results)
        yield ""


def _shaped(task: tasks.Task, results: Mapping[str, Result]) -> Iterator[str]:
    counts = [len(one.questions) for one in task.shapes]
    names = [one.name for one in task.shapes]
    headings = zip((*names, "all"), (*counts, sum(counts)), strict=True)
    yield _shaped_line(["", *(f"{name} ({count})" for name, count in headings)])
    for name, result in results.items():
        first, three = np.average(result.shapes, axis=0, weights=counts)
        shares = (*result.shapes, (first, three))
        yield _shaped_line([name, *(f"{100 * a:.1f} / {100 * b:.1f}" for a, b in shares)])


def _shaped_line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<36}" + "".join(f"{cell:>15}" for cell in cells[1:])


def _growth(task: tasks.Task) -> Iterator[str]:
    step = max(1, len(task.questions) // ASKED_OF_GROWN)
    asked = replace(task, questions=task.questions[::step], shapes=())
    yield f"{task.name}, its examples cut down or grown by noisy copies"
    yield _line(HEADINGS)
    for size in SIZES:
        grown = tasks.grown(asked, size)
        for name in GROWN:
            yield _row(f"{size:,} examples: {name}", measure(PEERS[name], grown))
    yield ""


def _row(name: str, result: Result) -> str:
    shares = (result.top_1, result.top_3, result.direct, result.wrong, result.safe)
    written = [f"{100 * share:.1f} %" if share is not None else "–" for share in shares]
    costs = (f"{result.milliseconds:.2f}", f"{result.fit_seconds:.1f}", f"{result.megabytes:.0f}")
    return _line((name, *written, *costs))


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<44}" + "".join(f"{cell:>8}" for cell in cells[1:])


if __name__ == "__main__":
    sys.exit(main())
