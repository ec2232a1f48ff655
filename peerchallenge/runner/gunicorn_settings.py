"""The web server, the same for bin/run and in production. docs/operations.md lists the variables."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
wsgi_app = "peerchallenge.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
preload_app = True  # imported once, shared by the workers: a quicker start and less memory
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000  # a worker starts afresh now and then, so that memory cannot creep up for months
max_requests_jitter = 500
limit_request_line = 8190
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 the heartbeat file must not wait for a disk
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
control_socket_disable = True
