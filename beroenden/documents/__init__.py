"""Words on paper: documents made of situations."""
