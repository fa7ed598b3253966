"""The questionnaire (formulär) by which an actor answers for its own part of the model: in Excel and CSV, there and back."""
