"""What must hold in a model beyond the form of each value. One rule, one function, one code."""
