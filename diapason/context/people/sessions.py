"""Keep sessions as Django does; each request finds its own by a statement made once a process."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from diapason.ui.together import Given, Prepared


def _open_session() -> list[Any]:
    sessions = db.SessionStore.get_model_class().objects
    key, now = Given("key", CharField()), Given("now", DateTimeField())
    return [sessions.filter(session_key=key, expire_date__gt=now)]


_OPEN = Prepared(_open_session)


class SessionStore(db.SessionStore):
    """Be Django's sessions in the database."""

    def _get_session_from_db(self) -> Any:
        """Return the session of this key unless it is over."""
        found = _OPEN.ask(key=self.session_key, now=timezone.now())[0]
        if not found:
            self._session_key = None
        return found[0] if found else None
