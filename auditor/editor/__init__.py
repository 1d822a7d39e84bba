"""An editor in, diagnostics, hovers and changes out, over the Language Server Protocol on stdin and stdout.

https://microsoft.github.io/language-server-protocol/. The only package that knows pygls and lsprotocol, an
optional extra; nothing else imports it but ``lenaudit lsp``.
"""
