"""Let the record that asked for an action say whether the action may start yet."""

from collections.abc import Callable

from diapason.kernel.verdicts import Verdict

Gate = Callable[[str, str], Verdict]
_GATES: dict[str, Gate] = {}


def register(origin_kind: str, gate: Gate) -> None:
    """Say who decides for a kind of origin: function(key of the origin, kind of the action)."""
    _GATES[origin_kind] = gate


def may_start(origin_kind: str, origin_key: str, action_kind: str) -> Verdict:
    """Tell whether an action may start, as far as what asked for it is concerned."""
    gate = _GATES.get(origin_kind)
    return gate(origin_key, action_kind) if gate else Verdict.yes()
