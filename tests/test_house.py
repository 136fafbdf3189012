"""The house: imports run one way, modules stay small, and the code names no word of the vocabulary."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg import resources
from kg.graph import Graph
from kg.questions import query
from kg.vocabulary import BASE, vocabulary

HOUSE = Path(kg.__file__).resolve().parent
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "_resources" not in path.parts)
# From what everything rests on to what nothing rests on; those of one line do not import each other.
LAYERS = (
    {"errors"}, {"resources"}, {"figures", "dates", "web"}, {"vocabulary", "endpoint"}, {"facts"}, {"graph"}, {"columns"},
    {"rules", "shapes", "questions", "verdicts"}, {"reasons"}, {"totals"}, {"pages"}, {"charts", "comparison", "formats", "viewer"},
    {"builder", "transfer"}, {"extraction", "ingestion", "server"}, {"site"}, {"cli"}, {"__main__"},
)  # fmt: skip
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
# A word of the vocabulary that the code may hold, and why.
ALLOWED = {
    "line": "where an error is, and what a text is made of; also a platform",
    "x": "a variable, and a folder in an example of the help; also a platform",
    "threads": "a setting of DuckDB; also a platform",
    "signal": "the standard library's module; also a platform",
    "meta": "what a file says of itself, and HTML's element for it; also a platform",
}
HEAVY = (
    "rdflib", "networkx", "pyoxigraph", "polars", "pandas", "shacl", "pyld", "yaml", "rich", "jinja2", "pyvis", "ahocorasick_rs", "chardet",
    "cn2an", "duckdb", "httpx", "ibis", "numpy", "opencc", "py3langid", "pyarrow", "pypdfium2", "pyspark", "selectolax", "starlette",
    "uvicorn",
)  # fmt: skip


def named(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts)


def layer(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").parts[0]


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker sees."""
    for child in ast.iter_child_nodes(tree):
        if not is_for_types(child):
            yield child
            yield from nodes(child)


def imported(path: Path) -> set[str]:
    """The layers of this package that a module imports, at its head or inside a function."""
    found = set()
    for node in nodes(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}: a relative import"
            found |= {f"kg.{alias.name}" for alias in node.names} if node.module == "kg" else {node.module or ""}
    return {name.split(".")[1] for name in found if name.startswith("kg.")}


def code_words(path: Path) -> set[str]:
    """Every identifier and every word of every string in a module's code; documentation left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            documentation.add(id(node.body[0].value))  # type: ignore[attr-defined]
    words: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            words |= set(re.findall(r"#[0-9a-fA-F]{6}\b|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", node.value))
        else:
            words |= {str(value) for name in ("id", "attr", "arg", "name") if isinstance(value := getattr(node, name, None), str)}
    return words


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent != HOUSE or p.name != "__init__.py"], ids=named)
def test_imports_run_one_way(path: Path) -> None:
    here = layer(path)
    assert here in RANK, f"{here} has no place in LAYERS"
    assert {there for there in imported(path) if there != here and RANK[there] >= RANK[here]} == set()


def module(path: Path) -> str:
    return f"kg.{named(path)}".removesuffix(".__init__")


def modules_of(path: Path, known: set[str]) -> set[str]:
    """The modules of this package that a module imports, by their whole names."""
    found = set()
    for node in nodes(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & known or {node.module or ""}
    return found & known


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {module(path) for path in MODULES} - {"kg"}
    imports = {module(path): modules_of(path, known) for path in MODULES if module(path) != "kg"}
    assert sum(map(len, imports.values())) > 40
    while free := {name for name, needed in imports.items() if not needed & set(imports)}:
        imports = {name: needed for name, needed in imports.items() if name not in free}
    assert imports == {}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 250


@pytest.fixture(scope="module")
def vocabulary_words(graph: Graph) -> set[str]:
    """Local names of account types, violations and penalties, and the slugs of authorities and platforms."""
    codes = vocabulary().codes
    found = set().union(*(codes[f"{BASE}{scheme}/"] for scheme in ("account-type", "violation", "penalty")))
    things = query(graph, "SELECT ?thing WHERE { ?thing a ?class VALUES ?class { enf:Authority enf:Platform } }")
    return found | {row["thing"].rpartition("/")[2] for row in things}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_the_code_names_no_word_of_the_vocabulary_and_no_colour(path: Path, vocabulary_words: set[str]) -> None:
    words = code_words(path)
    assert {word for word in words if word.startswith("#")} == set()
    assert words & vocabulary_words - set(ALLOWED) == set()


def test_the_package_tells_type_checkers_that_it_is_typed() -> None:
    assert (HOUSE / "py.typed").is_file()
    assert (resources.ontology() / "context.jsonld").is_file()


@pytest.mark.parametrize(
    "program", ["import kg", "import kg.cli\ntry: kg.cli.main(['--help'])\nexcept SystemExit: pass"], ids=["import", "help"]
)
def test_nothing_heavy_is_imported_before_it_is_needed(program: str) -> None:
    check = f"{program}\nimport sys\nsys.exit(' '.join(m for m in {HEAVY} if m in sys.modules) or None)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_every_verb_is_found_under_its_name() -> None:
    assert sorted(dir(kg)) == sorted(kg.__all__)
    assert all(callable(getattr(kg, verb)) for verb in kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'unicorn'"):
        _ = kg.unicorn
