"""What leaves the archive: one module for each format, all of them over records and blocks."""
