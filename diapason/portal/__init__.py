"""Answer the pages that belong to no chapter: network home, my day, search, administration.

What: pages assembled from the panels, tasks and searchers that chapters register, and the root of all addresses.
Records owned: none. It decides nothing: what is true comes from the chapters (ISO 9001 §4.4, §5.1).
"""
