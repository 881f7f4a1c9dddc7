"""Make a fictional network that is alive today, from a seed (docs/adr/0012).

Owns no record: it hands invented organizations, certificates, studies and figures to the acts of the
chapters, as an automaton named "demonstration", so that the trail says what they are. Computed as of
2017 they give the totals of the release of 9 October 2018. It stands above every family and nothing
imports it.
"""
