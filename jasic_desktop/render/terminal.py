"""All that is drawn for a terminal: a page, hits, facets, events, labelled values, coverage."""

from jasic_desktop.render.terminal_lists import (
    render_coverage,
    render_facets,
    render_facts,
    render_hits,
    render_timeline,
)
from jasic_desktop.render.terminal_page import render_page

__all__ = ["render_coverage", "render_facets", "render_facts", "render_hits", "render_page", "render_timeline"]
