"""Only what is written down is installed, and what it is can be listed."""

from __future__ import annotations

import json
import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply.__main__ import main, requirements, table
from tests.supply.bill import bill
from tests.supply.packages import ROOT, development, pins, runtime


def test_every_package_is_pinned_with_the_hashes_of_its_files() -> None:
    pinned = pins()
    assert len(pinned) > 60
    assert [name for name, (_, hashes) in pinned.items() if not hashes] == []
    lines = [line for file in ("constraints.txt", "constraints-more.txt")
             for line in (ROOT / file).read_text().splitlines() if line and line[0] not in "# "]  # fmt: skip
    assert [line for line in lines if "==" not in line] == []


def test_what_is_asked_for_is_pinned_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = (project["project"]["dependencies"], *project["project"]["optional-dependencies"].values(),
              project["build-system"]["requires"])  # fmt: skip
    pinned = pins()
    for line in (line for group in groups for line in group):
        wanted = Requirement(line)
        version, _ = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), line


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = pins()
    for one in (*runtime().values(), *development().values()):
        assert one.version == pinned[one.name][0], one.name


def test_a_container_installs_what_it_runs_on_with_hashes_and_no_tools() -> None:
    lines = requirements("postgres").replace(" \\\n", "").splitlines()
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
    names = {line.partition("==")[0] for line in lines}
    assert {"textual", "pandas", "psycopg", "psycopg-binary"} <= names
    assert not names & {"pytest", "ruff", "mypy", "hypothesis", "babel"}
    assert "psycopg" not in requirements()


def test_make_installs_nothing_without_its_hash() -> None:
    lines = re.findall(r"^.*pip install.*$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert len(lines) == 2
    assert all("--require-hashes" in line or "--no-index" in line for line in lines), lines


def test_the_bill_names_each_package_once_with_its_licence_and_what_needs_it() -> None:
    told = json.loads(bill())
    assert (told["bomFormat"], told["specVersion"], told["metadata"]["component"]["name"]) == (
        "CycloneDX", "1.6", "shopday",
    )  # fmt: skip
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", told["serialNumber"])
    refs = [one["bom-ref"] for one in told["components"]]
    assert len(refs) == len(set(refs))
    names = {one["name"] for one in told["components"]}
    assert {
        "textual",
        "pandas",
        "numpy",
        "pyarrow",
        "scipy",
        "tinydb",
        "rich",
        "markupsafe",
        "linkify-it-py",
    } <= names
    assert names.isdisjoint({"pytest", "ruff", "mypy"})
    assert all(one["licenses"] and one["externalReferences"][0]["hashes"] for one in told["components"])
    needs = {one["ref"]: one["dependsOn"] for one in told["dependencies"]}
    own = told["metadata"]["component"]["bom-ref"]
    assert set(needs) == {own, *refs}
    assert {ref for refs in needs.values() for ref in refs} == set(needs) - {own}, (
        "something needs each of them"
    )
    assert bill() == bill()


def test_every_licence_is_told() -> None:
    parts, tools = runtime(), development()
    assert [one.name for one in (*parts.values(), *tools.values()) if not one.licence] == []
    words = table({"runs on": parts})
    assert "| textual | 8.2.8 | MIT | runs on |" in words
    assert main(["nonsense"]) == 2
