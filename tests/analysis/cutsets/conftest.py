"""Hypothesis settings of this folder: the same examples every time."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "cutsets",
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("cutsets")
