"""The wheel: what a person installs brings its ontology and facts, and builds the same graph as the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg import resources
from kg.builder import Build
from kg.graph import GRAPH, canonical

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, where: Path, **variables: str) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(command, cwd=where, env=os.environ | variables, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), where=folder)
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel alone in it; what it depends on comes from the environment."""
    folder = tmp_path_factory.mktemp("installed")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--target",
        str(folder),
        str(wheel),
        where=folder,
    )
    return folder


def kg(installed: Path, where: Path, *arguments: str) -> str:
    """What the installed command prints; ``-P`` and the path keep the checkout out of sight."""
    return run(sys.executable, "-P", "-m", "kg", *arguments, where=where, PYTHONPATH=str(installed))


def test_the_wheel_holds_the_ontology_the_facts_and_the_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name, folder in (("ontology", resources.ontology()), ("data", resources.data())):
        missing = {f"kg/_resources/{name}/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()} - names
        assert missing == set()
    assert "kg/py.typed" in names
    beside = [path for folder in ("pages", "viewer") for path in (ROOT / "kg" / folder).rglob("*.*") if path.suffix != ".pyc"]
    assert {path.relative_to(ROOT).as_posix() for path in beside} - names == set()
    assert {name for name in names if name.split("/")[0] != "kg" and ".dist-info/" not in name} == set()
    assert len([name for name in names if ".dist-info/licenses/" in name]) >= 2


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    program = "import kg, kg.resources; print(kg.__file__); print(kg.resources.ontology()); print(kg.resources.data())"
    printed = run(sys.executable, "-P", "-c", program, where=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert [line for line in printed if not line.startswith(str(installed))] == []
    assert len(printed) == 3


def test_the_installed_package_builds_the_same_graph(installed: Path, tmp_path: Path, built: Build) -> None:
    kg(installed, tmp_path, "build")
    assert (tmp_path / "build" / GRAPH).read_bytes() == b"".join(canonical(built.graph.store))


def test_the_installed_package_answers(installed: Path, tmp_path: Path) -> None:
    kg(installed, tmp_path, "build")
    answer = kg(installed, tmp_path, "query", "platforms-by-source", "-p", "source=source/tcit-2023", "--format", "csv")
    assert {line.split(",")[3] for line in answer.splitlines()[1:]} == {"WeChat", "Douyin", "Weibo"}
