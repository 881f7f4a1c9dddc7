"""Hold the learning committees of a house (comité de retour d’expérience, CREX): one event a month, taken together.

Owns: meetings (event chosen, pilot, analysis by ORION or ALARM, minutes, next date), who attended by trade (ISO 9001
§10.2.1 b, §7.1.6). The causes found are written into the event; the actions are planned with the event as origin.
Minutes are read by those who work on the events of the house and by those who attended: auditors and certifiers are
not shown them. Extra modules: `days` asks for the meeting of the month, `telling` tells codes in words. The folder
typesetting holds the template of the minutes.
Does not: hold events, causes or actions (quality_events, action_plan), or judge anybody.
"""
