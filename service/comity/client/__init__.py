"""A client of the service for Python programs; it needs nothing but Python.

>>> from comity.client import Client                          # doctest: +SKIP
>>> with Client("http://127.0.0.1:8000") as comity:           # doctest: +SKIP
...     comity.check({"asOf": "2026-11-01", "dataItems": []})["verdict"]
'needs-information'
"""

from comity.client.answers import Answer, Graph, Page, Question, Timeline
from comity.client.client import Client
from comity.client.faults import Busy, ClientError, NotFound, Refused, ServiceError, Unreachable

__all__ = [
    "Answer",
    "Busy",
    "Client",
    "ClientError",
    "Graph",
    "NotFound",
    "Page",
    "Question",
    "Refused",
    "ServiceError",
    "Timeline",
    "Unreachable",
]
