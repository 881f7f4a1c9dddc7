import pytest
from django.urls import reverse
pytestmark = pytest.mark.django_db
URLS=["people:accounts","people:new_invitation","people:roles","people:me","mfa_index","mfa_activate_totp","mfa_add_webauthn","mfa_list_webauthn","account_change_password","usersessions_list","account_logout","account_reauthenticate"]
@pytest.mark.parametrize("u",URLS)
def test_ok(client_as, network, u):
    c=client_as("administrator")
    r=c.get(reverse(u), follow=True)
    assert r.status_code==200, r.content[:500]
    open(f"/tmp/people/{u.replace(':','_')}.html","wb").write(r.content)
@pytest.mark.parametrize("u",["account_login","account_reset_password","account_reset_password_done","account_inactive"])
def test_public(client, db, u):
    r=client.get(reverse(u)); assert r.status_code==200
    open(f"/tmp/people/{u}.html","wb").write(r.content)
def test_person(client_as, account, network):
    c=client_as("administrator"); a=account("quality_manager", network.alpha)
    for u in [reverse("people:person",args=[a.person.identifier]), reverse("people:new_role",args=[a.person.identifier]), reverse("people:held",args=[a.person.assignments.get().reference])]:
        r=c.get(u); assert r.status_code==200
