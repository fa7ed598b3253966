"""After the exercise: what the players' logs say, against what the injects and the simulation say."""
