"""Answers that were parked by versions in which Telegram was the only channel.

Those stored the calls themselves. A parked answer lives two days, so that this module may go with
the release after the next.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any, Final

from bot.channels.telegram import markup
from bot.channels.telegram.updates import key_of
from bot.dialogue import reply_json
from bot.dialogue.events import Button, Keyboard, Redraw, Reply, Say, Settle

_TAG: Final = re.compile(r"</?b>")


def modern(parked: str, *, chosen: Callable[[str], str]) -> str:
    """Return a parked answer as it is written today; one of today is returned as it is.

    Errors: ValueError when it is damaged.
    """
    if not parked.startswith("{"):
        return parked
    try:
        row = json.loads(parked)
        chat = int(row["chat"])
        message_id, shown = None, None
        replies: list[Reply] = []
        for name, fields in row["calls"]:
            if name == "SendText":
                replies.append(_said(fields))
                continue
            message_id = int(fields["message_id"])
            if name == "EditText":
                shown, _, line = str(fields["html"]).rpartition("\n\n")
                replies.append(Settle(_label(line, chosen)))
            elif name == "EditKeyboard":
                replies.append(Redraw(_keyboard(fields["keyboard"])))
            else:
                raise ValueError(name)
        header = [key_of(chat), int(row["update"]), json.dumps([chat, message_id, shown]), 0, -1]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a parked answer") from error
    return f"{json.dumps(header)}\n{reply_json.dump(tuple(replies))}"


def _said(fields: dict[str, Any]) -> Say:
    keyboard = _keyboard(fields["keyboard"])
    return Say(_starred(fields["html"]), keyboard, fields["urgent"] is True)


def _label(line: str, chosen: Callable[[str], str]) -> str:
    """Return the button's label from the line that shows it."""
    before, _, after = chosen("\0").partition("\0")
    return html.unescape(
        line.removeprefix(markup.to_html(markup.runs(before))).removesuffix(
            markup.to_html(markup.runs(after))
        )
    )


def _starred(text: str) -> str:
    """Return a reply's text, in which stars mark bold type, from its HTML."""
    return html.unescape(_TAG.sub("*", text))


def _keyboard(rows: list[list[dict[str, str]]]) -> Keyboard:
    return tuple(tuple(Button(str(b["label"]), str(b["data"])) for b in row) for row in rows)
