"""What a person asks from Python: the commands' questions with the commands' words, results as frames and as a page."""
