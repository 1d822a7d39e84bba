"""C expressions evaluated on a path, and what is written down about them."""
