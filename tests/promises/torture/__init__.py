"""The bot under faults, for real: `make torture`. Slower than the tests, so apart from them."""
