"""The door: normalise, recognise, replace, coarsen; pseudonyms; the second scan.

Nothing that identifies a person passes into a study. Signs stay, persons do not.
"""
