-- What readers find by its words, and which posts are like which.

-- Of everything that readers have: the number of the post, and its words folded by the program. It keeps no texts.
CREATE VIRTUAL TABLE search USING fts5 (title, tags, text, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");

-- Posts whose words are to be looked at again. Triggers see to it that none is forgotten.
CREATE TABLE search_pending (
  post_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO search_pending SELECT id FROM posts WHERE published_at IS NOT NULL;

CREATE TRIGGER search_changed AFTER UPDATE OF title, html, kind, visibility, published_at, deleted_at ON posts
  WHEN old.published_at IS NOT NULL OR new.published_at IS NOT NULL BEGIN
    INSERT OR IGNORE INTO search_pending VALUES (new.id);
  END;
CREATE TRIGGER search_removed AFTER DELETE ON posts BEGIN
  INSERT OR IGNORE INTO search_pending VALUES (old.id);
END;
CREATE TRIGGER search_tagged AFTER INSERT ON post_tags BEGIN
  INSERT OR IGNORE INTO search_pending VALUES (new.post_id);
END;
CREATE TRIGGER search_untagged AFTER DELETE ON post_tags BEGIN
  INSERT OR IGNORE INTO search_pending VALUES (old.post_id);
END;
CREATE TRIGGER search_retagged AFTER UPDATE OF tag_id ON post_tags BEGIN
  INSERT OR IGNORE INTO search_pending VALUES (new.post_id);
END;
CREATE TRIGGER search_tag_renamed AFTER UPDATE OF name ON tags BEGIN
  INSERT OR IGNORE INTO search_pending SELECT post_id FROM post_tags WHERE tag_id = new.id;
END;

-- The posts that are most like a post.
CREATE TABLE related (
  post_id  INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- How much they have in common; more is more.
  score    REAL NOT NULL,
  PRIMARY KEY (post_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX related_by_score ON related (post_id, score);
CREATE INDEX related_others ON related (other_id);
