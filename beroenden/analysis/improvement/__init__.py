"""What would help most: single changes of the model and what each takes off the consequences."""
