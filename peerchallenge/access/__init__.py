"""Who may: `@allow` on every view, `Refused` for what cannot be done now."""

from peerchallenge.access.decorators import allow, allow_anyone, allow_signed_in
from peerchallenge.access.refusals import Refused, Stale

__all__ = ["Refused", "Stale", "allow", "allow_anyone", "allow_signed_in"]
