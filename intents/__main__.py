"""Try a content: read messages with it, check it for faults, measure it on labelled messages."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from intents.command_line.arguments import arguments_parser
from intents.content.faq import Faq, FaqError
from intents.learning.encoder import EncoderFault
from intents.progress import INTERRUPTED, shown
from intents.yaml_files.faults import Fault, FileFaults

if TYPE_CHECKING:
    from intents.evaluation.evaluate import Evaluation
    from intents.evaluation.labelled import Labelled
    from intents.understanding import Understanding

FAULT: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    options = arguments_parser(__doc__).parse_args(arguments)
    commands = {"match": _match, "validate": _validate, "fit": _fit, "evaluate": _evaluate}
    try:
        done = commands[options.command](options)
        sys.stdout.flush()
        return done
    except FileFaults as error:
        return _refuse(error.faults)
    except EncoderFault as error:
        print(error, file=sys.stderr)
        return FAULT
    except BrokenPipeError:  # whoever read our lines has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


# match


def _match(options: argparse.Namespace) -> int:
    from intents.command_line import explain

    understanding = _understanding(options.faq, options.semantic)
    if sys.stdin.isatty():
        print("Write a message; Ctrl-D leaves.", file=sys.stderr)
    for text in _lines_of(sys.stdin.buffer):
        understood = understanding.understand(text)
        if options.json:
            _print(json.dumps(explain.values(text, understood, understanding), ensure_ascii=False))
        else:
            _print(
                "\n".join([f"> {_visible(text)}", *explain.lines(understood, understanding), ""])
            )
    return 0


def _lines_of(stream: BinaryIO) -> Iterator[str]:
    """Yield lines as they come; what is no UTF-8 is replaced."""
    for line in stream:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _visible(text: str) -> str:
    """Return a message as one short line, without what a terminal would obey."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"


# validate


def _validate(options: argparse.Namespace) -> int:
    from intents.content import summary

    faq = _load(options.file)
    for line in summary.lines(faq, str(options.file)):
        _print(line)
    if options.patterns:
        _print_patterns(faq)
    return 0


def _print_patterns(faq: Faq) -> None:
    from intents.evaluation.pattern_table import sign_rows, table_lines

    rows = sign_rows(faq, lambda lines: shown(lines, "Reading"))
    for line in ("", *table_lines(rows)):
        _print(line)


# fit


def _fit(options: argparse.Namespace) -> int:
    from intents.opening import default_cache

    _understanding(options.file, options.semantic)
    _print(f"What was learned is kept in {default_cache()}.")
    return 0


# evaluate


def _evaluate(options: argparse.Namespace) -> int:
    from intents.evaluation import text as evaluation_text
    from intents.evaluation.labelled import read_labelled

    if not options.questions and not options.calibrate:
        print("Name a file of labelled messages, or --calibrate.", file=sys.stderr)
        return 2
    faq = _load(options.faq)
    messages = read_labelled(options.questions, faq)
    values: dict[str, object] = {}
    if options.calibrate:
        values["calibrated"] = _calibrate(faq, options)
    if messages:
        evaluation = _evaluated(messages, options)
        values |= evaluation_text.values(evaluation)
        if options.report and not _report(evaluation, options.report):
            return FAULT
        if not options.json:
            for line in evaluation_text.lines(evaluation, options.misses):
                _print(line)
    if options.json:
        _print(json.dumps(values, ensure_ascii=False, indent=2))
    return 0


def _evaluated(messages: Sequence[Labelled], options: argparse.Namespace) -> Evaluation:
    from intents.evaluation.evaluate import evaluate

    understanding = _understanding(options.faq, options.semantic)
    faq = _load(options.faq)  # once more: its thresholds may be new, and a fit drops the examples
    return evaluate(faq, understanding, messages, options.all, lambda w: shown(w, "Reading"))


def _calibrate(faq: Faq, options: argparse.Namespace) -> dict[str, object]:
    """Choose thresholds and write them into the content; return them as values."""
    from intents.content.thresholds import write_thresholds
    from intents.evaluation import text as evaluation_text
    from intents.evaluation.calibrate import Aims, calibrate
    from intents.evaluation.crossvalidation import held_out
    from intents.opening import default_cache, open_encoder

    encoder = open_encoder(default_cache()) if options.semantic else None
    scored = held_out(faq, lambda folds: shown(folds, "Cross-validation"), encoder)
    found = calibrate(faq.thresholds, scored, Aims(harder=options.harder))
    try:
        write_thresholds(options.faq, asdict(found.thresholds))
    except OSError as error:
        raise FaqError((_unwritten(options.faq, error),)) from error
    if not options.json:
        for line in evaluation_text.calibration_lines(faq.thresholds, found):
            _print(line)
        _print(f"\nWritten to {options.faq}.")
    return evaluation_text.calibration_values(found)


def _report(evaluation: Evaluation, path: Path) -> bool:
    """Write the page; say so, and tell whether it could be written."""
    from intents.evaluation import report

    try:
        path.write_text(report.page(evaluation), encoding="utf-8")
    except OSError as error:
        _refuse((_unwritten(path, error),))
        return False
    print(f"The report is in {path}.", file=sys.stderr)
    return True


# What all three need


def _load(path: Path) -> Faq:
    from intents.content.loader import load

    return load(path, _today())


def _today() -> date:
    return datetime.now(UTC).date()


def _understanding(path: Path, semantic: bool) -> Understanding:
    from intents.opening import default_cache, open_encoder, open_understanding

    cache = default_cache()
    return open_understanding(path, _today(), cache, open_encoder(cache) if semantic else None)


def _print(line: str) -> None:
    """Write a line at once, so that a program which reads along has it."""
    sys.stdout.buffer.write(line.encode("utf-8", errors="replace") + b"\n")
    sys.stdout.buffer.flush()


def _refuse(faults: Sequence[Fault]) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    return FAULT


def _unwritten(path: Path, error: OSError) -> Fault:
    what = f"This file cannot be written: {error.strerror or error}."
    return Fault(str(path), 1, what, "Check its folder and that you may write there.")


if __name__ == "__main__":
    sys.exit(main())
