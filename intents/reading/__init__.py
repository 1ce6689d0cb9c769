"""From text to a reading: words, sentences, clauses, what is affirmed of them, times."""
