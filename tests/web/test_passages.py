"""Passages as every page shows them: words and context."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makna.web.passages import _after, _before

TEXTS = st.text(alphabet="ab \n⟦⟧🙂", max_size=60)


@settings(suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(TEXTS, st.integers(0, 60), st.integers(1, 20))
def test_context_stands_beside_the_passage_and_cuts_no_word(text: str, at: int, context: int) -> None:
    """Unless a single word is longer than the context."""
    at = min(at, len(text))
    before, after = _before(text, at, context), _after(text, at, context)
    assert text[:at].endswith(before) and text[at:].startswith(after)
    assert len(before) <= context and len(after) <= context
    if " " in text[max(0, at - context) : at] and before:
        assert at == len(before) or text[at - len(before) - 1].isspace()
    if " " in text[at : at + context] and after:
        assert at + len(after) == len(text) or text[at + len(after)].isspace()
