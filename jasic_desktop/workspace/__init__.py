"""What a person makes and must never lose: selection, collections, notes, saved searches, history, research log."""
