"""Store persons, the roles they hold, their accounts and the invitations that open them (ISO 9001 §5.3)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from diapason.audit_trail.models import Recorded
from diapason.context.network.models import VisibilityRule
from diapason.context.people.rules import Role, Roles, load_roles, roles_in_force, scope_of
from diapason.context.people.scope_today import scope_today
from diapason.kernel.scope import NOBODY, Scope
from diapason.ui.together import Given, ask_together

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def declared_roles() -> Roles:
    """Return the roles of the catalogue, read once a process."""
    return load_roles(settings.DIAPASON["catalogue"] / "roles" / "roles.yaml")


def role_said(code: str) -> str:
    """Return the name of a role in the active language."""
    return declared_roles().named(code).text(get_language() or "fr")


class PersonQuerySet(models.QuerySet["Person"]):
    """Ask for persons."""

    def visible_to(self, user: "Account | AnonymousUser") -> "PersonQuerySet":
        """Keep oneself and whoever holds or held a role in one's organizations; all for the network's administrator."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.may("manage_accounts"):
            return self
        near = RoleAssignment.objects.filter(person=OuterRef("pk"), organization__in=scope.organizations)
        return self.filter(Exists(near) | Q(identifier=scope.person))


class Person(Recorded):
    """Be somebody who acts or is named; stays when the account has ended."""

    PERSONAL = ("given_name", "family_name", "email", "sort_key")

    identifier = models.CharField(max_length=12, unique=True, editable=False)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)
    sort_key = models.CharField(max_length=170, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "identifier"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return given name and family name."""
        return f"{self.given_name} {self.family_name}"

    @property
    def subject(self) -> str:
        """Return the subject under which the trail speaks of this person."""
        return f"person:{self.identifier}"

    def get_absolute_url(self) -> str:
        """Return the page of this person."""
        return reverse("people:person", args=[self.identifier])


class AssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Ask for roles held."""

    def visible_to(self, user: "Account | AnonymousUser") -> "AssignmentQuerySet":
        """Keep one's own and those of one's organizations; all for the network's administrator."""
        scope: Scope = getattr(user, "scope", NOBODY)
        if scope.may("manage_accounts"):
            return self
        return self.filter(Q(organization__in=scope.organizations) | Q(person__identifier=scope.person))

    def dated(self, *, on: date | Given) -> "AssignmentQuerySet":
        """Keep those whose dates include the day and that were not withdrawn by then."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(revoked_on__isnull=True) | Q(revoked_on__gt=on),
            starts_on__lte=on,
        )

    def not_over(self, *, on: date) -> "AssignmentQuerySet":
        """Keep those in force that day and those still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), revoked_on__isnull=True)

    def in_force(self, *, on: date) -> "AssignmentQuerySet":
        """Keep those in force that day: a stand-in's role also ends with the role of the person replaced."""
        same = RoleAssignment.objects.dated(on=on).filter(
            person=OuterRef("stands_in_for"), role=OuterRef("role"), stands_in_for=None
        )
        here = Exists(same.filter(organization=OuterRef("organization")))
        network = Q(organization=None) & Exists(same.filter(organization=None))
        return self.dated(on=on).filter(Q(stands_in_for=None) | here | network)


class RoleAssignment(Recorded):
    """Be a role held by a person for an organization, or for the network, between two dates (both included)."""

    reference = models.CharField(max_length=20, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    organization = models.ForeignKey(
        "network.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True, help_text="withdrawn that day, at once")
    stands_in_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "reference"]
        indexes = [models.Index(fields=["role", "organization"], name="assignment_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="assignment_dates",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | ~Q(stands_in_for=models.F("person")),
                name="assignment_not_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.role}"

    @property
    def declared(self) -> Role | None:
        """Return the role as declared today, None when the catalogue no longer has it."""
        return declared_roles().roles.get(self.role)

    @property
    def role_name(self) -> str:
        """Return the name of the role in the active language."""
        return role_said(self.role)

    def is_dated(self, *, on: date) -> bool:
        """Tell whether the dates include the day and the role was not withdrawn by then."""
        started = self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
        return started and (self.revoked_on is None or on < self.revoked_on)


class AccountManager(BaseUserManager["Account"]):
    """Fetch accounts, the person always with them: one query for who asks."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        """Return accounts joined with their person."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of an e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Be the credentials of one person; `request.user`. Holds no record: what matters is stated of the person."""

    last_login = None  # when somebody was last seen is nobody's business
    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    language = models.CharField(
        max_length=5, blank=True, help_text="language of the interface, empty: the browser's"
    )
    kept_views = models.JSONField(
        default=list, blank=True, help_text="lists as this person narrowed them: pairs of name and address"
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return self.person.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, the address in lower case."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def views_of(self, path: str) -> list[tuple[str, str]]:
        """Return the kept views of the list at this path, as (name, address), in the order of their names."""
        return sorted((name, url) for name, url in self.kept_views if url.partition("?")[0] == path)

    @property
    def trail_name(self) -> str:
        """Return the identifier that the trail keeps."""
        return self.person.identifier

    @property
    def trail_roles(self) -> str:
        """Return the roles held today, by code."""
        return ",".join(self.scope.roles)

    @cached_property
    def scope(self) -> Scope:
        """Return what this person may do and see today: one query, once a request."""
        return scope_today(self)

    def scope_on(self, day: date) -> Scope:
        """Return what this person may do and see on that day."""
        if not self.is_active:
            return NOBODY
        rows, charter = ask_together(*what_decides(day, person=self.person_id))
        return self.scope_from(rows, charter)

    def scope_from(self, rows: list[Any], charter: list[Any]) -> Scope:
        """Return what this person may do and see by these rows of `what_decides`; the codes of the houses stay."""
        self.house_codes = {house: code for *_rest, house, _replaced, code in rows if house is not None}
        held = roles_in_force(self.person_id, [row[2:6] for row in sorted(rows)]) if self.is_active else []
        roles = declared_roles()
        mine = {roles[code].audience for code, _ in held if code in roles} | {"public"}
        opened = [(kind, form) for kind, audience, form in charter if audience in mine] if held else []
        return scope_of(self.person.identifier, held, opened, roles) if self.is_active else NOBODY


def what_decides(day: date | Given, **whose: Any) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Return the two questions behind a scope: roles of the person and of whom it stands in for; the charter.

    `whose` says which person (`person=` its key, `person__account=` that of its account).
    """
    replaced = RoleAssignment.objects.filter(**whose, stands_in_for__isnull=False)
    rows = RoleAssignment.objects.dated(on=day).filter(
        Q(**whose) | Q(person__in=replaced.values("stands_in_for"))
    )
    columns = (
        "starts_on", "pk", "person_id", "role", "organization_id", "stands_in_for_id", "organization__code",
    )  # fmt: skip
    charter = VisibilityRule.objects.order_by().values_list("object_kind", "audience", "form")
    return rows.order_by().values_list(*columns), charter


class Invitation(models.Model):
    """Hold the hash of a one-use link with which a person opens an account, or gets back into it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="used, withdrawn or replaced")

    def is_open(self, *, at: datetime) -> bool:
        """Tell whether the link may still be used."""
        return self.closed_at is None and at < self.expires_at
