"""Laying two models side by side and making one of them, never the last writer's."""
