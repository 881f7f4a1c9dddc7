"""Hold the quality events: everything reported, from signal to closing (ISO 9001 §10.2, ICH E6(R3) §3.11).

Owns: events, what must be done outside this tool (obligations with their clocks), causes, clauses, messages between
declarer and quality manager, and the letter box in which anonymous reports wait.
An event belongs to one organization, which deals with it, and happened at one place. Nobody else sees it, unless the
visibility charter says so; its declarer follows it; the name of a confidential declarer is shown to those who sort
events, and nowhere else. Actions are in action_plan, lessons in lessons.
Extra modules: `unrecorded` lists the letter box, `jobs` empties it at a fixed hour, `collecting` says when, `days`
puts reports to sort and news of one’s own on my day, `telling` tells codes in words, `weekly` gives the weekly
letter its lines. `sheets` lays the sheet of one event out for paper, `sheet_parts` as a workbook, `cause_lines`
shapes causes for forms here and of committees.
Does not: keep adverse events of participants, participants' data, or statistics about persons.
"""
