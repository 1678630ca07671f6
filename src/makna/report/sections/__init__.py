"""The sections of a report, in their order; each turns what it is given into blocks."""
