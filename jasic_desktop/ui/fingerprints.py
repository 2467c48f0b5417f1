"""Fingerprints as they can be read out and compared by eye."""

from __future__ import annotations


def grouped(fingerprint: str) -> str:
    """A fingerprint in fours, which can be broken into lines."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))
