-- The one who looks whether the way to the blog is right: for as long as that takes they are told what the blog sees of them.
CREATE TABLE checkups (
  token_digest BLOB PRIMARY KEY,
  ends_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
