"""Give the studies of a network so many more investigator sites that the table has the number asked for.

The triggers are away meanwhile, as when the tests prepare damage: these rows are no record of anything, and a
million of them in the trail would measure the trail. Two in nine lie at members, the others outside the network.
"""

import sys

import django

MORE_PLACES = 4_000
PLACES = """
INSERT INTO network_outsideplace (version, key, name, city, country, finess)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
SELECT 1, 'bench-' || n, 'Hôpital ' || n, 'Ville ' || (n % 700), CASE WHEN n % 4 THEN 'FR' ELSE 'DE' END, ''
FROM numbers
"""
SITES = """
INSERT OR IGNORE INTO studies_investigatorsite
  (version, study_id, organization_id, site_id, place_id, country, is_abroad, status, opened_on, closed_on, listings,
   is_listed)
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < %s)
SELECT 1, study.id, {organization}, {site}, {place}, 'FR', false, study.status, study.starts_earliest,
       study.ends_earliest, 1, true
FROM studies_study AS study, numbers
"""
COUNTS = """
UPDATE studies_study SET
  site_count = (SELECT count(*) FROM studies_investigatorsite AS site WHERE site.study_id = studies_study.id),
  site_count_abroad = (SELECT count(*) FROM studies_investigatorsite AS site
                       WHERE site.study_id = studies_study.id AND site.is_abroad)
"""


def main(wanted: int) -> None:
    """Add places, then members' sites and outside sites evenly over all studies."""
    django.setup()
    from django.db import connection

    from diapason.audit_trail import triggers
    from diapason.context.network.models import OutsidePlace, Site
    from diapason.context.studies.models import InvestigatorSite, Study

    studies, known = Study.objects.count(), InvestigatorSite.objects.count()
    each = (wanted - known) // studies + 2  # some of the members' sites are there already
    triggers.drop()
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute(PLACES, [MORE_PLACES])
            first = OutsidePlace.objects.order_by("pk").filter(key__startswith="bench-").first()
            assert first is not None
            place = f"{first.pk} + (study.id * 37 + n * 101) % {MORE_PLACES}"
            outside = SITES.format(organization="NULL", site="NULL", place=place)
            cursor.execute(outside, [each - each * 2 // 9])
            members = list(
                Site.objects.filter(is_hospital_site=True).order_by("pk").values_list("pk", flat=True)
            )
            site = f"{members[0]} + (study.id * 7 + n * 3) % {len(members)}"
            assert members == list(range(members[0], members[0] + len(members)))
            organization = f"(SELECT organization_id FROM network_site WHERE id = {site})"
            inside = SITES.format(organization=organization, site=site, place="NULL")
            cursor.execute(inside, [each * 2 // 9])
            cursor.execute(COUNTS)
    finally:
        triggers.install()
    print(f"   {InvestigatorSite.objects.count():,} investigator sites of {studies:,} studies", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
