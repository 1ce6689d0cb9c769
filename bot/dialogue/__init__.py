"""The core of the conversation: step(state, event) -> (state, replies). Pure."""
