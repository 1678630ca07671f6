"""Makna: a workbench for qualitative research on how people in an online community make meaning together."""

__version__ = "0.1.0"
