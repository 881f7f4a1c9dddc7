"""Speak HTTP over kept-alive connections of loopback with as little work as possible, and time each answer."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """Hold one answer."""

    status: int
    head: bytes
    body: bytes


class Connection:
    """Be one connection, opened once."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, request: bytes) -> Answer:
        """Send a request and return its answer; a closed connection is an error."""
        self.socket.sendall(request)
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        length = _length(head)
        while len(self.rest) < length:
            self._more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return Answer(int(head[9:12]), head, body)

    def _more(self) -> None:
        found = self.socket.recv(262_144)
        if not found:
            raise ConnectionError("the server closed the connection")
        self.rest += found


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ConnectionError("an answer without its length")


def asked(path: str, cookies: str, form: bytes | None = None) -> bytes:
    """Return the bytes of a GET, or of the POST of a form."""
    verb = "GET" if form is None else "POST"
    lines = [f"{verb} {path} HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Accept-Language: fr"]
    if form is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (form or b"")


@dataclass
class Load:
    """Hold what a load showed: milliseconds of each good answer, what else came, how long it lasted."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Return good answers a second."""
        return len(self.times) / self.seconds

    def at(self, share: float) -> float:
        """Return the milliseconds within which that share of the answers came."""
        return sorted(self.times)[int(len(self.times) * share)] if self.times else float("nan")

    @property
    def median(self) -> float:
        """Return the median in milliseconds."""
        return statistics.median(self.times) if self.times else float("nan")


def drive(port: int, streams: list[Iterator[bytes]], seconds: float, good: Callable[[Answer], bool]) -> Load:
    """Send each stream over a connection of its own, without think time, for so many seconds."""
    load = Load()
    begin = threading.Barrier(len(streams) + 1)
    end = [0.0]

    def one(stream: Iterator[bytes]) -> None:
        connection = Connection(port)
        begin.wait()
        for request in stream:
            if time.perf_counter() > end[0]:
                return
            began = time.perf_counter()
            try:
                answer = connection.ask(request)
            except OSError as error:
                load.errors.append(repr(error))
                connection = Connection(port)
                continue
            if good(answer):
                load.times.append((time.perf_counter() - began) * 1000)
            else:
                load.errors.append(f"{answer.status} {answer.body[:200]!r}")

    threads = [threading.Thread(target=one, args=[stream]) for stream in streams]
    for thread in threads:
        thread.start()
    end[0] = time.perf_counter() + seconds
    began = time.perf_counter()
    begin.wait()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load
