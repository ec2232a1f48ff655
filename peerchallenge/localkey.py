"""A secret key of this machine's own, for development and the demonstration.

Made once in var/secret-key, readable by its owner only, and put into SECRET_KEY where that is unset. Production
never comes here: settings refuse to start there without a key that somebody chose.
"""

import os
import secrets
from pathlib import Path

KEY = Path(__file__).resolve().parent.parent / "var" / "secret-key"


def ensure(key: Path = KEY) -> None:
    """Put a key into SECRET_KEY unless one is there. Two processes that start together get the same one."""
    if os.environ.get("SECRET_KEY") or os.environ.get("DEPLOYMENT") == "production":
        return
    key.parent.mkdir(parents=True, exist_ok=True)
    if not key.exists():
        own = key.with_name(f"{key.name}.{os.getpid()}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(50))
        try:
            os.link(own, key)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            own.unlink()
    os.environ["SECRET_KEY"] = key.read_text().strip()
