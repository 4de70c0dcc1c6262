"""What our own files hold beside the document itself, and the mark by which reading leaves it alone."""

from __future__ import annotations

from typing import Final

CHART_DATA: Final = "mz-chart-data"
"""A table that repeats a chart's data for those who cannot see it: the class of a web page's, the caption of Word's."""
