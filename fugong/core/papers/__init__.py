"""Sheets to sign and file, written as PDF or as an Excel workbook from one description; cards with a code.

Owns the layout and the fonts. Does not own what stands on a sheet or who may have it: that is for contexts.
"""

from fugong.core.papers.paper import Paper
from fugong.core.papers.pdf import pdf_of
from fugong.core.papers.slips import Slip, SlipSize, slips_of
from fugong.core.papers.workbook import workbook_of

__all__ = ["Paper", "Slip", "SlipSize", "pdf_of", "slips_of", "workbook_of"]
