"""Minimal cut sets: which lasting failures together bring an entity or a payment down, exactly."""
