-- The picture that stands for a post where somebody shows a link to it, as it was last asked for. It can be drawn again.
CREATE TABLE covers (
  -- Counts up, so the newest is the highest.
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id INTEGER NOT NULL UNIQUE REFERENCES posts (id) ON DELETE CASCADE,
  -- Names what it shows.
  digest  TEXT NOT NULL,
  png     BLOB NOT NULL
) STRICT;
