"""Asking a server on this machine for pages as a browser would, over HTTP."""

import http.client
import urllib.parse
from dataclasses import dataclass
from typing import Any

TOKEN = "d" * 32


@dataclass(frozen=True)
class Answer:
    """What came back: a status and a body, or 0 when the connection broke."""

    status: int
    body: str = ""
    headers: Any = None


class Pages:
    def __init__(self, port: int):
        self.port = port

    def get(self, path: str, *, session: str = "") -> Answer:
        return self._ask("GET", path, session)

    def post(self, path: str, fields: dict[str, Any], *, session: str) -> Answer:
        return self.post_raw(path, urllib.parse.urlencode(fields).encode(), session=session)

    def post_raw(self, path: str, body: bytes, *, session: str) -> Answer:
        """A form whose fields are encoded already, so that they may be encoded wrongly."""
        body += f"&csrfmiddlewaretoken={TOKEN}".encode()
        return self._ask("POST", path, session, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, content: bytes, name: str, *, session: str) -> Answer:
        mark = "drill-7731"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}\r\n'
        head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: application/octet-stream\r\n\r\n"
        body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self._ask("POST", path, session, body, f"multipart/form-data; boundary={mark}")

    def _ask(self, method: str, path: str, session: str, body: bytes = b"", kind: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"} if session else {}
        try:
            connection.request(method, path, body or None, {**headers, **({"Content-Type": kind} if kind else {})})
            response = connection.getresponse()
            return Answer(response.status, response.read().decode("utf-8", "replace"), response.headers)
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()
