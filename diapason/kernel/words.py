"""Mark a text as a message id, translated only when it is shown."""


def message(text: str) -> str:
    """Return the message id unchanged; extraction finds it by this call."""
    return text
