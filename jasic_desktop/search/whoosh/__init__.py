"""All that touches Whoosh: building an index in a folder, and answering from it."""

from jasic_desktop.search.whoosh.build import build_index
from jasic_desktop.search.whoosh.opening import open_engine

__all__ = ["build_index", "open_engine"]
