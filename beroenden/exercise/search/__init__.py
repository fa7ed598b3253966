"""Finding outages that make a good exercise for chosen actors."""
