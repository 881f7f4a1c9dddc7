import pytest
from diapason.context.studies.models import *
pytestmark=[pytest.mark.database, pytest.mark.django_db]
def test_one(study, outside, network):
    s=study("ALPHA", sites=(outside("CHU de Lyre"),), identifiers=(("nct","NCT03275311"),))
    assert Study.objects.count()==1 and s.site_count==1
