"""A report in, text for people or machines out; a renderer is imported only when its format is asked for."""

FORMS = ("text", "html", "sarif", "json", "github", "markdown", "junit", "gitlab")
"""What a report can be rendered as; importing this package imports no renderer."""
