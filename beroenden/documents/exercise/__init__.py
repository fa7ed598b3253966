"""The exercise's documents: the game control's own (spelledning) and what is handed to the players."""
