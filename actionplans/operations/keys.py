"""One-time keys of forms, as the plan stores them."""

import uuid

FORMS = uuid.UUID("6f1d9a52-3a51-4c0e-9f2e-0d2c5c4f7a10")


def stored_key(form_key: uuid.UUID | str) -> uuid.UUID:
    """The key under which a form is remembered. The same text always gives the same key."""
    return form_key if isinstance(form_key, uuid.UUID) else uuid.uuid5(FORMS, form_key)
