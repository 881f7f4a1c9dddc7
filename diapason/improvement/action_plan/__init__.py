"""Hold the one list of actions: corrections, corrective actions, improvements, whoever asked for them (ISO 9001 §10.2).

Owns: actions, their extensions and reminders, invitations to check. An action knows where it comes from by kind and
reference only, so that events, audits, reviews, risks and training use the same list.
A corrective action does not start before its criterion of effectiveness is fixed; somebody other than its owner
checks it. Extra modules: through `measures` chapters above give the series by which effectiveness is read,
through `gates` they say whether an action that they asked for may start; `days` puts on one’s day what waits there,
`papers` lays the plan out for paper and workbook, `letters` writes the weekly reminder that `jobs` sends, to which
chapters above add what is due with them through `digests`.
Does not: decide about the record that asked for the action; count anything per person.
"""
