"""Excel 文件: lists written for offices, and lists they send back."""

from .book import Sheet, write_book
from .read import SheetRow, read_sheet
from .write import write_sheet

__all__ = ["Sheet", "SheetRow", "read_sheet", "write_book", "write_sheet"]
