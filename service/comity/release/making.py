"""Making a release out of a built dataset: a folder of files, with a list of them and their checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

import orjson

from comity.check.dataset import read_program
from comity.manifest import MANIFEST, Manifest, read_dataset
from comity.release.change_list import Answers, change_list
from comity.release.changes import changes
from comity.release.describe import Edition, citation, description
from comity.release.dumps import count, dump
from comity.scenarios.versions import Version

__all__ = ["CHANGE_LISTS", "RELEASE", "ReleaseFault", "make_release", "releasable"]

RELEASE = "release.json"
CHANGE_LISTS = {"en": "CHANGES.md", "zh": "CHANGES.zh.md"}
_SUMS = "SHA256SUMS"


class ReleaseFault(ValueError):
    """The release cannot be made; says why and what to do."""


def make_release(
    dataset: Path,
    folder: Path,
    day: date,
    since: Version | None = None,
    answers: Answers | None = None,
    *,
    unjudged: bool = False,
    step: Callable[[str], None] = lambda name: None,
) -> Edition:
    """Write the release of a built dataset into an empty or new ``folder`` and return which edition it is.

    With ``since`` it has the change lists, with what the changes do to ``answers`` where that is known. A dataset that
    HermiT has not judged is refused unless ``unjudged``. Raises :class:`ReleaseFault` and :class:`comity.manifest.DatasetError`.
    """
    manifest = releasable(dataset, folder, unjudged=unjudged)
    folder.mkdir(parents=True, exist_ok=True)
    edition = Edition(manifest.version, manifest.digest, day)
    step("dumping the graph")
    dumps = dump(dataset, folder, edition.stem)
    step("describing it")
    (folder / "void.ttl").write_text(description(edition, count(dataset), dumps), "utf-8")
    (folder / "CITATION.cff").write_text(citation(edition), "utf-8")
    (folder / MANIFEST).write_bytes((dataset / MANIFEST).read_bytes())
    if since is not None:
        step("comparing the law")
        program = read_program(dataset)
        found = changes(since.program, program)
        for lang, name in CHANGE_LISTS.items():
            text = change_list(found, (since.name, since.program), (edition.stem, program), lang, answers)
            (folder / name).write_text(text, "utf-8")
    files = [{"name": path.name, "bytes": path.stat().st_size, "sha256": _sha256(path)} for path in sorted(folder.iterdir())]
    told = {
        "version": edition.version,
        "digest": edition.digest,
        "witnesses": manifest.witnesses,
        "released": day.isoformat(),
        "reasoner": manifest.reasoner,
        "since": since.name if since else None,
        "counts": manifest.counts,
        "dumps": [asdict(each) for each in dumps],
        "files": files,
    }
    (folder / RELEASE).write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
    lines = [f"{_sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / _SUMS).write_text("".join(lines), "utf-8")
    return edition


def releasable(dataset: Path, folder: Path, *, unjudged: bool = False) -> Manifest:
    """Return the manifest of a dataset of which a release can be made into ``folder``. Raises as :func:`make_release` does."""
    manifest, _ = read_dataset(dataset)
    if not manifest.reasoner and not unjudged:
        raise ReleaseFault(
            f"the dataset in {dataset} was built without the reasoner, so that no conflict in it is judged; run: comity build"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReleaseFault(f"{folder} is not empty; name a folder that is not there yet")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
