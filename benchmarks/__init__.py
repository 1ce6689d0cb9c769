"""This project beside its peers, each benchmark one run and one table."""
