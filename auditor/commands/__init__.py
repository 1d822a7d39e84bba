"""One module per command: its name is the command's, ``command`` is what runs; nothing to register.

Every import of ours stands inside the command, but for the options and the console: libclang, networkx,
sarif-om and rich take up to half a second together, and ``--help`` or a wrong option needs none of them.
"""

CLEAN, FOUND, WRONG_USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
