"""Read the headers of the components, from which the gallery is made."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from diapason.kernel.declarations import read_yaml

FOLDER: Final = Path(__file__).parent / "templates" / "ui" / "components"


@dataclass(frozen=True)
class Component:
    """Hold one component: what it is for, its arguments and an example when its header gives one."""

    file: str
    name: str
    what: str
    arguments: dict[str, str]
    example: dict[str, Any] | None

    @property
    def drawn(self) -> SafeString | str:
        """Return the example as drawn."""
        return "" if self.example is None else render_to_string(f"ui/components/{self.file}", self.example)


def read(path: Path) -> Component:
    """Read one header: the YAML inside the first comment of the file."""
    text = path.read_text(encoding="utf-8")
    head = text.partition("{% comment %}")[2].partition("{% endcomment %}")[0]
    declared = read_yaml(head) or {}
    if not {"name", "what", "arguments"} <= set(declared):
        raise ValueError(f"{path.name}: the header needs name, what and arguments")
    arguments = {str(name): str(meaning) for name, meaning in (declared["arguments"] or {}).items()}
    return Component(path.name, declared["name"], declared["what"], arguments, declared.get("example"))


def every() -> list[Component]:
    """Return every component, by name."""
    return sorted((read(path) for path in FOLDER.glob("*.html")), key=lambda component: component.name)
