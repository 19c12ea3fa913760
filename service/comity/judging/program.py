"""The program of the processes that judge: loads the compiled law, then judges one description after another."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from comity.check.checker import Ask
from comity.check.dataset import DatasetError, load_checker
from comity.check.profiles import Judged
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.judging.representations import in_form, shapes_of
from comity.processes import loader
from comity.processes.worker import Answer

_WORTH_KEEPING = 1024 * 1024  # bytes of an answer; what is longer is sent as it is, and would crowd out a great many others


def trade(settings: dict[str, Any]) -> tuple[Answer, dict[str, Any]]:
    """Load the dataset in the folder ``settings["path"]``, whose program has the SHA-256 ``settings["sha256"]`` where that is known.

    Answers are at most ``settings["most_bytes"]`` long.

    A request's body is the description as JSON text. Its header says the deepest nesting (``depth``), how the answer is wanted (``ask``,
    ``form``, ``lang``, ``over_time``, as in :class:`comity.judging.judges.Wanted`), and whether the asker keeps answers by profile
    (``keeps``); then the answer is a template for all of the profile where that is possible.
    """
    try:
        checker = load_checker(Path(settings["path"]), profile_bytes=0, sha256=settings.get("sha256"))
    except DatasetError as fault:
        raise ValueError(str(fault)) from None
    shapes, most = shapes_of(checker.program.data), settings["most_bytes"]
    # A description that says nothing asks for almost all tests; compiled before the fork, they are there for every worker.
    checker.check_json({"asOf": date.today().isoformat()})

    def answer(request: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        try:
            description = parse_json(body, request["depth"])
            if request["over_time"]:
                judged: Judged | bytes = orjson.dumps(checker.timeline(description))
            else:
                question = checker.question(description, Ask(*request["ask"]))
                judged = checker.judge(question)
            if request["keeps"] and not isinstance(judged, bytes) and judged.template.size <= _WORTH_KEEPING:
                header, found = judged.packed()
            else:
                whole = judged if isinstance(judged, bytes) else checker.filled(question, judged)
                header, found = {}, in_form(whole, request["form"], request["lang"], shapes)
        except DescriptionError as fault:
            return {"problems": fault.problems}, b""
        except NotJson as fault:
            return {"notJson": {"message": fault.message, "line": fault.line, "column": fault.column}}, b""
        except RecursionError:
            return {"tooDeep": True}, b""
        return ({"tooLong": len(found)}, b"") if len(found) > most else (header, found)

    return answer, {}


if __name__ == "__main__":
    sys.exit(loader.main(sys.argv[1:], trade))
