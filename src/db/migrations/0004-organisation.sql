-- What holds posts together: pages and the menu, a pin, series, and tags that can be renamed.

CREATE TABLE series (
  id   INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

-- Slugs that a series or a tag had before.
CREATE TABLE series_redirects (
  slug      TEXT PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX series_redirects_of_series ON series_redirects (series_id);

CREATE TABLE tag_redirects (
  slug   TEXT PRIMARY KEY,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_redirects_of_tag ON tag_redirects (tag_id);

-- A post lives at `/posts/<slug>` and is listed; a page lives at `/<slug>` and is not.
ALTER TABLE posts ADD COLUMN kind TEXT NOT NULL DEFAULT 'post' CHECK (kind IN ('post', 'page'));
-- Of a page: where it stands in the menu, NULL where it does not.
ALTER TABLE posts ADD COLUMN menu_position INTEGER;
-- Whether it stands first on the first page of posts.
ALTER TABLE posts ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE posts ADD COLUMN series_id INTEGER REFERENCES series (id) ON DELETE SET NULL;
ALTER TABLE posts ADD COLUMN series_position INTEGER;
-- From when on everybody finds it in lists; NULL for what is not for lists.
ALTER TABLE posts ADD COLUMN listed_at INTEGER AS
  (iif(kind = 'post' AND visibility = 'public' AND deleted_at IS NULL, published_at, NULL)) VIRTUAL;

-- The long columns go back to the end, so that a list never reads past them.
ALTER TABLE posts RENAME COLUMN content TO old_content;
ALTER TABLE posts RENAME COLUMN html TO old_html;
ALTER TABLE posts ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN html TEXT NOT NULL DEFAULT '';
UPDATE posts SET content = old_content, html = old_html;
ALTER TABLE posts DROP COLUMN old_content;
ALTER TABLE posts DROP COLUMN old_html;

DROP INDEX posts_listed;
CREATE INDEX posts_listed ON posts (listed_at, id) WHERE listed_at IS NOT NULL;
CREATE INDEX posts_pinned ON posts (listed_at, id) WHERE pinned = 1 AND listed_at IS NOT NULL;
CREATE INDEX posts_of_series ON posts (series_id, series_position);
-- These two answer by themselves, because every page with a menu and every part of a series asks them.
CREATE INDEX posts_in_menu ON posts (menu_position, title, slug, published_at)
  WHERE kind = 'page' AND menu_position IS NOT NULL AND visibility = 'public' AND deleted_at IS NULL;
CREATE INDEX posts_parts ON posts (series_id, series_position, listed_at, id, slug, title) WHERE listed_at IS NOT NULL;

-- The list of a tag's posts has an order of its own to be read in.
ALTER TABLE post_tags ADD COLUMN listed_at INTEGER;
UPDATE post_tags SET listed_at = (SELECT posts.listed_at FROM posts WHERE posts.id = post_id);
CREATE INDEX post_tags_listed ON post_tags (tag_id, listed_at, post_id) WHERE listed_at IS NOT NULL;
CREATE TRIGGER post_tags_follow AFTER UPDATE OF kind, visibility, published_at, deleted_at ON posts BEGIN
  UPDATE post_tags SET listed_at = new.listed_at WHERE post_id = new.id;
END;
