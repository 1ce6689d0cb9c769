"""Where people are met: the terminal, Telegram."""
