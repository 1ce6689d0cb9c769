"""From meaning to conversation: the dialogue core, its storage and its two shells."""
