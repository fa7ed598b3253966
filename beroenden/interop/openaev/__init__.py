"""An exercise for OpenAEV (earlier OpenBAS, OpenEx): a scenario to import, or a sheet with the mapper that reads it."""
