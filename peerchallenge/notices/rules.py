"""Who looks after the outbox."""

import rules

from peerchallenge.accounts.rules import is_programme_office

rules.add_perm("notices.read_outbox", is_programme_office)
rules.add_perm("notices.send_again", is_programme_office)
