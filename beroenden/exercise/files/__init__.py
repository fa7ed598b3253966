"""A planned exercise as a file (ovning.toml), and its scenario as one that is simulated."""
