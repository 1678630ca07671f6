"""Measures and lenses: pure functions over Ibis tables, without I/O and without drawing."""
