"""Questions to a model and its outcomes: portraits, explanations, the calendar, expectations."""
