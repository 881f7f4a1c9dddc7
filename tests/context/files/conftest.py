"""Give the tests a store of their own and a kind of record that has files."""

import io

import pytest

from diapason.context.files import readers, store

KIND = "test_record"


def belongs(user, key):
    """Let the members of an organization read the files of its records: the key begins with its code."""
    from diapason.context.network.models import Organization

    found = Organization.objects.filter(code=key.partition("-")[0]).values_list("pk", flat=True)
    return bool(set(found) & set(user.scope.organizations))


readers.register(KIND, belongs)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Keep files in a folder of the test."""
    settings.DIAPASON = settings.DIAPASON | {"files": tmp_path}
    return tmp_path


@pytest.fixture
def stage_bytes():
    """Return `stage(data, name)`: what a person hands in."""
    return lambda data=b"Evidence.", name="preuve.txt": store.stage(io.BytesIO(data), name)
