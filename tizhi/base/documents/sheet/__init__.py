"""Excel 文件: lists written for offices, and lists they send back."""

from .read import SheetRow, read_sheet
from .write import write_sheet

__all__ = ["SheetRow", "read_sheet", "write_sheet"]
