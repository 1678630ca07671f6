"""``makna.Library``: the face of Makna for scripts and notebooks. The command line says the same words."""

from makna.library.folder import Library, slug
from makna.library.queries import refuse_identifiers
from makna.library.study import Study

__all__ = ["Library", "Study", "refuse_identifiers", "slug"]
