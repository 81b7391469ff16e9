"""The house rules that a reader may rely on: who imports whom, and who touches the world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "reelscore"
STAGES = ("understand", "brief", "compose", "perform", "edit", "converse", "render", "deliver")
TOP = ("pipeline", "takes", "handed_over", "catalogue", "editing", "facts", "fulfil", "piece_changed", "conversing")
MODULES = sorted(PACKAGE.rglob("*.py"))

# Modules of a stage that may start processes, read files of the user's choice, or ask the operating system.
WORLDLY = {
    "understand/probe.py",
    "sandbox/jobs.py",
    "sandbox/child.py",
    "understand/read.py",
    "render/run.py",
    "deliver/credentials.py",
}
CLOCKS_AND_CHANCE = {"time", "random", "secrets", "uuid", "datetime", "socket", "urllib", "http", "requests"}


def module_name(path: Path) -> str:
    return str(path.relative_to(PACKAGE)).replace("\\", "/")


def imported(path: Path) -> list[str]:
    """Every absolute module name this file imports, wherever in the file."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.append(node.module or "")
    return names


def stage_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_stage_imports_values_errors_and_itself_only(path: Path) -> None:
    stage = stage_of(path)
    allowed = {
        "values": {"values", "errors"},
        "errors": set[str](),
        "sandbox": {"sandbox", "values", "errors"},
        "edges": {"edges", "values", "errors", "sandbox", *TOP},
        "__init__": {"values", "errors", *TOP},
        "__main__": {"edges"},
        **{name: {name, "values", "errors", "sandbox"} for name in STAGES},
        **{name: {*STAGES, *TOP, "values", "errors"} for name in TOP},
    }[stage]
    for name in imported(path):
        if name.split(".")[0] != "reelscore" or name == "reelscore":
            continue
        seen = name.split(".")[1]
        if stage == "__init__" and seen in STAGES and name.count(".") == 1:
            continue  # the package binds its stages' names before functions of the same name take them
        assert seen in allowed, f"{module_name(path)} imports {name}"


@pytest.mark.parametrize("path", [p for p in MODULES if stage_of(p) in {*STAGES, "values", "sandbox"}], ids=module_name)
def test_the_core_reads_no_clock_no_network_no_environment_and_no_global_chance(path: Path) -> None:
    name = module_name(path)
    for module in imported(path):
        top = module.split(".")[0]
        assert top not in CLOCKS_AND_CHANCE or name in WORLDLY, f"{name} imports {module}"
        assert top not in {"subprocess", "multiprocessing"} or name in WORLDLY, f"{name} starts processes"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        used = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        assert used not in {"os.environ", "os.getenv"}, f"{name} uses {used}"
        if used.startswith("np.random.") and "(" not in used:
            assert used in {"np.random.default_rng", "np.random.Generator"}, f"{name} uses {used}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.random.default_rng":
            assert node.args, f"{name} draws without a seed"


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=module_name)
def test_a_stage_package_is_only_a_docstring(path: Path) -> None:
    if stage_of(path) not in STAGES:
        return
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_every_module_says_why_it_is_there(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_room_without_a_name(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc"}


def test_where_points_at_files_that_exist() -> None:
    lines = (ROOT / "docs" / "where.md").read_text(encoding="utf-8").splitlines()
    paths = [cell.strip(" `") for line in lines if line.startswith("| ") for cell in line.split("|")[2:3]]
    paths = [path for path in paths if "/" in path]
    assert len(paths) > 20
    missing = [path for path in paths if not (ROOT / path).exists()]
    assert missing == []


def test_lock_files_hold_versions_and_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "sha256:" in text
        assert "://" not in text
        assert "--index" not in text
