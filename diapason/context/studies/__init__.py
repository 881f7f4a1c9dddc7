"""Keep the identity of each study: its sponsor, what it is, where it stands and takes place (ISO 9001 §8.2).

Owns: studies, their identifiers, the history of their status, their investigator sites, what a registry
last said of them, and the revisions that a newer registry version brought.
Does not conduct a study (operation/), does not count inclusions (operation/enrolment) and keeps no
participant, no investigator's name and no contact.
A confidential study exists for its holder only: elsewhere neither name, identifiers nor existence show.
"""
