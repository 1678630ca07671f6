"""The built wheel carries all that Makna needs, and runs the demo where nothing else of the checkout is."""

from __future__ import annotations

import html
import os
import subprocess
import sys
import sysconfig
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the pinned tools of this environment."""
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*command, "--wheel-dir", str(out), str(ROOT)], check=True, cwd=out)
    (built,) = out.glob("makna-*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and Makna's dependencies but not this checkout on its path."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    site = folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    # A .pth inside a folder that another .pth names is not read: the editable install stays invisible.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*install, "--ignore-installed", str(wheel)], check=True, cwd=folder)
    return folder


def _environment(bare: Path) -> dict[str, str]:
    left_out = ("MAKNA_", "PYTHON", "DJANGO_")  # a test around it chose settings that a user does not
    given = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    given |= {
        "MAKNA_LIBRARY": str(bare / "library"),
        "MAKNA_CONFIG": str(bare / "config"),
        "MAKNA_LANG": "id",
        "BROWSER": "true",
    }
    return given


def _run(bare: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(bare / "bin" / command[0]), *command[1:]],
        cwd=bare, env=_environment(bare), check=False, capture_output=True, text=True,
    )  # fmt: skip


@contextmanager
def _running(bare: Path, *command: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is ended."""
    program = [str(bare / "bin" / command[0]), *command[1:]]
    errors = bare / "errors.txt"
    with errors.open("w") as said:
        running = subprocess.Popen(
            program, cwd=bare, env=_environment(bare), stdout=subprocess.PIPE, stderr=said, text=True
        )
        try:
            yield running
        finally:
            running.terminate()
            running.wait(30)
            if running.stdout:
                running.stdout.close()
    assert "Traceback" not in errors.read_text(encoding="utf-8")


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    """Word lists, demo data, templates, styles and compiled catalogues travel with the code."""
    here = {
        file.relative_to(ROOT / "src").as_posix()
        for file in (ROOT / "src" / "makna").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("makna/")}
    assert here - inside == set()
    assert {f"makna/locale/{f.parts[-3]}/LC_MESSAGES/makna.mo" for f in _catalogues()} <= inside


def _catalogues() -> list[Path]:
    found = sorted((ROOT / "src" / "makna" / "locale").glob("*/LC_MESSAGES/makna.po"))
    assert found, "no catalogue in the source"
    return found


def test_the_wheel_holds_makna_and_nothing_else(wheel: Path) -> None:
    """Tests, scripts and benchmarks stay at home; the licence comes along."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"makna"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_installed_program_is_that_of_the_wheel(bare: Path) -> None:
    """What the next tests run does not come from the checkout by way of an editable install."""
    said = _run(bare, "python", "-c", "import makna; print(makna.__file__)")
    assert Path(said.stdout.strip()).is_relative_to(bare), said.stderr


def test_the_installed_program_speaks_indonesian(bare: Path) -> None:
    """The compiled catalogue is found: a refusal comes in the language asked for."""
    said = _run(
        bare, "python", "-c", "from makna.i18n import catalogue; print(catalogue('id').info()['language'])"
    )
    assert said.stdout.strip() == "id", said.stderr


def test_the_installed_program_builds_the_demo_and_its_report(bare: Path) -> None:
    """From nothing but the wheel and its dependencies to a report with all five findings."""
    with _running(bare, "makna", "demo", "--posts", "600") as demo:
        said = [demo.stdout.readline().strip() for _line in range(2)] if demo.stdout else []
        address = said[1][said[1].index("http") :]
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(address, timeout=60) as page:  # what a browser that follows it sees
            assert page.status == 200
            assert "/s/pasar-makna/" in page.url
            assert "Rumusan masalah" in page.read().decode()
    report = Path(said[0])
    assert report.is_file() and report.is_relative_to((bare / "library").resolve())
    shown = html.unescape(report.read_text(encoding="utf-8"))
    findings = ROOT / "src" / "makna" / "demo" / "data" / "findings.toml"
    stated = tomllib.loads(findings.read_text(encoding="utf-8"))["finding"]
    assert len(stated) == 5
    assert [finding["id"] for finding in stated if finding["claim"]["id"] not in shown] == []
