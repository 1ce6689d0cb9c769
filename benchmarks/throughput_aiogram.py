"""The FAQ as aiogram's examples would write it, after its echo_bot.py.

TELEGRAM_API_URL=http://… python benchmarks/throughput_aiogram.py FAQ.json
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from rapidfuzz import fuzz, process, utils

FAQ: dict[str, str] = {}
QUESTIONS: list[str] = []


async def answer(message: Message) -> None:
    """Answer with what belongs to the most similar question."""
    best = process.extractOne(
        message.text or "", QUESTIONS, scorer=fuzz.WRatio, processor=utils.default_process
    )
    await message.answer(FAQ[best[0]])


async def main(faq: str) -> None:
    """Run the bot."""
    FAQ.update(json.loads(Path(faq).read_bytes()))
    QUESTIONS.extend(FAQ)
    server = TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout)
    asyncio.run(main(*sys.argv[1:]))
