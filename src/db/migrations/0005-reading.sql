-- What a page says of a post beside its text.

-- When readers last got another text than before; NULL while they have the first.
ALTER TABLE posts ADD COLUMN revised_at INTEGER;
-- The language of the text as a BCP 47 tag; empty where it is the site's.
ALTER TABLE posts ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- How long it takes to read.
ALTER TABLE posts ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
-- Its headings as JSON, from top to bottom.
ALTER TABLE posts ADD COLUMN headings TEXT NOT NULL DEFAULT '[]';
-- Which renderer made `html` and what was drawn from the text with it. What an earlier one made is made anew.
ALTER TABLE posts ADD COLUMN renderer INTEGER NOT NULL DEFAULT 0;
CREATE INDEX posts_by_renderer ON posts (renderer) WHERE published_at IS NOT NULL;

-- The long columns go back to the end, so that a list never reads past them.
ALTER TABLE posts RENAME COLUMN content TO old_content;
ALTER TABLE posts RENAME COLUMN html TO old_html;
ALTER TABLE posts ADD COLUMN content TEXT NOT NULL DEFAULT '';
ALTER TABLE posts ADD COLUMN html TEXT NOT NULL DEFAULT '';
UPDATE posts SET content = old_content, html = old_html;
ALTER TABLE posts DROP COLUMN old_content;
ALTER TABLE posts DROP COLUMN old_html;

-- The list of an author's posts; what is signed with another name is not among them.
CREATE INDEX posts_listed_by_author ON posts (author_id, listed_at, id) WHERE listed_at IS NOT NULL AND byline IS NULL;
