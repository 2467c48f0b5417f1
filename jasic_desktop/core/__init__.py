"""Values and plumbing that every other package stands on; knows no toolkit, no index and no file format."""
