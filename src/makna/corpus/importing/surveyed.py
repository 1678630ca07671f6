"""What the first reading keeps of a post and of an account: a few numbers, none of them an identifier."""

from __future__ import annotations

import numpy as np

CONTEXT, MINOR = 1, 2  # flags of a surveyed post
NO_TIME = np.iinfo(np.int64).max  # a post without a time comes last in its conversation

POST = np.dtype(
    [
        ("post", "u8"),
        ("content", "u8"),
        ("account", "u8"),
        ("parent", "u8"),
        ("conversation", "u8"),
        ("sent", "i8"),
        ("flags", "u1"),
    ]
)  # one surveyed post; 0 where the source has nothing
ACCOUNT = np.dtype([("account", "u8"), ("handle", "u8")])  # the two keys one account goes by
