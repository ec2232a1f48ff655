"""python -m peerchallenge.runner.health [web | worker]: ends with 0 when that part of the service works.

For container health checks. The web server is asked by the name it is known by, as any visitor would.
"""

import http.client
import os
import sys

from peerchallenge.runner.supervisor import worker_is_silent


def web_is_ready() -> bool:
    """Whether the web server, its database and its tables are ready."""
    port = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip() or "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    part = sys.argv[1] if len(sys.argv) > 1 else "web"
    works = not worker_is_silent() if part == "worker" else web_is_ready()
    sys.exit(0 if works else 1)
