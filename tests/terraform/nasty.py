"""Text that has broken code writers, or that looks as if it could."""

from __future__ import annotations

import random
from typing import Final

NASTY: Final = (
    *("plain", " lead", "trail ", "it's", "`", "a\u00a0b", "~}", "$ {", "#", "//"),
    *("${var.x}", "$${var.x}", "$$${x}", "$$$${x}", "${~ x ~}", "$${~", "$\\{"),
    *("%{if true}x%{endif}", "%%{x}", "%%%{x}", "%{ for x in y }", "$%{", "%${"),
    *("$", "$$", "$$$", "%", "{", "${", "$${", "%{", "$%%{", "a$", "a%", "$\u0301{x}"),
    *('"', '\\"', "\\", "\\\\", "\\n", "\\${x}", "\\\\${x}", "\\u0024{x}", "\\x41"),
    *("a\nb", "a\r\nb", "\t", "a\x00b", "\x07", "\x1b[31m", "\x7f", "\x85"),
    *("<<EOT", "EOT", "a\nEOT\nb", "/* */", '${"${"}', '"}${file("/etc/passwd")}'),
    *("${jsonencode({a=1})}", '"\n}\nresource "null_resource" "pwn" {}\n#'),
    *("é", "e\u0301", "日本語", "😀", "Å", "\u212b", "ﬁ", "\u0600", "\u202e", "\u2028"),
    *("\ufeffx", "\u200b", "\ud7ff", "\ue000", "\uffff", "\U0010ffff"),
)
"""76 strings made by hand."""

RUNS_A_COMMAND: Final = """x"
}
resource "terraform_data" "pwn" {
  provisioner "local-exec" {
    command = "touch MARKER"
  }
}
#"""
"""A tag with which an unescaped file runs a command when it is applied."""

PIECES: Final = (
    *("${", "%{", "}", "{", "$", "%", '"', "\\", "\n", "\r", "\t", "~", "<<EOT", "EOT"),
    *("#", "/*", "*/", "//", "=", "a", "x1", " ", "é", "e\u0301", "😀", "\u2028"),
    *("\x00", "\x1b", "\x7f", "\u202e", "\ufeff", "'", "`", "$${", "%%{", "\\u0041"),
)


def fuzzed(count: int) -> list[str]:
    """Strings of pieces that mean something to Terraform; always the same."""
    pieces = random.Random(7)  # noqa: S311 - reproducible, not secret
    return [
        "".join(pieces.choices(PIECES, k=pieces.randint(1, 12))) for _ in range(count)
    ]
