-- name: calendar_days
-- Published entries by the day they came out, in Japan (nine hours ahead, 86,400,000 ms a day).
SELECT (published_at + 32400000) / 86400000 AS day, count(*) AS n, sum(severity >= :grave) AS grave, sum(is_kev) AS exploited
FROM entry WHERE published_at >= :from AND published_at < :to AND state = 0 GROUP BY day ORDER BY day;

-- name: calendar_first
-- When the earliest one came out.
SELECT min(published_at) FROM entry WHERE published_at > 0;

-- name: calendar_last
-- When the latest one came out.
SELECT max(published_at) FROM entry WHERE published_at > 0;
