"""Hold the certification programme: its waves, its milestones, and what the experienced pass on (ISO 9001 §7.1.6).

Owns: programmes and their partners, waves and their members, milestones per organization, experience passed on,
mentoring between organizations. The same records carry a change of edition of the standard.
Shows the public timeline and forecasts when the whole network will be certified, with its method and range.
Does not: hold certificates (certificates), judge requirements (readiness).
"""
