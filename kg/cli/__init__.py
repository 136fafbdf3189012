"""The command line: verbs only. Exit codes: 0 done, 1 the data does not conform, 2 bad usage or unreadable input."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import sys
from collections.abc import Callable, Sequence

from kg.cli import asking, comparing, extracting, ingesting, making, publishing, serving, transferring, viewing
from kg.cli.terminal import say
from kg.errors import KgError

_TOP = """\
A knowledge graph of what regulators and platforms do to accounts and content,
in which every figure is a claim: who says it, in which words, how exactly, about what."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=min(100, shutil.get_terminal_size().columns))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kg", description=_TOP, epilog="example: kg build && kg query --list", formatter_class=_Help)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)

    def verb(name: str, run: Callable[[argparse.Namespace], int], summary: str, example: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=summary, description=summary, epilog=f"example: {example}", formatter_class=_Help)
        sub.set_defaults(run=run)
        return sub

    making.add(verb)
    asking.add(verb)
    comparing.add(verb)
    publishing.add(verb)
    viewing.add(verb)
    extracting.add(verb)
    ingesting.add(verb)
    transferring.add(verb)
    serving.add(verb)
    return parser


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KgError as error:
        say(f"kg {options.verb}: {error}" if not error.findings else str(error))
        return error.exit_code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Faults a user can mend go to stderr, a bug keeps its traceback.

    >>> main(["query", "no-such-question"])
    2
    """
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe left, e.g. `kg query … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EIO):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say(f"kg: what it has to say cannot be written ({error.strerror}); free space or name another place")
        return 2
    except KeyboardInterrupt:
        say("stopped; nothing is half-written")
        return 130
