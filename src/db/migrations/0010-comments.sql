-- What readers wrote below posts in the program they were imported from. It is kept for later and shown nowhere yet.
CREATE TABLE comments (
  id         INTEGER PRIMARY KEY,
  post_id    INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- Its number there, which the answers to it name.
  number     INTEGER NOT NULL,
  -- The comment it answers, if that was kept: always an earlier one, so that nobody goes in circles.
  answers    INTEGER REFERENCES comments (id) ON DELETE SET NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('comment', 'pingback', 'trackback')),
  -- Whether it was for everybody to see, or waited for somebody to say so.
  is_held    INTEGER NOT NULL CHECK (is_held IN (0, 1)),
  name       TEXT NOT NULL,
  email      TEXT NOT NULL,
  url        TEXT NOT NULL,
  -- NULL where nobody knows.
  written_at INTEGER,
  -- As it came: HTML of strangers.
  content    TEXT NOT NULL,
  UNIQUE (post_id, number)
) STRICT;
CREATE INDEX comments_by_answered ON comments (answers);

-- Where imported files came from, so that a second import does not bring them again.
CREATE TABLE media_sources (
  source TEXT PRIMARY KEY,
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
