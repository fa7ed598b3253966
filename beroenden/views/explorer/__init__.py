"""The interactive map: one HTML file that needs nothing else."""
