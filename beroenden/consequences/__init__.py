"""Payment runs, their delay, and what it means for citizens."""
