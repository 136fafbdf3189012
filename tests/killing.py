"""Programs that are killed just before the Nth of their steps that touch the disk; N is their first argument."""

from __future__ import annotations

_PROGRAM = """
import os, shutil, signal, sys, tempfile
from pathlib import Path
import kg
{imports}

left = int(sys.argv[1])

def counted(function):
    def step(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)
    return step

for owner, name in ({steps}):
    setattr(owner, name, counted(getattr(owner, name)))
{work}
"""


def killed(work: str, imports: str, *steps: str) -> str:
    """The program that does ``work``; a step is written as "owner.name"."""
    pairs = (step.rpartition(".") for step in steps)
    return _PROGRAM.format(imports=imports, work=work, steps=", ".join(f'({owner}, "{name}")' for owner, _, name in pairs))
