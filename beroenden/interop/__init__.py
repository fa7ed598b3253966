"""Other formats than the model files."""
