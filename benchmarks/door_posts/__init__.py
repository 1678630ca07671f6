"""Posts of invented people for measuring the door: identifiers in many disguises, and harmless posts full of numbers.

Written without a look at the recognisers' word lists and rules: the words, names, carriers and disguises here are what
people write, not what the door knows.
"""
