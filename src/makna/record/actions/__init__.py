"""What people can do in a study: one module each. Pages, the command line, notebooks and importers call these."""
