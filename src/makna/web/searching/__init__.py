"""Searching as its page shows it."""
