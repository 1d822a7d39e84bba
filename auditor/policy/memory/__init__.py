"""Pointers, frame records, and what stands where they point."""
