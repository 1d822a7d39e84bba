"""What an expression can be, and which lengths satisfy a comparison."""
