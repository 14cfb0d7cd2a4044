-- name: catalog_moment
-- The first statement of a transaction chooses the moment that all others see.
SELECT settled FROM words_state;
