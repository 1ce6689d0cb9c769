"""Texts as numbers, and the classifiers fitted to them."""
