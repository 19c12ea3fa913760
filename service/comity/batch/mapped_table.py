"""Stub."""
from __future__ import annotations
from typing import Any
class MappedTable:
    total=0
    gaps=False
    def __init__(self,*a: Any)->None: ...
