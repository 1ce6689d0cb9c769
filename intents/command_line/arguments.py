"""The command line of `python -m intents`, installed `twitchcheck-content`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from intents.opening import default_content


def arguments_parser(description: str | None) -> argparse.ArgumentParser:
    """Return what reads the arguments of `python -m intents`."""
    as_module = Path(sys.argv[0]).name == "__main__.py"
    parser = argparse.ArgumentParser("python -m intents" if as_module else None, None, description)
    content = default_content()
    commands = parser.add_subparsers(dest="command", required=True)
    match = commands.add_parser("match", help="read messages from standard input, one a line")
    match.add_argument("--json", action="store_true", help="one JSON object a line")
    validate = commands.add_parser("validate", help="check the content for faults")
    validate.add_argument("file", nargs="?", type=Path, default=content, metavar="FILE")
    validate.add_argument(
        "--patterns",
        action="store_true",
        help="also show, for each warning sign, the share of its own lines that its patterns find;"
        " for each pattern how many of them, and how many lines that tell no sign it hits falsely"
        " (with one of these); nothing needs to be learned for it",
    )
    fit = commands.add_parser("fit", help="learn from the content, for the next start to be quick")
    fit.add_argument("file", nargs="?", type=Path, default=content, metavar="FILE")
    evaluate = commands.add_parser("evaluate", help="measure on labelled messages; calibrate")
    evaluate.add_argument("questions", nargs="*", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--json", action="store_true", help="the figures as one JSON object")
    evaluate.add_argument(
        "--report", type=Path, metavar="FILE.html", help="write a page to look at"
    )
    evaluate.add_argument(
        "--misses", action="store_true", help="show every message that went wrong"
    )
    evaluate.add_argument(
        "--all", action="store_true", help="count messages inside a check as questions"
    )
    evaluate.add_argument(
        "--calibrate",
        action="store_true",
        help="choose the thresholds by cross-validation and write them into the content file",
    )
    evaluate.add_argument(
        "--harder",
        type=_factor,
        default=2.5,
        metavar="TIMES",
        help="with --calibrate: how many times as often examples that were kept aside go wrong"
        " as real messages do (default 2.5; 1 takes them for real messages)",
    )
    for command in (match, evaluate):
        command.add_argument("--faq", type=Path, default=content, metavar="FILE")
    for command in (match, fit, evaluate):
        command.add_argument(
            "--semantic",
            action="store_true",
            help="read with the optional sentence encoder, too, as a bot with SEMANTIC=on does;"
            " its scores are higher: whoever changes the content and switches it on should set the"
            " thresholds for it (evaluate --semantic --calibrate) and look at the figures",
        )
    return parser


def _factor(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("it must be more than 0")
    return value
