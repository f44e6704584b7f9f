"""Sheets to sign and file: one description of a titled table, written as PDF or as an Excel workbook.

Owns the layout and the fonts. Does not own what stands on a sheet or who may have it: that is for contexts.
"""

from fugong.core.papers.paper import Paper
from fugong.core.papers.pdf import pdf_of
from fugong.core.papers.workbook import workbook_of

__all__ = ["Paper", "pdf_of", "workbook_of"]
