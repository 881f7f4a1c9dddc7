"""Publish what the network says of itself: communiqués and the fact sheet (ISO 9001 §7.4).

Owns communiqués with their texts, and their choice of figures, milestones and claims. Every number comes
from a frozen edition (context/indicators), every milestone from certificates; nothing is typed that can be
computed. It does not send anything anywhere: it makes a page and a PDF; `typesetting` holds the program
that sets the PDF, run in a process of its own so that the web never loads it, and its template.
"""
