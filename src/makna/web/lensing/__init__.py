"""Lenses on pages: what is asked of them, what they answer, and what becomes of a proposal."""
