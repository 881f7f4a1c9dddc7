"""Let e-mails leave after the act that wrote them, from an outbox (ISO 9001 §7.4, §7.5.3).

Owns OutgoingMessage (recorded) and MessageText (its words, unrecorded: they may hold a link that signs somebody in, and
are removed after some time). Any chapter above calls `acts.post(...)` inside its own act; a job carries the messages to
the operator's mail server, tries again after 1 min, 5 min, 30 min, 2 h and 12 h, then abandons and says so.

`server` reads the operator's mail server from the environment; `checks` names every mistake in it at start-up;
`wording` names the kinds of messages that other chapters register. Nothing leaves without such a server, nor ever
from a demonstration: the messages are kept to be read.
Does not: receive mails, decide who is written to, or write the words of other chapters.
"""
