"""Where frames come into a program."""
