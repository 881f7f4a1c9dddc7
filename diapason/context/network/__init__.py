"""Hold the network itself: its organizations, sites, groupings, outside places and partners (ISO 9001 §4.3, §4.4).

Owns organizations (with their names over time, openings, mergers), sites, groupings, partners, places
outside the network and the visibility charter. It does not hold persons or roles (people), nor the
investigator sites of a study (studies).
"""
