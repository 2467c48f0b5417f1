"""Pages on paper: laid out from the block model for print, preview and PDF."""
