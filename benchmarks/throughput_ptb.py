"""The FAQ as python-telegram-bot's examples would write it, after its echobot.py.

TELEGRAM_API_URL=http://… python benchmarks/throughput_ptb.py FAQ.json [concurrent]
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

from rapidfuzz import fuzz, process, utils
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

logging.basicConfig(
    format="%(asctime)s - %(name)s - %(levelname)s - %(message)s", level=logging.INFO
)
logging.getLogger("httpx").setLevel(logging.WARNING)

FAQ: dict[str, str] = {}
QUESTIONS: list[str] = []


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with what belongs to the most similar question."""
    if update.message is None or update.message.text is None:
        return
    best = process.extractOne(
        update.message.text, QUESTIONS, scorer=fuzz.WRatio, processor=utils.default_process
    )
    await update.message.reply_text(FAQ[best[0]])


def main(faq: str, *options: str) -> None:
    """Run the bot."""
    FAQ.update(json.loads(Path(faq).read_bytes()))
    QUESTIONS.extend(FAQ)
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
    application = builder.concurrent_updates("concurrent" in options).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, answer))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main(*sys.argv[1:])
