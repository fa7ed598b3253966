"""What people's changes of an exercise make doubtful. One rule, one function, one code."""
