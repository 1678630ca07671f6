"""Erasure: what goes, found; batches and links written anew without it; a journal that brings it to its end after a crash."""
