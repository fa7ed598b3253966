"""From a network and outages to the level of every entity over time."""
