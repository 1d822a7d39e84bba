"""Sphinx: the markdown of this folder in, a site that needs no network out (``make docs``)."""

project = "lenaudit"
author = "the lenaudit maintainers"
extensions = ["myst_parser"]
exclude_patterns = ["workflows"]
html_theme = "alabaster"  # comes with Sphinx, loads nothing from elsewhere
html_theme_options = {"description": "Legal frames that drivers drop", "fixed_sidebar": True}
html_show_sourcelink = False
myst_heading_anchors = 3
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # 'qarf' is C as Windows drivers write it
