"""A report in, text for people or machines out; a renderer is imported only when its format is asked for."""
