"""The scripts that keep catalogues and documentation true notice what they are there to notice."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[1]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"makna_script_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """scripts/messages.py"""
    return _script("messages")


@pytest.fixture(scope="module")
def build_docs() -> ModuleType:
    """scripts/build_docs.py"""
    return _script("build_docs")


def _catalogue(**strings: str) -> Catalog:
    made = Catalog(locale="id")
    for message, translation in strings.items():
        made.add(message.replace("_", " "), translation)
    return made


def test_messages_are_found_in_calls_methods_errors_columns_and_categories(messages: ModuleType) -> None:
    """Each way a sentence reaches the catalogue is followed."""
    found = {m.id for m in messages.extracted()}
    assert "The file cannot be read." not in found  # only errors that are said by their docstring
    assert "Nothing in the study matches." in found  # _("…")
    assert "Sampling record" in found  # c.gettext("…")
    assert "testimonial" in found  # a category of a word list
    assert "invitations" in found  # a column of a lens


def test_a_whole_catalogue_has_no_fault(messages: ModuleType) -> None:
    """A translation with the fields of its source passes."""
    wanted = _catalogue(read_n=""), _catalogue(read_n="terbaca n")
    assert list(messages.faults(*wanted)) == []


@pytest.mark.parametrize(
    ("wanted", "kept", "fault"),
    [
        ({"read": ""}, {}, "not in the catalogue: read"),
        ({"read": ""}, {"read": ""}, "not translated: read"),
        ({}, {"read": "terbaca"}, "no longer in the source: read"),
        ({"read_{n}": ""}, {"read_{n}": "terbaca"}, "other fields in the translation: read {n}"),
        ({"read_{n}": ""}, {"read_{n}": "terbaca {m}"}, "other fields in the translation: read {n}"),
    ],
)
def test_a_stale_catalogue_is_named(
    messages: ModuleType, wanted: dict[str, str], kept: dict[str, str], fault: str
) -> None:
    """Missing, empty, left over, and fields that would fail at run time: each is told."""
    assert list(messages.faults(_catalogue(**wanted), _catalogue(**kept))) == [fault]


def test_a_plural_may_leave_a_field_out_of_one_form(messages: ModuleType) -> None:
    """ "One post" needs no number; "{n} posts" does."""
    wanted, kept = Catalog(locale="id"), Catalog(locale="id")
    wanted.add(("One post", "{n} posts"))
    kept.add(("One post", "{n} posts"), ("{n} unggahan",))
    assert list(messages.faults(wanted, kept)) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/f.css">',
        '<img alt="" src="http://example/x.png">',
        '<pre class="mermaid"></pre>',
    ],
)
def test_a_page_that_fetches_from_elsewhere_is_named(
    build_docs: ModuleType, tmp_path: Path, planted: str
) -> None:
    """Scripts, styles, pictures and what the theme would load for them are seen; links to click are not."""
    (tmp_path / "page.html").write_text('<a href="https://example.org/">read</a>', encoding="utf-8")
    assert list(build_docs.fetched_from_elsewhere(tmp_path)) == []
    (tmp_path / "page.html").write_text(planted, encoding="utf-8")
    assert [page.name for page, _ in build_docs.fetched_from_elsewhere(tmp_path)] == ["page.html"]


def test_a_style_sheet_that_fetches_from_elsewhere_is_named(build_docs: ModuleType, tmp_path: Path) -> None:
    """Fonts hide in style sheets."""
    (tmp_path / "own.css").write_text("@font-face { src: url(fonts/own.woff2) }", encoding="utf-8")
    assert list(build_docs.fetched_from_elsewhere(tmp_path)) == []
    (tmp_path / "far.css").write_text("@import 'https://fonts.example/f.css';", encoding="utf-8")
    assert [address for _, address in build_docs.fetched_from_elsewhere(tmp_path)] == [
        "https://fonts.example/f.css"
    ]


def test_the_reference_names_every_command() -> None:
    """No command, option or public method of the library is left out of the documentation."""
    reference = _script("reference")
    page = reference.command_page()
    for name in reference.cli.commands:
        assert f"## `makna {name}`" in page
    library = reference.library_page()
    for name in ("add", "search", "keyness", "collocates", "lens", "report", "seal"):
        assert f"### `{name}(" in library


def test_the_notebook_kept_is_the_one_its_source_says() -> None:
    """Cells of the committed notebook are those of its source, and every code cell was executed without error."""
    notebook = _script("notebook")
    kept = notebook.nbformat.read(notebook.NOTEBOOK, as_version=4)
    assert not notebook.stale(kept, notebook.notebook())
    code = [cell for cell in kept.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not [o for cell in code for o in cell.outputs if o.output_type == "error"]
