"""The window of a reading room: one page, large type and targets, and nothing that leads out of it."""
