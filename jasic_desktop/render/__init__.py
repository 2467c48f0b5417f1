"""Records, hits and the timeline as blocks and layouts that any front end can draw; nothing here opens anything."""
