"""What a character looks like: the door's table, for whoever reads words outside the door."""

from __future__ import annotations

from makna.corpus.disguise.normalise import EMOJI, plain

__all__ = ["EMOJI", "plain"]
