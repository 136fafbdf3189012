"""The documents: every command in them runs and prints what stands there, every link leads somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import kg
from kg.graph import Graph, save
from kg.ingestion.dsa.dumps import COLUMNS
from tests.ingestion.statements import statement, text

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "data/*.md", "ontology/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
    if path.is_file()
)
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.M | re.S)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")


@dataclass
class Command:
    """A command of a page, and the lines that stand below it as its output."""

    line: str
    output: list[str] = field(default_factory=list)


def blocks(page: Path, *languages: str) -> Iterator[tuple[int, str]]:
    """Code blocks of a page: the number of their line, and their text without the indent."""
    text = page.read_text("utf-8")
    for match in _BLOCK.finditer(text):
        if match[2] in languages:
            yield text[: match.start()].count("\n") + 1, re.sub(rf"^{match[1]}", "", match[3], flags=re.M)


def commands(text: str) -> list[Command]:
    """The commands of a block: lines behind a ``$``, or in a block without any all lines; ``\\`` and open quotes join lines."""
    prompted = text.startswith("$ ") or "\n$ " in text
    found: list[Command] = []
    for line in re.sub(r"\\\n\s*(> )?", "", text).splitlines():
        if found and is_open(found[-1].line):
            found[-1].line += "\n" + line
        elif line.startswith("$ "):
            found.append(Command(line[2:]))
        elif prompted and found:
            found[-1].output.append(line.rstrip())
        elif not prompted and line.strip() and not line.startswith("#"):
            found.append(Command(line))
    return found


def is_open(line: str) -> bool:
    """Whether a quotation begins in ``line`` and does not end in it, so that the next line belongs to the command."""
    try:
        shlex.split(line, comments=True)
    except ValueError:
        return True
    return False


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same, where ``…`` stands for any words, and a line of it alone for any lines."""
    lines = (r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n" for line in expected)
    return re.fullmatch("".join(lines), "".join(line.rstrip() + "\n" for line in printed)) is not None


def trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").split("\n")


CONSOLE = [
    pytest.param(text, id=f"{page.relative_to(ROOT)}:{line}")
    for page in PAGES
    for line, text in blocks(page, "console", "sh", "bash", "shell")
]
PYTHON = [pytest.param(text, id=f"{page.relative_to(ROOT)}:{line}") for page in PAGES for line, text in blocks(page, "python", "pycon")]


@pytest.fixture(scope="module")
def oxigraph(oxigraph: str, graph: Graph) -> str:
    """A store that the reader of a page has pushed the graph to, wherever on the page they are."""
    for into in (None, "https://example.org/enforcement"):
        kg.push(graph, f"{oxigraph}/store", into=into)
    return oxigraph


@pytest.fixture
def workplace(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a reader has it: the facts, the ontology, the shipped graph in ``build``, and a few statements of reasons."""
    for name in ("data", "ontology"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "build").mkdir()
    kg.export(graph, tmp_path / "build" / "new.nt")
    save(tmp_path / "build", tmp_path / "build" / "new.nt", graph.manifest)
    (tmp_path / "statements.csv").write_bytes(text((statement(n, COLUMNS) for n in range(1, 4)), COLUMNS))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("text", CONSOLE)
def test_commands_do_what_the_page_says(text: str, workplace: Path, reachable: Callable[[str], str]) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands(reachable(text)):
        if not re.match(r"(kg|printf)( |$)", command.line):
            continue  # installing and making is what this test run itself rests on
        done = subprocess.run(
            ["bash", "-c", command.line], cwd=workplace, env=os.environ | {"PATH": path}, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        expected = trimmed(command.output)
        if any(expected):
            printed = [trimmed(done.stdout.splitlines()), trimmed((done.stdout + done.stderr).splitlines())]
            assert any(matches(expected, lines) for lines in printed), f"{command.line}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("text", PYTHON)
def test_python_examples_run(text: str, workplace: Path, reachable: Callable[[str], str]) -> None:
    text = reachable(text)
    if ">>>" in text:
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
        assert runner.run(doctest.DocTestParser().get_doctest(text, {"kg": kg}, "page", None, 0)).failed == 0
    else:
        exec(compile(text, "page", "exec"), {"kg": kg})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_to_files(page: Path) -> None:
    text = _BLOCK.sub("", page.read_text("utf-8"))
    local = [link.partition("#")[0] for link in _LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_folder_that_people_write_in_explains_itself() -> None:
    names = {str(page.relative_to(ROOT)) for page in PAGES}
    assert {"README.md", "CONTRIBUTING.md", "data/README.md", "ontology/README.md"} <= names


def test_a_command_is_told_from_its_output() -> None:
    assert commands("$ kg formats \\\n  --help\nname\n\n$ kg build\n") == [Command("kg formats --help", ["name", ""]), Command("kg build")]
    assert commands("$ kg query -e 'ASK {\n}'\nanswer\n") == [Command("kg query -e 'ASK {\n}'", ["answer"])]
    assert commands("# first\nkg build\nkg formats\n") == [Command("kg build"), Command("kg formats")]


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a b", "a b", True),
        ("a", "a b", False),
        ("a\n…\nd", "a\nb\nc\nd", True),
        ("a\n…", "b\na", False),
        ("a…", "a b", True),
        ("a … c", "a b d", False),
        ("a.c", "abc", False),
    ],
)
def test_output_is_compared_line_by_line_with_room_for_what_is_left_out(expected: str, printed: str, same: bool) -> None:
    assert matches(expected.split("\n"), printed.split("\n")) is same
