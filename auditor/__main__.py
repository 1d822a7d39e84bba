"""``python -m auditor``: the same as the command ``lenaudit``."""

from auditor.cli import main

if __name__ == "__main__":
    main()
