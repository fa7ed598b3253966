"""The inject list (inspelslista) of an exercise in Excel and CSV, there and back."""
