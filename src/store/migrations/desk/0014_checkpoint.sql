-- A day's checkpoint of the ledger: signed, then published. upto: the entry whose hash it states; leaves are the receipts issued since the one before.
CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY,
    upto INTEGER NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    statement TEXT NOT NULL,
    signature BLOB NOT NULL,
    published_at INTEGER
);
