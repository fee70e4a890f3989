-- Every text that was ever saved. Readers see the one that `posts.live_version` names; authors go on with the one that
-- `posts.version` names, the working copy.

CREATE TABLE versions (
  id           INTEGER PRIMARY KEY,
  post_id      INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- Counts the saves of a post. A save that continues a stretch of work takes the place of the one before, see `steps`.
  number       INTEGER NOT NULL,
  -- The version it was made from; 0 for the first.
  base         INTEGER NOT NULL,
  -- Who saved it; the name outlives the account.
  user_id      INTEGER REFERENCES users (id) ON DELETE SET NULL,
  byline       TEXT NOT NULL,
  begun_at     INTEGER NOT NULL,
  saved_at     INTEGER NOT NULL,
  -- When it went before readers, if ever.
  published_at INTEGER,
  -- The version that was restored to make this one.
  restored     INTEGER,
  -- Saved from a text that somebody else had changed in the meantime: kept beside the working copy until it is settled.
  aside        TEXT CHECK (aside IN ('open', 'settled')),
  -- Title, slug, tags and so on as JSON.
  fields       TEXT NOT NULL,
  content      TEXT NOT NULL,
  UNIQUE (post_id, number)
) STRICT;
CREATE INDEX versions_open_asides ON versions (post_id, number) WHERE aside = 'open';
CREATE INDEX versions_of_user ON versions (user_id);

-- The saves inside a stretch of work, each told as its difference from the save after it.
CREATE TABLE steps (
  post_id    INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
  saved_at   INTEGER NOT NULL,
  fields     TEXT NOT NULL,
  -- So many bytes of the later text stay at its beginning and at its end; this stood between them.
  kept_start INTEGER NOT NULL,
  kept_end   INTEGER NOT NULL,
  middle     TEXT NOT NULL,
  PRIMARY KEY (post_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX steps_of_version ON steps (version_id, number);
CREATE INDEX steps_by_age ON steps (saved_at);

ALTER TABLE posts ADD COLUMN live_version INTEGER;

INSERT INTO versions (post_id, number, base, user_id, byline, begun_at, saved_at, published_at, fields, content)
SELECT posts.id, version, 0, author_id, coalesce(byline, users.name, ''), posts.updated_at, posts.updated_at,
  iif(published_at IS NULL, NULL, posts.updated_at),
  json_object('title', title, 'slug', slug, 'summary', summary, 'visibility', visibility, 'publish_at',
    coalesce(published_at, planned_at), 'tags', coalesce((
      SELECT group_concat(name, ', ') FROM (
        SELECT name FROM post_tags JOIN tags ON tags.id = tag_id WHERE post_id = posts.id ORDER BY position)), '')),
  content
FROM posts LEFT JOIN users ON users.id = author_id;

UPDATE posts SET live_version = version WHERE published_at IS NOT NULL;

-- A draft's date is part of its working copy now.
ALTER TABLE posts DROP COLUMN planned_at;

-- Where the text that readers see leads inside the blog: `posts/hello`; and how many of its pictures say nothing to who
-- cannot see them.
CREATE TABLE post_links (
  post_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  path    TEXT NOT NULL,
  PRIMARY KEY (post_id, path)
) STRICT, WITHOUT ROWID;
ALTER TABLE posts ADD COLUMN pictures_without_words INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posts_without_words ON posts (published_at, id)
  WHERE pictures_without_words > 0 AND deleted_at IS NULL AND published_at IS NOT NULL;

-- Public addresses whose posts were removed for good.
CREATE TABLE removed (
  path TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Links that show a working copy to whoever has them.
CREATE TABLE shares (
  id           INTEGER PRIMARY KEY,
  token_digest BLOB NOT NULL UNIQUE,
  post_id      INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  byline       TEXT NOT NULL,
  made_at      INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX shares_of_post ON shares (post_id, ends_at);
CREATE INDEX shares_ending ON shares (ends_at);
