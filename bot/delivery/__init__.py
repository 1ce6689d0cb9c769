"""Each update moves its chat once and is answered, whatever channel it came by."""
