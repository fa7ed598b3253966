"""Properties that hold for every model, and the package against its slow twin."""
