"""Know who acts: persons, the roles they hold, and the accounts with which they sign in (ISO 9001 §5.3, §7.5.3).

Owns Person and RoleAssignment (recorded), Account and Invitation (credentials, unrecorded). Roles themselves are data:
`catalogue/roles/roles.yaml`. Sign-in is django-allauth's; its signals reach the audit trail over one bridge only.
An account carries a Scope, loaded once a request: every permission and every `visible_to` asks that scope.
Does not: count, rank or time what persons do; sign anybody up (by invitation only); write mails.
"""
