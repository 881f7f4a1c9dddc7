"""Keep the deviation sheets of studies, month by month, so that not each deviation becomes an event (ICH E6(R3) §3.11).

Owns: sheets (study, organization, month, reference of the sponsor's log), counts by shared category (of which major),
and the proposals that the rules make of them (catalogue/quality_event_kinds/deviation_rules.yaml).
Zero is entered as zero; what is empty is not known. A rule only proposes: a person opens an event or says why not.
Extra modules: `days` puts sheets to fill and proposals to decide on my day, `telling` tells codes in words.
Does not: hold single deviations, participants or their numbers; a sponsor's log is read and summed, never kept.
"""
