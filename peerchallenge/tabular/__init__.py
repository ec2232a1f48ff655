"""Reading and writing tables: Word, Excel, CSV, web pages and text become rows of cells that keep their place."""

from .model import Cell, Document, Line, Paragraph, Row, Table, Unreadable
from .open import read_file, read_text

__all__ = ["Cell", "Document", "Line", "Paragraph", "Row", "Table", "Unreadable", "read_file", "read_text"]
