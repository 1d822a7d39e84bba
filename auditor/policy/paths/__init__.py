"""One path through the code: its state, its story, what it may forget, and which paths become one."""
