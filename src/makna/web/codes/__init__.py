"""The codebook as its pages show it."""
