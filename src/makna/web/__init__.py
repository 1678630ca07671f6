"""The workbench: pages over the library, its lenses and its record, served by this machine to its own browser."""
