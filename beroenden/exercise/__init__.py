"""Exercises: scenarios that test chosen actors, what players are told and when, and what came of it."""
