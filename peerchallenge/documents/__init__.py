"""Papers and files: PDFs that everybody can read, and private files that never change."""
