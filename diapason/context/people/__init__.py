"""Know who acts: persons, the roles they hold, and the accounts with which they sign in (ISO 9001 §5.3, §7.5.3).

Owns Person and RoleAssignment (recorded), Account and Invitation (credentials, unrecorded). Roles themselves are data:
`catalogue/roles/roles.yaml`; `checks` names every mistake in it at start-up. An account carries a Scope, loaded once a
request (`scope_today`): every permission and every `visible_to` asks that scope.

Sign-in is django-allauth's: `sign_in` holds its settings, `sign_in_urls` the pages that we serve, `adapters` the
decisions it asks for, `passwords` how they are hashed; `bridge` alone carries its signals to the audit trail and to
`security_log`; `middleware` ends sessions and demands the second factor; `sessions` finds the session of a request,
`backend` its account; `letters` holds what is written to persons.
Does not: count, rank or time what persons do; sign anybody up (by invitation only); send mails (context/mailing).
"""
