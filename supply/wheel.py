"""The wheel of a release: that of the sources, with the dataset inside that was built from them and judged by HermiT."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from comity.manifest import FILES, MANIFEST, DatasetError, read_dataset
from supply.lockfile import ROOT

__all__ = ["PLACE", "WheelFault", "add_dataset", "packed"]

PLACE = "comity/_dataset"
"""Where the dataset stands in the wheel, and so in what is installed."""
_DAY = (2020, 2, 2, 0, 0, 0)  # of every file in the wheel, as hatchling has it: the same sources give the same bytes


class WheelFault(Exception):
    """The wheel cannot be made; says why and what to do."""


def packed(dataset: Path, folder: Path) -> Path:
    """Build the wheel of the sources into ``folder``, put the dataset into it, and return it. Raises :class:`WheelFault`."""
    _refuse_unjudged(dataset)
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if run.returncode:
            raise WheelFault(f"the wheel cannot be built: {run.stderr.strip()}")
        wheel = next(Path(place).glob("*.whl"))
        add_dataset(wheel, dataset)
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(wheel, folder / wheel.name))


def add_dataset(wheel: Path, dataset: Path) -> None:
    """Put a dataset into a wheel, and write its files into the record of the wheel. Raises :class:`WheelFault`."""
    _refuse_unjudged(dataset)
    fresh = wheel.with_suffix(".new")
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        record = next(name for name in source.namelist() if name.endswith(".dist-info/RECORD"))
        rows = [row for row in csv.reader(io.StringIO(source.read(record).decode())) if row and not row[0].startswith(f"{PLACE}/")]
        for entry in source.infolist():
            if entry.filename != record and not entry.filename.startswith(f"{PLACE}/"):
                target.writestr(entry, source.read(entry), zipfile.ZIP_DEFLATED, 9)
        for name in (*FILES, MANIFEST):
            content = (dataset / name).read_bytes()
            target.writestr(_entry(f"{PLACE}/{name}"), content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            rows.insert(-1, [f"{PLACE}/{name}", f"sha256={digest}", str(len(content))])  # the record itself is the last
        told = io.StringIO()
        csv.writer(told, lineterminator="\n").writerows(rows)
        target.writestr(_entry(record), told.getvalue())
    fresh.replace(wheel)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _refuse_unjudged(dataset: Path) -> None:
    try:
        manifest, _ = read_dataset(dataset)
    except DatasetError as fault:
        raise WheelFault(str(fault)) from None
    if not manifest.reasoner:
        raise WheelFault(f"the dataset in {dataset} was built without the reasoner, so that no conflict in it is judged; run: comity build")
