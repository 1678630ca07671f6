"""When what lenses propose is shown: after a few documents were coded unaided."""

from __future__ import annotations

from makna.record.models import Coding, Person, Settings, Study

_DEFAULT = Settings().proposals_hidden_until


def unaided_left(study: Study, person: Person) -> int:
    """How many documents this person has still to code unaided before proposals are shown to them."""
    asked = Settings.objects.filter(study=study).values_list("proposals_hidden_until", flat=True).first()
    wanted = _DEFAULT if asked is None else asked
    if not wanted:
        return 0
    mine = Coding.objects.filter(study=study, coder=person, lens="").order_by()
    return max(0, wanted - len(mine.values_list("source", flat=True).distinct()[:wanted]))
