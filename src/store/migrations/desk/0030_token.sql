-- Keys by which a program of a developer speaks for one of its people. token_hash: the token itself is kept by nobody here.
CREATE TABLE api_token (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    may_write INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    ended_at INTEGER
);
CREATE INDEX api_token_by_account ON api_token (account_id);

-- What a writing request was answered, so that the same request again is answered the same and does nothing. answer: ids alone.
CREATE TABLE api_answer (
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    key_hash BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    etag TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account_id, key_hash)
) WITHOUT ROWID;
CREATE INDEX api_answer_by_time ON api_answer (at);
