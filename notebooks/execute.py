"""Executes the notebooks and writes their output into them: execute.py [FILE…]."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parent
SECONDS_A_CELL = 600


def notebooks() -> list[Path]:
    """All notebooks here."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(file: Path) -> NotebookNode:
    """The notebook with the output that it has now; nothing of it tells the time or the machine."""
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(FOLDER)}},
    ).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                output["data"].pop("text/plain", None)
    return notebook


def texts(notebook: NotebookNode) -> list[list[str]]:
    """What each cell printed; pictures are left out."""
    return [
        [output["text"] for output in cell.get("outputs", []) if output["output_type"] == "stream"]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main(files: list[Path]) -> None:
    """Executes these notebooks, or all."""
    for file in files or notebooks():
        print(file, file=sys.stderr)
        nbformat.write(executed(file), file)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
