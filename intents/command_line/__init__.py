"""The command line of the content: what it takes, and how a message is explained."""
