"""Who matters most, when, and together with whom."""
