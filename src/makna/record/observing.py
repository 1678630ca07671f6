"""The form for observing by hand, handed out; it is filled in where no study keeps anything."""

from __future__ import annotations

from pathlib import Path

from makna.errors import StudyError
from makna.i18n import _

_FORMS = Path(__file__).parent / "forms"


def write_form(path: Path) -> Path:
    """Write the empty form of *path*'s suffix there. Raises :class:`StudyError` where it would not be safe or clear.

    A filled form names people, so it must not lie in a study's folder; and what is filled in is never written over.
    """
    kind = path.suffix.lower()
    if kind not in (".toml", ".csv"):
        raise StudyError(_("{name}: give the form a name that ends in .toml or .csv.").format(name=path.name))
    if any((folder / "study.json").is_file() for folder in path.absolute().resolve().parents):
        message = _(
            "{name} would lie in a study's folder, where nothing may name a person: choose another folder."
        )
        raise StudyError(message.format(name=path.name))
    try:
        with path.open("xb") as target:
            target.write((_FORMS / f"observed{kind}").read_bytes())
    except FileExistsError:
        raise StudyError(
            _("{name} is there already, and is not written over.").format(name=path.name)
        ) from None
    except OSError as error:
        message = _("{name} cannot be written ({reason}): choose another folder.")
        raise StudyError(message.format(name=path.name, reason=error.strerror)) from None
    return path
