"""C statements followed in order, as long as the budget lets them."""
