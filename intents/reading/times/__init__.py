"""Lengths of time in a message: how much, since when, whose, and whether it has lasted."""
