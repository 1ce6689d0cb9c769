"""The Telegram shell: updates in, Bot API calls out; the only package that imports telegram."""
