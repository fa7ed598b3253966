"""What differs between two models, and what that changes in consequences."""
