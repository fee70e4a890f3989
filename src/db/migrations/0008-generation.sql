-- Counts the changes of what readers may see, so that who keeps pages knows when to forget them. What only authors or the
-- program itself see is left out: sessions and the like, working copies and their history, links to drafts, covers, which
-- carry what they show in their address. Who adds a table decides on which side it stands; a test asks for all of them.

CREATE TABLE generation (
  -- The one row.
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL
) STRICT;
INSERT INTO generation VALUES (1, 0);

-- Of posts those that are out, or to come out at their time.
CREATE TRIGGER posts_arrived AFTER INSERT ON posts WHEN new.published_at IS NOT NULL BEGIN
  UPDATE generation SET number = number + 1;
END;
CREATE TRIGGER posts_changed AFTER UPDATE OF id, uuid, kind, slug, title, author_id, byline, visibility, published_at,
    updated_at, revised_at, deleted_at, live_version, summary, excerpt, language, minutes, headings, menu_position, pinned,
    series_id, series_position, content, html ON posts
  WHEN old.published_at IS NOT NULL OR new.published_at IS NOT NULL BEGIN
    UPDATE generation SET number = number + 1;
  END;
CREATE TRIGGER posts_gone AFTER DELETE ON posts WHEN old.published_at IS NOT NULL BEGIN
  UPDATE generation SET number = number + 1;
END;

CREATE TRIGGER users_arrived AFTER INSERT ON users BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER users_renamed AFTER UPDATE OF id, name, name_key ON users BEGIN
  UPDATE generation SET number = number + 1;
END;
CREATE TRIGGER users_gone AFTER DELETE ON users BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER settings_arrived AFTER INSERT ON settings BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER settings_changed AFTER UPDATE ON settings BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER settings_gone AFTER DELETE ON settings BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER redirects_arrived AFTER INSERT ON redirects BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER redirects_changed AFTER UPDATE ON redirects BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER redirects_gone AFTER DELETE ON redirects BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER removed_arrived AFTER INSERT ON removed BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER removed_changed AFTER UPDATE ON removed BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER removed_gone AFTER DELETE ON removed BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER tags_arrived AFTER INSERT ON tags BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER tags_changed AFTER UPDATE ON tags BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER tags_gone AFTER DELETE ON tags BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER post_tags_arrived AFTER INSERT ON post_tags BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER post_tags_changed AFTER UPDATE ON post_tags BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER post_tags_gone AFTER DELETE ON post_tags BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER tag_redirects_arrived AFTER INSERT ON tag_redirects BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER tag_redirects_changed AFTER UPDATE ON tag_redirects BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER tag_redirects_gone AFTER DELETE ON tag_redirects BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER series_arrived AFTER INSERT ON series BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER series_changed AFTER UPDATE ON series BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER series_gone AFTER DELETE ON series BEGIN UPDATE generation SET number = number + 1; END;

CREATE TRIGGER series_redirects_arrived AFTER INSERT ON series_redirects BEGIN
  UPDATE generation SET number = number + 1;
END;
CREATE TRIGGER series_redirects_changed AFTER UPDATE ON series_redirects BEGIN
  UPDATE generation SET number = number + 1;
END;
CREATE TRIGGER series_redirects_gone AFTER DELETE ON series_redirects BEGIN
  UPDATE generation SET number = number + 1;
END;

CREATE TRIGGER media_arrived AFTER INSERT ON media BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER media_changed AFTER UPDATE OF id, digest, stands_for, name, type, size, width, height, alt ON media BEGIN
  UPDATE generation SET number = number + 1;
END;
CREATE TRIGGER media_gone AFTER DELETE ON media BEGIN UPDATE generation SET number = number + 1; END;

-- What readers find follows when a post has been taken into the search, and with it what is most like it.
CREATE TRIGGER search_followed AFTER DELETE ON search_pending BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER related_arrived AFTER INSERT ON related BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER related_changed AFTER UPDATE ON related BEGIN UPDATE generation SET number = number + 1; END;
CREATE TRIGGER related_gone AFTER DELETE ON related BEGIN UPDATE generation SET number = number + 1; END;
