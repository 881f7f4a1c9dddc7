"""Hold what one house learnt and all may take up: lessons (REX) and good practices (ISO 9001 §10.3, §7.1.6).

Owns: lessons, the clauses they touch, and the answer of each organization to each lesson offered.
A lesson starts as a draft that nobody but its house sees; the house sends it, the coordination edits it, the house
agrees with the final text, and only then is it offered to every organization open that day. Its house, its study and
its persons are not named to the others, unless the house says that it may be named.
What the others answered is named or counted as the visibility charter says (kind "lesson").
Extra modules: `searching` finds lessons by words for the search of every page, `weekly` gives the weekly letter its
lines. The folder typesetting holds the
template of the one page that is printed.
Does not: hold events (quality_events) or actions (action_plan), rank organizations, or keep names of persons.
"""
