"""The reference study on invented people, made by a seeded generator."""

from makna.demo.sources import generate, generate_posts
from makna.demo.truth import Truth

__all__ = ["Truth", "generate", "generate_posts"]
