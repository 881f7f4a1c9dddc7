"""Hold the standards that the network works to: editions, clauses, correspondences and changes (ISO 9001 §4.4.1).

Owns standards, their editions with amendments, the clause tree, the links from one standard to another and
what changes between two editions; all of it declared in `catalogue/standards` and loaded from there. It does
not hold what an organization answers to a clause (readiness) nor certificates.
"""
