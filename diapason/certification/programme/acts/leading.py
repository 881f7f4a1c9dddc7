"""Open programmes, define waves, keep milestones, pass experience on, accompany each other."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.certification.programme import facts, permissions, rules
from diapason.certification.programme.models import (
    Experience,
    Mentoring,
    Milestone,
    Programme,
    ProgrammePartner,
    Wave,
    WaveMember,
)
from diapason.context.network.models import Organization
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def open_programme(*, by: Any, on: date, **description: Any) -> Programme:
    """Open a programme of the network (ISO 9001 § 6.2, § 6.3)."""
    permissions.may_lead_programme(by=by).require()
    programme = Programme(**description)
    programme.full_clean()
    programme.save()
    record(facts.ProgrammeOpened(subject=programme.subject, title=programme.title_fr), by=by)
    return programme


@act
def define_wave(
    *,
    programme: Programme,
    number: int,
    title_fr: str,
    title_en: str,
    members: Sequence[Organization],
    starts_on: date | None = None,
    ends_on: date | None = None,
    by: Any,
    on: date,
) -> Wave:
    """Say who goes through the programme together; a wave defined again takes the new members."""
    permissions.may_lead_programme(by=by).require()
    found = Wave.objects.filter(programme=programme, number=number).first()
    wave = reread(found) if found else Wave(programme=programme, number=number)
    wave.title_fr, wave.title_en, wave.starts_on, wave.ends_on = title_fr, title_en, starts_on, ends_on
    wave.save()
    wanted = {organization.pk for organization in members}
    elsewhere = WaveMember.objects.filter(wave__programme=programme, organization__in=wanted).exclude(
        wave=wave
    )
    if taken := list(elsewhere.values_list("organization__short_name", flat=True)):
        Verdict.no(message("Already in another wave: %(names)s."), names=", ".join(taken)).require()
    wave.memberships.exclude(organization__in=wanted).delete()
    kept = set(wave.memberships.values_list("organization_id", flat=True))
    WaveMember.objects.bulk_create(WaveMember(wave=wave, organization=o) for o in members if o.pk not in kept)
    names = ", ".join(organization.short_name for organization in members)
    record(facts.WaveDefined(subject=programme.subject, number=number, members=names), by=by)
    return wave


@act
def plan_milestone(
    *,
    programme: Programme,
    organization: Organization,
    kind: str,
    planned_on: date,
    reason: str = "",
    version: int | None = None,
    by: Any,
    on: date,
) -> Milestone:
    """Give a milestone of an organization a date; moving it wants a reason."""
    permissions.may_plan_milestone(organization, by=by).require()
    found = Milestone.objects.filter(programme=programme, organization=organization, kind=kind).first()
    if found is None:
        milestone = Milestone(programme=programme, organization=organization, kind=kind)
    else:
        if found.held_on:
            Verdict.no(message("This milestone was held already.")).require()
        if not reason:
            Verdict.no(message("Say why the date moves.")).require()
        milestone = reread(found, version)
    milestone.planned_on = planned_on
    milestone.full_clean()
    milestone.save()
    record(
        facts.MilestonePlanned(
            subject=milestone.subject,
            organization=organization.code,
            kind=kind,
            planned_on=planned_on,
            reason=reason,
        ),
        by=by,
    )
    return milestone


@act
def reach_milestone(
    *,
    programme: Programme,
    organization: Organization,
    kind: str,
    held_on: date,
    version: int | None = None,
    by: Any,
    on: date,
) -> Milestone:
    """State that a milestone of an organization was held."""
    permissions.may_plan_milestone(organization, by=by).require()
    rules.check_milestone(None, held_on, on).require()
    found = Milestone.objects.filter(programme=programme, organization=organization, kind=kind).first()
    milestone = (
        reread(found, version)
        if found
        else Milestone(programme=programme, organization=organization, kind=kind)
    )
    milestone.held_on = held_on
    milestone.full_clean()
    milestone.save()
    record(
        facts.MilestoneReached(
            subject=milestone.subject, organization=organization.code, kind=kind, held_on=held_on
        ),
        by=by,
    )
    return milestone


@act
def share_experience(
    *,
    programme: Programme,
    organization: Organization,
    topic: str,
    title: str,
    text: str,
    to_wave: Wave | None = None,
    by: Any,
    on: date,
) -> Experience:
    """Pass on to those that prepare what an experienced organization learnt (ISO 9001 § 7.1.6)."""
    permissions.may_share_experience(organization, by=by).require()
    experience = Experience(
        reference=take_number("XP", organization.code, on.year),
        programme=programme,
        from_organization=organization,
        to_wave=to_wave,
        topic=topic,
        title=title,
        text=text,
        shared_on=on,
    )
    experience.full_clean(exclude=["reference"])
    experience.save()
    record(
        facts.ExperienceShared(subject=experience.subject, organization=organization.code, title=title), by=by
    )
    return experience


@act
def offer_mentoring(
    *,
    programme: Programme,
    mentor: Organization,
    candidate: Organization,
    starts_on: date,
    purpose: str = "",
    by: Any,
    on: date,
) -> Mentoring:
    """Accompany another organization during its preparation (« parrainage »)."""
    permissions.may_offer_mentoring(mentor, by=by).require()
    if mentor.pk == candidate.pk:
        Verdict.no(message("An organization accompanies another one.")).require()
    known = Mentoring.objects.filter(programme=programme, mentor=mentor, candidate=candidate)
    if known.exists():
        Verdict.no(message("%(mentor)s already accompanies it."), mentor=mentor.short_name).require()
    mentoring = Mentoring.objects.create(
        programme=programme, mentor=mentor, candidate=candidate, starts_on=starts_on, purpose=purpose
    )
    record(
        facts.MentoringOffered(
            subject=programme.subject,
            organization=mentor.code,
            mentor=mentor.short_name,
            candidate=candidate.short_name,
        ),
        by=by,
    )
    return mentoring


@act
def take_over_programme(
    *,
    programme: Programme,
    partners: Sequence[ProgrammePartner] = (),
    waves: Sequence[Wave] = (),
    members: Sequence[WaveMember] = (),
    milestones: Sequence[Milestone] = (),
    experiences: Sequence[Experience] = (),
    mentorings: Sequence[Mentoring] = (),
    source: str,
    by: Any,
    on: date,
) -> Programme:
    """Take over a programme with unsaved rows that point to each other; for automata only."""
    if programme.pk is None:
        programme.save()
    ProgrammePartner.objects.bulk_create(partners)
    Wave.objects.bulk_create(waves)
    WaveMember.objects.bulk_create(members)
    Milestone.objects.bulk_create(milestones)
    Experience.objects.bulk_create(experiences)
    Mentoring.objects.bulk_create(mentorings)
    record(
        facts.ProgrammeTakenOver(subject=programme.subject, milestones=len(milestones), source=source), by=by
    )
    return programme
