"""The ledger: what the engine answers to every scenario, kept as text beside the scenarios.

``tests/ledger/<place>/<instrument>/<topic>.txt`` belongs to the file of scenarios of the same path. Its first line names the
format; a block for each flow follows, in the order of names:

    flow: 80,000 customers
      verdict: conditional
      xx/act: conditional
        due: ACT-4 ACT-7
        exempted[ACT-6]: ACT-5
      class: xx/SensitiveData on /dataItems/0
      conflict: ACT-4 BCT-9
      asked: /exporter/kind

A route has a line ``leg 0: <verdict>`` before the instruments of each leg.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from comity.scenarios.record import FlowName, Instrument, Leg, Record

__all__ = ["FORMAT", "HEAD", "LEDGER", "LedgerError", "ledger_texts", "read_ledger", "write_ledger"]

LEDGER = "tests/ledger"
"""Where the ledger is, from the root of a clone."""

FORMAT = 1
"""The version of the format; another one cannot be read and is written anew."""

HEAD = "ledger of answers, format"
_LISTS = ("class", "conflict", "asked")
_REMEDY = "run 'comity ledger' to write it anew"


class LedgerError(ValueError):
    """A ledger that cannot be read; says which file, which line, and what to do."""


def ledger_texts(records: Mapping[FlowName, Record]) -> dict[str, str]:
    """Return the text of each file of the ledger, by the path of the file without its suffix."""
    files: dict[str, list[str]] = {}
    for flow, record in sorted(records.items()):
        files.setdefault(flow.file, [f"{HEAD} {FORMAT}"]).append("\n" + "\n".join(_block(flow.name, record)))
    return {file: "\n".join(blocks) + "\n" for file, blocks in files.items()}


def write_ledger(folder: Path, records: Mapping[FlowName, Record]) -> list[Path]:
    """Write the ledger into a folder, delete files that no scenario stands behind, and return what was changed."""
    texts = {folder / f"{file}.txt": text for file, text in ledger_texts(records).items()}
    changed = []
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    for path in sorted(folder.rglob("*.txt")):
        if path not in texts:
            path.unlink()
            changed.append(path)
    return changed


def read_ledger(folder: Path) -> dict[FlowName, Record]:
    """Return every record of the ledger in a folder. Raises :class:`LedgerError`."""
    return {
        FlowName(path.relative_to(folder).with_suffix("").as_posix(), name): record
        for path in sorted(folder.rglob("*.txt"))
        for name, record in _read(path)
    }


def _block(name: str, record: Record) -> Iterator[str]:
    yield f"flow: {name}"
    yield f"  verdict: {record.verdict}"
    for number, leg in enumerate(record.legs):
        if len(record.legs) > 1:
            yield f"  leg {number}: {leg.verdict}"
        for iri, instrument in leg.instruments.items():
            yield f"  {iri}: {instrument.verdict}"
            by_status: dict[str, list[str]] = {}
            for norm, status in instrument.norms.items():
                by_status.setdefault(status, []).append(norm)
            yield from (f"    {status}: {' '.join(sorted(norms))}" for status, norms in sorted(by_status.items()))
        for key, names in zip(_LISTS, (leg.classes, leg.conflicts, leg.asked), strict=True):
            yield from (f"  {key}: {name}" for name in sorted(names))


def _read(path: Path) -> Iterator[tuple[str, Record]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise LedgerError(f"{path} cannot be read ({fault}); {_REMEDY}") from None
    head = lines[0] if lines else ""
    if head != f"{HEAD} {FORMAT}":
        told = f"is written in format {head.removeprefix(HEAD).strip()}" if head.startswith(HEAD) else "does not begin as a ledger does"
        raise LedgerError(f"{path} {told}, and this version of Comity reads format {FORMAT}; {_REMEDY}")
    starts = [number for number, line in enumerate(lines) if line.startswith("flow: ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield lines[start].removeprefix("flow: "), _record(path, start + 2, [line for line in lines[start + 1 : end] if line])


def _record(path: Path, first: int, lines: Iterable[str]) -> Record:
    """Return the record that a block states; ``first`` is the number of its first line."""
    verdict = ""
    legs: list[tuple[str, dict[str, Instrument], dict[str, set[str]]]] = []
    instruments: dict[str, Instrument] = {}
    for number, line in enumerate(lines, first):
        key, colon, value = line.strip().partition(": ")
        if not colon or not line.startswith("  "):
            raise LedgerError(f"{path} line {number}: {line!r} is no line of a ledger; {_REMEDY}")
        if line.startswith("    "):
            if not instruments:
                raise LedgerError(f"{path} line {number}: the statuses of norms stand below their instrument; {_REMEDY}")
            instruments[next(reversed(instruments))].norms.update((norm, key) for norm in value.split())
        elif key == "verdict":
            verdict = value
        elif key.startswith("leg "):
            legs.append((value, {}, {name: set() for name in _LISTS}))
            instruments = legs[-1][1]
        else:
            if not legs:
                legs.append((verdict, {}, {name: set() for name in _LISTS}))
                instruments = legs[-1][1]
            if key in _LISTS:
                legs[-1][2][key].add(value)
            else:
                instruments[key] = Instrument(value, {})
    return Record(verdict, tuple(Leg(told, found, *(frozenset(lists[key]) for key in _LISTS)) for told, found, lists in legs))
