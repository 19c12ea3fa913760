"""How a service and its worker processes speak: a JSON header and a body of bytes, each with its length before it."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

_LENGTHS = struct.Struct("!II")


class Closed(Exception):
    """The other side is gone."""


def send(channel: socket.socket, header: dict[str, Any], body: bytes = b"", timeout: float | None = None) -> None:
    """Send one message. Raises :class:`Closed`, or ``TimeoutError`` after ``timeout`` seconds."""
    head = json.dumps(header).encode()
    channel.settimeout(timeout)
    try:
        channel.sendall(_LENGTHS.pack(len(head), len(body)) + head)
        channel.sendall(body)
    except TimeoutError:
        raise
    except OSError as error:
        raise Closed from error


def receive(channel: socket.socket, timeout: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Return the next message, whole. Raises :class:`Closed`, or ``TimeoutError`` if it is not there ``timeout`` seconds from now."""
    deadline = None if timeout is None else time.monotonic() + timeout
    head_length, body_length = _LENGTHS.unpack(_exactly(channel, _LENGTHS.size, deadline))
    header = json.loads(_exactly(channel, head_length, deadline))
    return header, bytes(_exactly(channel, body_length, deadline))


def _exactly(channel: socket.socket, length: int, deadline: float | None) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            channel.settimeout(left)
        else:
            channel.settimeout(None)
        try:
            count = channel.recv_into(rest)
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed from error
        if not count:
            raise Closed
        rest = rest[count:]
    return data
