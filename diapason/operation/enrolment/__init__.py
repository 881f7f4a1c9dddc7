"""Count inclusions: how many participants a study included, by organization and month (ISO 9001 §8.5.1, §9.1.1).

Owns: monthly counts with their source. Counts only: no participant, no date of a visit, no code of a person.
`figures` answers the indicator that is computed from them.
Does not forecast (statistics/) and does not decide what a figure means (context/indicators).
"""
