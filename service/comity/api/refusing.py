"""The problems with which descriptions and questions are refused, and those of checks that were not finished."""

from __future__ import annotations

from collections.abc import Collection

from comity.flow.json_text import NotJson
from comity.flow.problems import DescriptionError
from comity.http.problems import Problem, error
from comity.judging.judges import AnswerTooLong
from comity.processes.failures import Cancelled, Failure, TimedOut, TooMany, Unavailable
from comity.recognition.sides import RecognitionError

__all__ = ["failed", "refused", "unanswerable"]


def refused(fault: DescriptionError | NotJson | RecursionError | AnswerTooLong) -> Problem:
    """Return the problem for a description that is not answered; it names every place that is at fault."""
    if isinstance(fault, NotJson):
        told = error("", fault.message["en"], fault.message["zh"], line=fault.line, column=fault.column)
        return Problem(400, "Malformed JSON", fault.message["en"], errors=[told])
    if isinstance(fault, RecursionError):
        text = "The description refers to itself too deeply to be judged; shorten its chains of parties."
        return Problem(422, "Invalid description", text)
    if isinstance(fault, AnswerTooLong):
        text = f"The answer has {fault.length} bytes, and at most {fault.limit} are sent. Send fewer legs or data items in one description."
        return Problem(413, "Answer too large", text, limit=fault.limit)
    rest = len(fault.problems) - 1
    more = f"; and {rest} more, see errors" if rest > 0 else ""
    first = "".join(f"{each['pointer'] or '/'}: {each['message']['en']}" for each in fault.problems[:1])
    return Problem(422, "Invalid description", first + more, errors=list(fault.problems))


def unanswerable(question: RecognitionError, in_path: Collection[str] = ()) -> Problem:
    """Return the problem for a question that names what the graph does not know; ``in_path`` are the parts that stand in the path."""
    errors = [
        error(f"/{'path' if fault.field in in_path else 'query'}/{fault.field}", fault.en, fault.zh, fault.nearest)
        for fault in question.faults
    ]
    return Problem(422, "Unknown value", " ".join(fault.en for fault in question.faults[:3]), errors=errors)


def failed(failure: Failure) -> Problem:
    """Return the problem for a check that the judging processes did not finish."""
    if isinstance(failure, TimedOut):
        text = f"The check took longer than {failure.seconds:g} s and was stopped. Send fewer legs, data items or parties at once."
        return Problem(503, "Check timed out", text, headers={"Retry-After": "1"}, limit=failure.seconds)
    if isinstance(failure, TooMany):
        text = f"All processes that judge are in use and others wait. Try again in {failure.seconds} s."
        return Problem(503, "Too many checks", text, headers={"Retry-After": str(failure.seconds)})
    if isinstance(failure, Unavailable):
        return Problem(503, "Checks are not available", str(failure), headers={"Retry-After": "5"})
    if isinstance(failure, Cancelled):
        return Problem(499, "Client Closed Request", "The client went away before the description was judged.")
    text = "The check needs more memory than one check may use. Send fewer legs, data items or parties in one description."
    return Problem(422, "Description too expensive", text)
