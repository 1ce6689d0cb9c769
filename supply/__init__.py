"""What the bot is made of beside itself: its packages, their licences, the holes known in them."""
