"""Pictures of the model and of what a scenario does to it."""
