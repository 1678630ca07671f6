"""Benchmarks: Makna beside named peers, on the same data, in the same run. By hand, on an otherwise idle machine."""
