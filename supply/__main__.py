"""``python -m supply lock [--upgrade] | audit | licences | wheel``: what the Makefile calls."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from supply import licences, lockfile
from supply.audit import EXIT_NOT_AUDITED, audit
from supply.lock import lock
from supply.tools import ToolFault
from supply.wheel import WheelFault, packed


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m supply", description="The lock file, its audit and its licences; the wheel of a release."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("lock", help="write requirements.txt anew").add_argument(
        "--upgrade", action="store_true", help="take newest versions"
    )
    commands.add_parser("audit", help="ask for known vulnerabilities of what is locked")
    commands.add_parser("licences", help="write the table of licences in docs/operations.md")
    wheel = commands.add_parser("wheel", help="build the wheel of a release, with the dataset that HermiT has judged inside")
    wheel.add_argument("--dataset", type=Path, default=lockfile.ROOT / "build", help="folder of the built dataset")
    wheel.add_argument("--folder", type=Path, default=lockfile.ROOT / "dist", help="folder to write the wheel to")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "lock":
            count, changed = lock(chosen.upgrade)
            print(f"requirements.txt: {count} packages, {changed} of them new or of another version. Install them, then `make licences`.")
            return 0
        if chosen.command == "wheel":
            made = packed(chosen.dataset, chosen.folder)
            print(f"{made}: {made.stat().st_size:,} bytes")
            return 0
        if chosen.command == "audit":
            code, told = audit(lockfile.read())
            print("\n".join(told), file=sys.stderr if code else sys.stdout)
            return code
        licences.write()
        return 0
    except (lockfile.LockFault, ToolFault, WheelFault) as fault:
        print(fault, file=sys.stderr)
        return EXIT_NOT_AUDITED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
