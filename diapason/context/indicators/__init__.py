"""Say what the network measures, and where each figure comes from (ISO 9001 §9.1.1).

Owns the indicators and the versions of their definitions, the figures (computed from records or
declared with a source), what others published, the claims that cannot be computed, and the frozen
editions from which the network publishes. Chapters above register the functions that compute an
indicator (`rules.computation.computes`). It does not judge figures: that is evaluation/performance.
"""
