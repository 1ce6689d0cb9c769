"""From text to meaning: what a message asks, and which warning signs it affirms.

Pure: nothing here knows of Telegram, a clock or the environment, and nothing is async.
"""
