-- Times are seconds since 1970, UTC. Of tokens only the SHA-256 digest is kept: a stolen file signs nobody in.

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the program needs to keep to itself, such as the key of the private cookies.
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  id            INTEGER PRIMARY KEY,
  -- As typed; `name_key` is the same name folded (Unicode case and form), and that is what must be unique.
  name          TEXT NOT NULL,
  name_key      TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role          TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'author')),
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id           INTEGER PRIMARY KEY,
  token_digest BLOB NOT NULL UNIQUE,
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  started_at   INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL,
  user_agent   TEXT NOT NULL,
  address      TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id, last_used_at);
CREATE INDEX sessions_ending ON sessions (ends_at);

CREATE TABLE invites (
  id           INTEGER PRIMARY KEY,
  token_digest BLOB NOT NULL UNIQUE,
  role         TEXT NOT NULL CHECK (role IN ('owner', 'editor', 'author')),
  created_at   INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE recoveries (
  token_digest BLOB PRIMARY KEY,
  user_id      INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  ends_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recoveries_of_user ON recoveries (user_id);

CREATE TABLE posts (
  id           INTEGER PRIMARY KEY,
  uuid         TEXT NOT NULL UNIQUE,
  slug         TEXT NOT NULL UNIQUE,
  title        TEXT NOT NULL,
  -- NULL once the account is gone, or where an import knew only a name; then `byline` says who it was.
  author_id    INTEGER REFERENCES users (id) ON DELETE SET NULL,
  byline       TEXT,
  visibility   TEXT NOT NULL CHECK (visibility IN ('public', 'unlisted', 'private')),
  -- NULL while a draft; a time still to come means scheduled.
  published_at INTEGER,
  -- Of a draft: the date it had, or is to have, when it comes out.
  planned_at   INTEGER,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  -- When it went to the trash.
  deleted_at   INTEGER,
  -- Counts the saves, so that a save made from an older text is noticed.
  version      INTEGER NOT NULL DEFAULT 1,
  summary      TEXT NOT NULL,
  -- The beginning of the text in plain words, for lists.
  excerpt      TEXT NOT NULL,
  -- Where an imported post came from, so that a second import finds it again.
  source       TEXT UNIQUE,
  source_digest BLOB,
  -- Front matter that an import did not understand, as a JSON object; kept for the way out.
  front_matter TEXT NOT NULL DEFAULT '{}',
  -- The long columns come last, so that a list never reads past them.
  content      TEXT NOT NULL,
  -- `content` rendered and cleaned when it was saved.
  html         TEXT NOT NULL
) STRICT;

-- One index for each list: the public one, then the shelves of the dashboard, everybody's and one's own.
CREATE INDEX posts_listed ON posts (published_at, id)
  WHERE visibility = 'public' AND deleted_at IS NULL AND published_at IS NOT NULL;
CREATE INDEX posts_out ON posts (published_at, id) WHERE deleted_at IS NULL AND published_at IS NOT NULL;
CREATE INDEX posts_out_by_author ON posts (author_id, published_at, id)
  WHERE deleted_at IS NULL AND published_at IS NOT NULL;
CREATE INDEX posts_drafts ON posts (updated_at, id) WHERE deleted_at IS NULL AND published_at IS NULL;
CREATE INDEX posts_drafts_by_author ON posts (author_id, updated_at, id)
  WHERE deleted_at IS NULL AND published_at IS NULL;
CREATE INDEX posts_trashed ON posts (deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX posts_trashed_by_author ON posts (author_id, deleted_at, id) WHERE deleted_at IS NOT NULL;

-- For the removal of an account.
CREATE INDEX posts_of_author ON posts (author_id);

-- Addresses that posts had before, here or in the program they were imported from: `posts/old-slug`, `2014/01/old.html`.
CREATE TABLE redirects (
  path    TEXT PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX redirects_of_post ON redirects (post_id);

CREATE TABLE tags (
  id   INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE post_tags (
  post_id  INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  tag_id   INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (post_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_tags_by_tag ON post_tags (tag_id, post_id);
