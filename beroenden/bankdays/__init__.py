"""Swedish bank days and opening hours."""
