"""Keep with an action the files that prove what was done (ISO 9001 § 7.5.3, § 10.2.2)."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act
from diapason.context.files import acts as files
from diapason.context.files.models import KeptFile
from diapason.context.files.store import Staged
from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.models import KIND, Action


@act
def attach_evidence(*, action: Action, staged: Staged, by: Any, on: date) -> KeptFile:
    """Keep a file that proves what was done; it was checked and stored before the act."""
    permissions.may_attach(action, by=by).require()
    return files.keep_file(
        staged=staged,
        kind=KIND,
        key=action.number,
        organization=action.organization,
        added_by=getattr(by, "person", None),
        by=by,
        on=on,
    )
