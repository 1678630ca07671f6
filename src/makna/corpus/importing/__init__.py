"""From a source file to a committed batch: survey, structure, disguise, write."""
