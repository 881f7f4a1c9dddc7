"""Find what stands behind the commitments of a statement: the values that its organization keeps for itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Aggregate, OuterRef, QuerySet, Subquery, TextField

from diapason.audit_trail.models import Entry, Opening
from diapason.audit_trail.recording import tables
from diapason.kernel.facts import every_fact

Opened = Mapping[str, Any]


class _AsObject(Aggregate):
    """Gather commitment → canonical value into one JSON object, so that a page needs no statement more."""

    output_field = TextField()
    arity = 2
    function = "json_group_object"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Write it as PostgreSQL does."""
        shape = "json_object_agg(%(expressions)s)::text"
        return self.as_sql(compiler, connection, template=shape, **extra)


def with_openings(entries: "QuerySet[Entry]") -> "QuerySet[Entry]":
    """Return the same entries, each with the text of its openings in `openings` (None: none)."""
    of_entry = Opening.objects.filter(entry_number=OuterRef("number")).order_by().values("entry_number")
    gathered = of_entry.annotate(gathered=_AsObject("commitment", "value")).values("gathered")
    return entries.annotate(openings=Subquery(gathered))


def of(entry: Entry) -> Opened:
    """Return commitment → value for an entry, what was shredded left out; asks once when it came without."""
    if "openings" in entry.__dict__:
        said: dict[str, str] = json.loads(entry.__dict__["openings"] or "{}")
    else:
        said = dict(Opening.objects.filter(entry_number=entry.number).values_list("commitment", "value"))
    return {commitment: json.loads(value) for commitment, value in said.items()}


def is_hidden(value: Any) -> bool:
    """Tell whether a commitment stands in the place of a stated value."""
    return isinstance(value, dict) and value.keys() == {"commitment"}


def confidential_values(fact: Mapping[str, Any]) -> frozenset[str]:
    """Return which values of a stated fact belong to its organization alone."""
    kind = every_fact().get(fact["name"])
    return kind.CONFIDENTIAL if kind else frozenset()


def confidential_columns(table: str) -> frozenset[str]:
    """Return which columns of a table belong to its organization alone."""
    known = tables().get(table)
    return known.confidential if known else frozenset()


def confidential_in(statement: Mapping[str, Any]) -> Iterator[str]:
    """Yield the commitments of a statement behind which stand texts of its organization; no personal ones."""
    parts: list[tuple[Iterable[str], Mapping[str, Any] | None]] = [
        (confidential_values(fact), fact["values"]) for fact in statement["facts"]
    ]
    for change in statement["changes"]:
        parts += [(confidential_columns(change["table"]), change[side]) for side in ("old", "new")]
    for names, values in parts:
        for name in names if values else ():
            if values and is_hidden(values.get(name)):
                yield values[name]["commitment"]


def opened_fact(stated: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return a stated fact with its values opened, personal ones included: what a routine goes on from."""
    values = dict(stated["values"])
    hidden = {name: value["commitment"] for name, value in values.items() if is_hidden(value)}
    if hidden:
        rows = Opening.objects.filter(entry_number=number, commitment__in=hidden.values())
        known = dict(rows.values_list("commitment", "value"))
        values |= {name: json.loads(known[text]) for name, text in hidden.items() if text in known}
    return {**stated, "values": values}
