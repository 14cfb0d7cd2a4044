-- of a demonstration alone: the link by which a visitor comes in as the operator of a website, and what it asks for.
ALTER TABLE demonstration ADD COLUMN link TEXT;
ALTER TABLE demonstration ADD COLUMN link_passphrase TEXT;
