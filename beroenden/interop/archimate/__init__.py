"""ArchiMate models in the Open Group's exchange format, read by a map of types and properties."""
