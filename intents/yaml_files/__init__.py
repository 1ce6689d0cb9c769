"""YAML as a tree that knows its lines, and the faults found in it."""
