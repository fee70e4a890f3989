-- Pictures and files, and the narrower pictures made of them.
CREATE TABLE media (
  -- Counts up, so the newest is the highest.
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  -- What addresses hold: the first half of the SHA-256 of the bytes, as hexadecimal digits. It cannot be guessed, and
  -- other bytes have another address.
  digest     TEXT NOT NULL UNIQUE,
  -- Of a narrower picture: what it stands for.
  stands_for INTEGER REFERENCES media (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  size       INTEGER NOT NULL,
  width      INTEGER,
  height     INTEGER,
  alt        TEXT NOT NULL,
  -- `name` and `alt` folded (Unicode case and form), to be searched.
  words      TEXT NOT NULL,
  user_id    INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX media_of_user ON media (user_id, id);
CREATE INDEX media_narrower ON media (stands_for, width);

-- The bytes in parts of 256 KiB, so that any place of a large file is a short read.
CREATE TABLE media_chunks (
  media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE CASCADE,
  n        INTEGER NOT NULL,
  bytes    BLOB NOT NULL,
  PRIMARY KEY (media_id, n)
) STRICT;

-- Which posts mention which file. It may be gone, or not be there yet; so no reference.
CREATE TABLE post_media (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  digest  TEXT NOT NULL,
  PRIMARY KEY (post_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_media_by_digest ON post_media (digest, post_id);
