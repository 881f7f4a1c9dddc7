"""List the table of this chapter that the trail does not watch, with its reason."""

UNRECORDED: dict[str, str] = {
    "mailing_messagetext": "words of a message, removed after some time; writing, sending and removing are recorded",
}
