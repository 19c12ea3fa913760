"""The reasoner of a build: HermiT on the cores of this machine, and what it has said in earlier builds."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from comity.reason.judgements import Judgements
from comity.reason.judges import Judges

__all__ = ["Reasoning"]


class Reasoning:
    """Holds the processes and the answers for a ``with`` block; raises ``ReasonerUnavailable`` without the build extra."""

    def __init__(self, folder: Path | None = None, processes: int | None = None) -> None:
        """Keep the answers in ``folder``, or only as long as this lasts; ``processes`` bounds how many HermiTs run at once."""
        self.judgements = Judgements(folder)
        self.judges = Judges(processes)

    def __enter__(self) -> Reasoning:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.judges.__exit__(kind, error, trace)
        self.judgements.__exit__(kind, error, trace)
