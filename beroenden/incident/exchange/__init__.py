"""A delgivning as a file that another actor reads."""
