"""Let the record that asks for an action say whether one may be planned for it, and whether it may start yet."""

from collections.abc import Callable

from diapason.kernel.verdicts import Verdict

Gate = Callable[[str, str], Verdict]
_GATES: dict[str, Gate] = {}
_PLANNING: dict[str, Callable[[str], Verdict]] = {}


def register(origin_kind: str, gate: Gate, planning: Callable[[str], Verdict] | None = None) -> None:
    """Say who decides for a kind of origin: function(key of the origin, kind of the action), and planning(key)."""
    _GATES[origin_kind] = gate
    if planning is not None:
        _PLANNING[origin_kind] = planning


def may_plan(origin_kind: str, origin_key: str) -> Verdict:
    """Tell whether an action may be planned for it, as far as what asks for it is concerned."""
    gate = _PLANNING.get(origin_kind)
    return gate(origin_key) if gate else Verdict.yes()


def may_start(origin_kind: str, origin_key: str, action_kind: str) -> Verdict:
    """Tell whether an action may start, as far as what asked for it is concerned."""
    gate = _GATES.get(origin_kind)
    return gate(origin_key, action_kind) if gate else Verdict.yes()
