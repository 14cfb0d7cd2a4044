-- What people watch (API-02, API-03): products, conditions, and the checklist of what is known to touch them. A list is its owner's, or its
-- organisation's when the owner says so.
CREATE TABLE watch_list (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account,
    name TEXT NOT NULL,
    is_shared INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    searched_at INTEGER,
    failed_at INTEGER NOT NULL DEFAULT 0, -- when a search failed; 0: the last one did not
    capped TEXT NOT NULL DEFAULT '', -- a product of which there was more than a search shows
    catalog_at INTEGER, -- how far the catalogue was at the last search; NULL: to be searched now
    rhythm TEXT NOT NULL DEFAULT 'NEVER' CHECK (rhythm IN ('NEVER', 'HOURLY', 'DAILY', 'WEEKLY')), -- of the mails
    names_records INTEGER NOT NULL DEFAULT 0, -- also in a mail that is not encrypted
    digest INTEGER NOT NULL DEFAULT 0, -- number of the last mail
    digest_at INTEGER,
    feed_hash BLOB UNIQUE, -- of the token in the feed's address
    feed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1 -- of products and conditions
);
CREATE INDEX watch_list_by_account ON watch_list (account_id);
CREATE TABLE watch_product (
    list_id INTEGER NOT NULL REFERENCES watch_list ON DELETE CASCADE,
    key TEXT NOT NULL, -- of the dictionary: "apache:http_server"
    PRIMARY KEY (list_id, key)
) WITHOUT ROWID;
CREATE TABLE watch_condition (
    list_id INTEGER NOT NULL REFERENCES watch_list ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (list_id, name)
) WITHOUT ROWID;
CREATE TABLE watch_finding (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES watch_list ON DELETE CASCADE,
    name TEXT NOT NULL, -- of the entry
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    severity INTEGER NOT NULL,
    tenths INTEGER NOT NULL,
    is_kev INTEGER NOT NULL,
    modified_at INTEGER NOT NULL, -- of the entry; 0: not told
    found_at INTEGER NOT NULL,
    news_at INTEGER NOT NULL, -- found, or changed since
    digest INTEGER NOT NULL, -- of the mail that told the news; -1: it was there at the first search; 0: not told yet
    state INTEGER NOT NULL DEFAULT 0, -- enum watch_state
    note TEXT NOT NULL DEFAULT '',
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account,
    is_changed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (list_id, name)
);
CREATE INDEX watch_finding_by_news ON watch_finding (list_id, news_at);
CREATE INDEX watch_finding_untold ON watch_finding (list_id) WHERE digest = 0;
ALTER TABLE outbox ADD COLUMN watch_id INTEGER;
