"""List the tables of the chapter that the trail does not watch, each with its reason."""

UNRECORDED = {
    "quality_events_letter": "anonymous reports until the daily collection: a trail line would tell the hour",
}
