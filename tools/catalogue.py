"""The phrases of another language: ``python -m tools.catalogue`` brings ``sshkeep.po`` up to date.

It adds the phrases that are new in the code, drops those that are gone, prints which lack a translation, and
compiles ``sshkeep.mo``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PO = ROOT / "sshkeep" / "locale" / "ja" / "LC_MESSAGES" / "sshkeep.po"
SOME_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The same texts give the same bytes."""
FOLDERS = ("sshkeep", "rules")


def phrases() -> Iterator[tuple[str, str, int]]:
    """The template of each Phrase in the code, and the module and line that have it."""
    for folder in FOLDERS:
        found = extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords={"Phrase": None}, comment_tags=()
        )
        for path, line, template, _, _ in found:
            yield str(template), f"{folder}/{path}", line


def read_catalogue() -> Catalog:
    """The translations as they are checked in."""
    with open(PO, "rb") as stream:
        return read_po(stream, locale="ja")


def compiled() -> bytes:
    """The catalogue as gettext reads it."""
    stream, catalogue = BytesIO(), read_catalogue()
    catalogue.creation_date = catalogue.revision_date = SOME_DATE
    write_mo(stream, catalogue)
    return stream.getvalue()


def updated() -> Catalog:
    """The catalogue with the phrases of today, in the order of the code."""
    old = read_catalogue()
    new = Catalog(locale="ja", fuzzy=False)
    for template, module, line in phrases():
        known = old.get(template)
        new.add(template, known.string if known else "", locations=[(module, line)])
    return new


def main() -> None:
    """Update the catalogue and compile it."""
    catalogue = updated()
    with open(PO, "wb") as stream:
        write_po(stream, catalogue, width=0, omit_header=True, include_lineno=False)
    PO.with_suffix(".mo").write_bytes(compiled())
    missing = [str(message.id) for message in catalogue if message.id and not message.string]
    sys.stdout.writelines(f"not translated: {template}\n" for template in missing)


if __name__ == "__main__":
    main()
