"""Where the actors' expectations of each other do not meet, and what is not known."""
