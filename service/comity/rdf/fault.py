"""One thing wrong with the sources, in words for a curator."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault"]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the sources.

    ``file`` is a path from the root (empty where no file can be named), ``line`` counts from 1 or is None, ``focus`` is
    the thing at fault, shortened, ``rule`` names the shape or query, and ``level`` is ``fault`` or ``warning``. What is wrong
    (``message``, without a full stop) and what to do (``remedy``) stand in English and Chinese.
    """

    file: str
    focus: str
    message: str
    remedy: str
    message_zh: str
    remedy_zh: str
    line: int | None = None
    rule: str = "parse"
    level: str = "fault"

    def told(self, language: str) -> tuple[str, str]:
        """Return what is wrong and what to do in English (``en``) or Chinese (``zh``)."""
        return (self.message_zh, self.remedy_zh) if language == "zh" else (self.message, self.remedy)

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" if self.line else self.file or "the graph"
        parts = (place, "warning" if self.level == "warning" else "", self.focus, self.message)
        return f"{': '.join(part for part in parts if part)}. {self.remedy}"
