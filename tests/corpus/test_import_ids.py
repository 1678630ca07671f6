"""Ids kept in half their room come back as they were."""

from __future__ import annotations

import numpy as np
import pytest

from makna.corpus.importing.ids import NONE, Ids

BASE = 3 << 32


@pytest.mark.parametrize(
    "ids",
    [
        [],
        [NONE],
        [BASE, BASE + 1, BASE + 2**31 - 1],
        [BASE + 2**31, BASE + 2**32 - 1],  # farther than four bytes tell
        [1 << 32, BASE, NONE, (2 << 32) + 7, 1 << 32],  # of earlier batches
        [BASE - 1, 0],
    ],
)
def test_ids_come_back_as_they_were(ids: list[int]) -> None:
    column = Ids.of(np.array(ids, np.int64), BASE)
    rows = np.arange(len(ids))[::-1]
    assert column[rows].tolist() == ids[::-1]
    assert column.near.dtype == np.int32


def test_an_id_is_kept_once() -> None:
    column = Ids.of(np.array([5, NONE, 5, BASE, NONE], np.int64), BASE)
    assert column.others.tolist() == [NONE, 5]
