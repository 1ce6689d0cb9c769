"""How well labelled messages are understood: figures, thresholds, a report."""
