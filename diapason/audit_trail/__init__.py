"""Record every act so that it can be proved later (ISO 9001 §7.5.3; ICH E6(R3) 4.2.2).

Owns the entries, their Merkle tree, its signed heads, the openings of personal commitments, the
counters of record numbers and the electronic signatures. An act without a trail line cannot happen:
triggers generated from the models refuse a change outside an act and collect it inside one. It does
not decide who may act, and it knows no chapter.
"""
