-- name: cli_cases
-- What an operator may know of the cases: numbers, states, instants and counts; no title and no text.
SELECT k.number AS number, c.state AS state, c.submitted_at AS submitted_at, c.accepted_at AS accepted_at,
    c.first_contact_at AS first_contact_at, c.publication_date AS publication_date, c.published_at AS published_at,
    c.changed_at AS changed_at, c.id AS id, c.handling_started_at AS handling_started_at, c.closed_at AS closed_at,
    c.date_changes AS date_changes, c.impact_grade AS impact_grade, c.close_code AS close_code, c.em AS em, c.pxa AS pxa,
    (SELECT COUNT(*) FROM participant p WHERE p.case_id = c.id AND p.is_removed = 0) AS developers,
    (SELECT COUNT(*) FROM ledger l WHERE l.case_id = c.id) AS entries
FROM product_case c JOIN case_key k ON k.case_id = c.id
WHERE 1 = 1
--? state: AND c.state = :state
--? number: AND k.number = :number
ORDER BY c.submitted_at, c.id

-- name: cli_participants
-- How far each developer is; by the alias the case knows it under.
SELECT alias, state, contact, level, affected, countermeasure, answer_due, reminders FROM participant
WHERE case_id = :case_id AND is_removed = 0 ORDER BY id

-- name: cli_marks
-- What the doctor looks at: when the newest entry was made, mails that wait or failed, and single facts.
SELECT (SELECT MAX(at) FROM ledger) AS newest,
    (SELECT COUNT(*) FROM outbox WHERE state = 'QUEUED') AS queued,
    (SELECT COUNT(*) FROM outbox WHERE state = 'FAILED') AS failed,
    (SELECT COUNT(*) FROM account WHERE state = 'ACTIVE') AS people,
    (SELECT n FROM fact WHERE name = 'clock_mark') AS high_water,
    (SELECT n FROM fact WHERE name = 'hold') AS held

-- name: cli_fact_set
-- One single fact.
INSERT INTO fact (name, n) VALUES (:name, :n) ON CONFLICT (name) DO UPDATE SET n = excluded.n

-- name: cli_fact_get
-- Its number.
SELECT n FROM fact WHERE name = :name

-- name: cli_fact_clear
-- It does not hold any more.
DELETE FROM fact WHERE name = :name

-- name: cli_newest_publication
-- The last that was made public; two copies with the same are of the same moment.
SELECT MAX(id) FROM publication
