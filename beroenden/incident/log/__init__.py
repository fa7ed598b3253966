"""The incident log: one file that only grows, read with findings and appended to under a lock."""
