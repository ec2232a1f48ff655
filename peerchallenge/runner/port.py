"""The port that bin/run serves on. Run as a program it says whether the port is free, before anything is set up."""

import errno
import socket
import sys

HOST = "127.0.0.1"


class PortUnavailable(Exception):
    """The port cannot be used; the message says why in one sentence."""


def reserve(port: int) -> socket.socket:
    """Hold the port without listening yet, so that nobody is answered before there is something to say."""
    if not 0 < port < 65536:
        raise PortUnavailable(f"{port} is not a port number: give one from 1 to 65535, for example --port 8001")
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((HOST, port))
    except OSError as error:
        held.close()
        if error.errno == errno.EACCES:
            raise PortUnavailable(f"Port {port} needs root: choose one above 1023, for example --port 8001") from error
        raise PortUnavailable(
            f"Port {port} is taken: stop what uses it, or choose another, for example --port {port + 1}"
        ) from error
    return held


if __name__ == "__main__":
    try:
        reserve(int(sys.argv[1])).close()
    except PortUnavailable as unavailable:
        sys.exit(str(unavailable))
