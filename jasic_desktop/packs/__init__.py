"""Archives as files: the source form a curator edits, the pack that is handed over, and the store that is read."""
