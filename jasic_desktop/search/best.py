"""The first of very many by rank, without sorting the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.wordlist import Numbers


def first_of(ranks: NDArray[Any], limit: int) -> Numbers:
    """The places of the `limit` lowest of `ranks`, the lowest first; of equal ones the earlier first."""
    if limit <= 0:
        return np.zeros(0, np.int64)
    if len(ranks) <= 2 * limit:
        return np.argsort(ranks, kind="stable")[:limit]
    last = np.partition(ranks, limit - 1)[limit - 1]
    lower = np.flatnonzero(ranks < last)
    lower = lower[np.argsort(ranks[lower], kind="stable")]
    return np.concatenate((lower, np.flatnonzero(ranks == last)[: limit - len(lower)]))
