"""Participants and accounts as cases: lists, a grid of their attributes, and what they answered."""
