"""Reading, checking and writing the TOML files of a model, of scenarios and of checks."""
