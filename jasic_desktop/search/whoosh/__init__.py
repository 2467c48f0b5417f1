"""All that touches Whoosh: building an index in a folder, and answering from it.

Raises Fault where numpy or Whoosh cannot be loaded: a copy may be damaged, a processor too old for numpy.
"""

from jasic_desktop.core.errors import Fault

try:
    from jasic_desktop.search.whoosh.build import build_index
    from jasic_desktop.search.whoosh.opening import open_engine
except (ImportError, OSError) as error:
    # numpy says over many lines what may be wrong with an installation, and where its folder is missing it looks into
    # it to say so; the cause is what came before.
    _before = error.__context__ if isinstance(error, OSError) else error.__cause__
    _why = str(_before or error).strip().partition("\n")[0]
    raise Fault("search.not_loaded", reason=_why) from error

__all__ = ["build_index", "open_engine"]
