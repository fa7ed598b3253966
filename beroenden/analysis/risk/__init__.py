"""Failures over many years of one calendar: expected consequences, how bad a year can be, and the chains they take."""
