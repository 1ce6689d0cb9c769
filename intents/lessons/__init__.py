"""What the lines of a content teach: read once, in two processes, and kept for the next time."""
