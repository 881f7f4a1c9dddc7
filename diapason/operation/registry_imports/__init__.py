"""Take over studies from registers: read, stage, preview, confirm, take in, report (ISO 9001 §8.2, §7.5.3).

Owns: import runs, the working copy of what a file says, refusals, proposals and confirmed names of places.
A file is parsed without a transaction; what it changes goes in by acts of at most a hundred records, so that
a run can be left, cancelled and resumed; a second run of the same file changes nothing; older data never
overwrite newer ones. Names, e-mail addresses and telephone numbers of contacts and investigators are dropped
when a record is read: they are never stored.
`readers` turn files into records without a database, `files` keeps a handed-in file until it has been
read, `handing` passes work to the jobs, `report` writes the refused lines as a table. Fetches nothing.
"""
