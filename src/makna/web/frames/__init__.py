"""The frame as its pages show it."""
