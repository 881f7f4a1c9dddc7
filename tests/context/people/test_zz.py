import time,pytest
from datetime import date
pytestmark=pytest.mark.django_db
def test_t(account,network):
    a=account("quality_manager",network.alpha); d=date(2026,11,23); a.scope_on(d)
    t=time.process_time()
    for _ in range(200): a.scope_on(d)
    print("\nscope ms", (time.process_time()-t)/200*1000)
