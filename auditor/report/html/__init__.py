"""A report in, one self-contained web page out: it loads nothing, and can be read without its script."""

from auditor.report.html.page import render

__all__ = ["render"]
