class DocumentFault(Exception):
    """A PDF could not be made, or would not have been accessible. The message says what is wrong with it."""


class FileFault(Exception):
    """A stored file is missing or is not what was stored. The message is a sentence for the person who asked for it."""
