"""What the files around the code promise: locks that pin everything, one version, a deliberate public face."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import makna

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,._-]+\])?==[^\s;]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
NAME = re.compile(r"^[a-z0-9][a-z0-9._-]*", re.IGNORECASE)
# In two pieces, so that this file does not contain what it looks for.
NEVER = [
    "pypi." + "org", "python" + "hosted",   "/work" + "/main", "/opt/" + "pypi",
    "registry.npm" + "js", "deb.debian" + ".org",
]  # fmt: skip


def _committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_every_package_with_hashes_and_names_no_address(lock: Path) -> None:
    """Every line is a pinned version or one of its hashes: no address, no option, no range."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not PINNED.match(line) and not HASH.match(line)] == []
    heads = [n for n, line in enumerate(lines) if PINNED.match(line)]
    assert all(HASH.match(lines[n + 1]) for n in heads)


def test_the_locks_hold_every_direct_dependency() -> None:
    """A dependency that was added without a new lock would be missing after `make demo`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {NAME.match(spec)[0].lower() for spec in project["project"]["dependencies"]}  # type: ignore[index]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert wanted - {NAME.match(line)[0] for line in locked.splitlines() if PINNED.match(line)} == set()  # type: ignore[index]


def test_run_time_and_test_time_use_the_same_versions() -> None:
    """What is tested is what a user gets: the locks never disagree about a package."""
    pins: dict[str, set[str]] = {}
    for name in ("requirements.lock", "requirements-build.lock", "requirements-dev.lock"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if PINNED.match(line):
                package, version = line.removesuffix(" \\").split("==", 1)
                pins.setdefault(f"{package} {version.partition(';')[2].strip()}", set()).add(
                    version.split(" ")[0]
                )
    assert {package: versions for package, versions in pins.items() if len(versions) > 1} == {}


def test_spark_is_no_part_of_the_run_time_lock() -> None:
    """PySpark is an extra of half a gigabyte: the demo does without it."""
    assert "pyspark" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_version_is_one() -> None:
    """The package says the version its metadata says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == makna.__version__


def test_the_public_face_is_deliberate() -> None:
    """Every name that Makna exports is there, and no other public name leaves the package by accident."""
    assert makna.__all__ == sorted(makna.__all__)
    assert all(getattr(makna, name) is not None for name in makna.__all__)
    with pytest.raises(AttributeError):
        _ = makna.Nothing


def test_committed_files_name_no_machine_and_no_registry() -> None:
    """A clone carries no path of the machine it was written on and no address of a package registry."""
    found = []
    for file in _committed():
        text = file.read_bytes().decode("utf-8", "replace")
        found += [f"{file.relative_to(ROOT)}: {word}" for word in NEVER if word in text]
    assert found == []


def test_the_makefile_describes_its_main_words() -> None:
    """`make` alone says what can be made, and each word it names is a target."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r'@echo "make (\S+)', text))
    targets = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    assert {"demo", "test", "check", "docs", "bench"} <= told <= targets
