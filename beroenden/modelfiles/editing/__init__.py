"""Changing model files: what an edit does not touch stays byte for byte as it was."""
