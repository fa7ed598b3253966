"""Durations, Swedish numbers, money and times."""
