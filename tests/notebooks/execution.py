"""Runs the notebooks as a reader would, and writes them anew: `python tests/notebooks/execution.py [FILE ...]`.

What is stored says nothing of the machine or the moment: the same model gives the same file.
"""

import sys
from base64 import b64decode
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = tuple(sorted(FOLDER.glob("*.ipynb")))
RENEW = "python tests/notebooks/execution.py"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_SECONDS_A_CELL = 300


def executed(path: Path) -> NotebookNode:
    """A notebook run from its first cell to its last, in a fresh kernel that is started where the notebook lies.

    Raises:
        CellExecutionError: when a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # what is printed in one cell arrives in as many parts as it happens to
        extra_arguments=["--IPKernelApp.log_level=40"],  # what Jupyter thinks of its own sockets is no matter of ours
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except RuntimeError as error:  # two kernels that start at once may choose the same port
        if "Kernel died before replying" not in str(error):
            raise
        client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    """The outputs of all cells, in order."""
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def last_picture(notebook: NotebookNode) -> bytes:
    """The last picture that a notebook draws, as PNG: what README shows of it."""
    drawn = [output.data["image/png"] for output in outputs(notebook) if "image/png" in output.get("data", {})]
    return b64decode(drawn[-1])


def picture_of(path: Path) -> Path:
    """Where the picture of a notebook lies."""
    return path.parent / "bilder" / f"{path.stem}.png"


def renew(path: Path) -> None:
    """Run a notebook and store what comes out, and its last picture for README.

    Raises:
        SystemExit: when it wrote warnings or anything else to stderr; nothing is stored then.
    """
    notebook = executed(path)
    complaints = [output.text for output in outputs(notebook) if output.get("name") == "stderr"]
    if complaints:
        raise SystemExit(f"{path.name}: {complaints[0]}")
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    picture_of(path).parent.mkdir(exist_ok=True)
    picture_of(path).write_bytes(last_picture(notebook))


if __name__ == "__main__":
    for name in sys.argv[1:] or NOTEBOOKS:
        renew(Path(name).resolve())
