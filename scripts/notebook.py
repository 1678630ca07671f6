"""The documentation's notebook: ``write`` executes its source and keeps the outputs, ``check`` executes it anew.

The source, ``docs/source/notebook.py``, is a script in cells (``# %%`` and ``# %% [markdown]``). From it come
``docs/notebook.ipynb``, executed, and ``docs/notebook.md``, the page that shows it. The notebook makes the reference
study in a folder of its own; neither its key nor its files outlive the run.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

DOCS = Path(__file__).parents[1] / "docs"
SOURCE, NOTEBOOK, PAGE = DOCS / "source" / "notebook.py", DOCS / "notebook.ipynb", DOCS / "notebook.md"
WRITTEN = "<!-- Written by scripts/notebook.py from docs/source/notebook.py: run `make notebook`. -->"
_CELL = re.compile(r"^# %%(.*)$", re.MULTILINE)
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def notebook() -> NotebookNode:
    """The notebook that the source says, not executed."""
    pieces = _CELL.split(SOURCE.read_text(encoding="utf-8"))[1:]
    made = new_notebook(metadata=KERNEL)
    for number, (mark, text) in enumerate(zip(pieces[::2], pieces[1::2], strict=True)):
        if "markdown" in mark:
            lines = [re.sub(r"^# ?", "", line) for line in text.strip().splitlines()]
            cell = new_markdown_cell("\n".join(lines))
        else:
            cell = new_code_cell(text.strip())
        cell["id"] = f"cell-{number}"
        made.cells.append(cell)
    return made


def execute(made: NotebookNode) -> NotebookNode:
    """*made* with its outputs; raises nbclient's CellExecutionError where a cell fails."""
    with tempfile.TemporaryDirectory(prefix="makna-notebook-") as folder:
        os.environ |= {
            "MAKNA_LIBRARY": f"{folder}/library",
            "MAKNA_CONFIG": f"{folder}/config",
            "MAKNA_LANG": "en",
            "IPYTHONDIR": f"{folder}/ipython",
        }
        NotebookClient(made, timeout=600, resources={"metadata": {"path": folder}}).execute()
    for cell in made.cells:
        cell.metadata.pop("execution", None)  # times of the run say nothing
    return made


def page(made: NotebookNode) -> str:
    """The executed notebook as a page."""
    parts = [part for cell in made.cells for part in _shown(cell)]
    title, *rest = parts
    link = "[Download the notebook](notebook.ipynb)."
    return "\n\n".join([title, WRITTEN, link, *rest]) + "\n"


def _shown(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield cell.source
        return
    yield f"```python\n{cell.source}\n```"
    for output in cell.outputs:
        text = output.text if output.output_type == "stream" else output.get("data", {}).get("text/plain", "")
        if text.strip():
            yield f"```text\n{text.rstrip()}\n```"


def stale(kept: NotebookNode, wanted: NotebookNode) -> bool:
    """Whether the cells of the notebook kept are others than the source now says."""
    return [(c.cell_type, c.source) for c in kept.cells] != [(c.cell_type, c.source) for c in wanted.cells]


def main(command: str) -> int:
    """Write the notebook and its page, or check that they are what the source says and that it still runs."""
    wanted = notebook()
    if command == "write":
        executed = execute(wanted)
        nbformat.write(executed, NOTEBOOK)
        PAGE.write_text(page(executed), encoding="utf-8")
        return 0
    kept = nbformat.read(NOTEBOOK, as_version=4)
    if stale(kept, wanted) or PAGE.read_text(encoding="utf-8") != page(kept):
        print("docs/notebook.ipynb or docs/notebook.md is stale: run `make notebook`", file=sys.stderr)
        return 1
    execute(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
