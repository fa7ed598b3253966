"""Many scenarios at once: levels by the compiled kernel. Only what asks for a batch imports numba."""
