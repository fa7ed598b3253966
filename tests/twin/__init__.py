"""A slow second reading of the design, written apart from the package and compared with it."""
