import pytest
from diapason.context.studies.models import *

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_one(study, outside, network, client_as):
    s = study(
        "ALPHA",
        sites=(outside("CHU de Lyre"),),
        identifiers=(("nct", "NCT03275311"),),
        sponsor_id=network.alpha.pk,
    )
    assert Study.objects.count() == 1 and s.site_count == 1
    c = client_as("quality_manager", network.alpha)
    for u in (
        "/studies/",
        "/studies/?q=alph&status=recruiting&sponsor=ALP&organization=BET&country=france&active_on=2020-01-01",
        "/studies/ET-ALPHA/",
        "/studies/registration/",
        "/studies/ET-ALPHA/correction/",
        "/studies/ET-ALPHA/status/",
        "/studies/ET-ALPHA/confidentiality/",
    ):
        r = c.get(u)
        assert r.status_code == 200, (u, r.status_code)
