"""Hypothesis settings of this folder: the same examples every time."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "properties",
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("properties")
