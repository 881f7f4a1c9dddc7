"""Read what a network declares, as plain values."""

from typing import Any, Final

import yaml

_READER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml reads the same values in a tenth of the time; a package without it reads with its own."""


def read_yaml(text: str) -> Any:
    """Return the plain values of a YAML text; raises yaml.YAMLError when it is none."""
    return yaml.load(text, Loader=_READER)  # noqa: S506  # nosec B506 - either reader makes plain values only
