"""Many scenarios at once, to the late payments. Only what asks for a batch imports numba."""
