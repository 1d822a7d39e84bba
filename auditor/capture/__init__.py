"""Captures: witness frames as real bytes, and lengths lost between two captures."""
