"""Calls followed, summarised, or taken by their known effect."""
