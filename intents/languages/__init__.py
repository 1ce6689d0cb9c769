"""What is known of each language, as data: a folder a language, read into a frozen value."""
