-- Invented rows in bulk. Councils are numbered from 1; seed.councils, seed.actions and seed.password are set by the command.
INSERT INTO accounts_user (email, password, name, job_title, telephone, lga_role, is_active, date_joined)
SELECT 'coordinator' || n || '@scale.example', current_setting('seed.password'), 'Coordinator ' || n, '', '', '', true, now()
FROM generate_series(1, current_setting('seed.councils')::int) n;

INSERT INTO accounts_user (email, password, name, job_title, telephone, lga_role, is_active, date_joined)
SELECT 'owner' || n || '@scale.example', current_setting('seed.password'), 'Owner ' || n, '', '', '', true, now()
FROM generate_series(1, current_setting('seed.councils')::int) n;

INSERT INTO accounts_user (email, password, name, job_title, telephone, lga_role, is_active, date_joined)
VALUES ('office@scale.example', current_setting('seed.password'), 'Office', '', '', 'programme_office', true, now());

INSERT INTO engagements_council (name, short_name, slug, type, region, governance, website, notes, is_invented)
SELECT 'Scale Council ' || n, 'Scale ' || n, 'scale-' || n, 'district', 'Region ' || (n % 9), 'committee', '', '', true
FROM generate_series(1, current_setting('seed.councils')::int) n;

CREATE TEMP TABLE scale_council AS
SELECT c.id, substring(c.slug from 7)::int AS n, u.id AS coordinator, o.id AS owner
FROM engagements_council c
JOIN accounts_user u ON u.email = 'coordinator' || substring(c.slug from 7) || '@scale.example'
JOIN accounts_user o ON o.email = 'owner' || substring(c.slug from 7) || '@scale.example'
WHERE c.slug LIKE 'scale-%';

INSERT INTO engagements_councilrole (user_id, council_id, role) SELECT coordinator, id, 'coordinator' FROM scale_council;

INSERT INTO engagements_councilrole (user_id, council_id, role) SELECT owner, id, 'action_owner' FROM scale_council;

INSERT INTO engagements_post (council_id, title, kind, contact, version)
SELECT c.id, 'Director of Service ' || p, 'post', '', 1 FROM scale_council c, generate_series(1, 10) p;

INSERT INTO engagements_postholding (post_id, user_id, name, from_on)
SELECT p.id, c.owner, 'Owner ' || c.n, date '2020-01-01'
FROM engagements_post p JOIN scale_council c ON c.id = p.council_id WHERE p.title = 'Director of Service 1';

INSERT INTO engagements_engagement (slug, reference, type_id, council_id, framework_id, stage, standing, visit_starts_on, visit_ends_on,
    visit_is_confirmed, visit_is_month_only, visit_wish, asked_by, asked_words, earlier_challenge, created_at, version)
SELECT 'scale-' || c.n || '-2026', 'CPC-SCALE-' || c.n, t.id, c.id, t.framework_id, 'action_plan', 'active',
    current_date - 300 + (c.n % 200), current_date - 297 + (c.n % 200), true, false, '', '', '', '', now(), 1
FROM scale_council c, engagements_challengetype t WHERE t.key = 'corporate';

CREATE TEMP TABLE scale_engagement AS
SELECT e.id, c.n, e.council_id FROM engagements_engagement e JOIN scale_council c ON c.id = e.council_id;

INSERT INTO engagements_focusarea (engagement_id, kind, position, title, asked_by)
SELECT e.id, 'core', p, 'Focus area ' || p, '' FROM scale_engagement e, generate_series(1, 5) p;

INSERT INTO engagements_recommendation (engagement_id, position, ref, slug, tier, text, focus_area_id, theme, is_final, version)
SELECT e.id, r, r::text, r::text, CASE WHEN r < 10 THEN 'key' ELSE 'further' END,
    'Invented recommendation ' || r || ' on how the council plans, decides and reports what it does for its residents', f.id, '', true, 1
FROM scale_engagement e, generate_series(1, 25) r, engagements_focusarea f
WHERE f.engagement_id = e.id AND f.position = 1 + r % 5;

INSERT INTO actionplans_plan (engagement_id, committee, next_meeting_on, updates_close_on, approved_by, version)
SELECT id, 'Finance Committee', current_date + 30, current_date + 18, '', 1 FROM scale_engagement;

INSERT INTO actionplans_response (recommendation_id, engagement_id, answer, reason, words, version)
SELECT r.id, r.engagement_id, 'accepted', '', '', 1 FROM engagements_recommendation r JOIN scale_engagement e ON e.id = r.engagement_id;

INSERT INTO actionplans_action (engagement_id, recommendation_id, number, ref, slug, text, headline, timescale, due_on, due_precision,
    original_timescale, original_due_on, original_due_precision, times_moved, status_label, status, confidence, completed_how, latest_on, latest_words,
    extra, brought_from, created_at, version)
SELECT e.id, r.id, k.number, r.ref || '.' || k.number, r.slug || '-' || k.number, 'Invented action ' || k.n || ' with a sentence of usual length about what will be done',
    'Invented action ' || k.n || ' with a sentence of usual length about what will be done',
    to_char(d.due, 'Mon YY'), d.due, 'month', to_char(d.due, 'Mon YY'), d.due, 'month', 0, '',
    (ARRAY['not_started', 'in_progress', 'in_progress', 'delayed', 'complete', 'complete', 'ongoing'])[1 + k.n % 7],
    CASE WHEN k.n % 7 IN (1, 2) THEN 'on_track' ELSE '' END, CASE WHEN k.n % 7 IN (4, 5) THEN 'Shown by a paper' ELSE '' END,
    current_date - 20, 'Invented words about where this action is now.', '{}', '', now(), 1
FROM (
    SELECT n, 1 + n % current_setting('seed.councils')::int AS council, n / current_setting('seed.councils')::int AS nth,
        1 + (n / current_setting('seed.councils')::int) / 25 AS number
    FROM generate_series(0, current_setting('seed.actions')::int - 1) n
) k
JOIN scale_engagement e ON e.n = k.council
JOIN engagements_recommendation r ON r.engagement_id = e.id AND r.position = 1 + k.nth % 25
CROSS JOIN LATERAL (SELECT (date_trunc('month', current_date) + ((k.n % 18 - 5) || ' months')::interval - interval '1 day')::date AS due) d;

INSERT INTO actionplans_actionowner (action_id, post_id, kind, heading, position)
SELECT a.id, p.id, o.kind, '', 1
FROM actionplans_action a
JOIN scale_engagement e ON e.id = a.engagement_id
CROSS JOIN (VALUES ('accountable', 0), ('responsible', 1)) o(kind, step)
JOIN engagements_post p ON p.council_id = e.council_id AND p.title = 'Director of Service ' || (1 + (a.id + o.step) % 10);

INSERT INTO actionplans_position (action_id, kind, text, place)
SELECT id, 'planned', headline, 1 FROM actionplans_action
