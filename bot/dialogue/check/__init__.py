"""The check for warning signs: its questions, the answers to them, its result."""
