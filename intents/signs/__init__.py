"""Which warning signs a message names, and which it makes us suspect."""
