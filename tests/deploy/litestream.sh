#!/usr/bin/env bash
# Litestream copies every change of a blog to another place while it serves. The machine dies; the blog is brought back
# from the copy, and nothing of what was copied is missing.
source "$(dirname "${BASH_SOURCE[0]}")/blog.sh"
litestream=${LITESTREAM:-litestream}
missing "$litestream" sqlite3 curl

cat >litestream.yml <<END
dbs:
  - path: $folder/monograph.db
    replicas:
      - type: file
        path: $folder/replica
        sync-interval: 1s
END

owner
serve
start litestream "$litestream" replicate -config litestream.yml
copier=$pid
site=http://127.0.0.1:$port
sign_in "$site"
began=$(date +%s%N)
for n in $(seq 300); do write "$site" "Post $n" "Text $n."; done
check "300 posts are written in $((($(date +%s%N) - began) / 1000000)) ms while Litestream copies" true
head -c 3000000 /dev/urandom >film.bin
curl -sf -b cookies -o /dev/null -F file=@film.bin -H 'Accept: application/json' "$site/admin/media"

# What is in a file, whatever its pages look like.
contents() {
  sqlite3 -readonly "$1" "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM versions),
    (SELECT count(*) FROM sessions), (SELECT sum(length(bytes)) FROM media_chunks),
    (SELECT group_concat(title || content, '') FROM (SELECT title, content FROM posts ORDER BY id));"
}
contents monograph.db >before
sleep 3

kill -KILL "$blog" "$copier"
wait "$blog" "$copier" 2>/dev/null || true
mkdir lost
mv monograph.db* lost/

began=$(date +%s%N)
"$litestream" restore -config litestream.yml "$folder/monograph.db" >restore.log 2>&1
check "it is restored in $((($(date +%s%N) - began) / 1000000)) ms" test -s monograph.db
check "the file is sound" [ "$(sqlite3 monograph.db 'PRAGMA integrity_check')" = ok ]
contents monograph.db >after
check "and holds what the lost one held" cmp -s before after

serve
check "the blog starts with it" answers "$site/posts/post-300"
check "Ada is still signed in" [ "$(curl -s -b cookies -o /dev/null -w '%{http_code}' "$site/admin")" = 200 ]
write "$site" 'After the fall' 'It goes on.'

# A clean stop moves the log into the file while Litestream looks on, and it goes on from there.
start litestream "$litestream" replicate -config litestream.yml
copier=$pid
sleep 2
write "$site" 'And again' 'It goes on.'
began=$(date +%s%N)
kill -TERM "$blog"
wait "$blog"
check "it stops in $((($(date +%s%N) - began) / 1000000)) ms" true
serve
write "$site" 'After a stop' 'It goes on.'
sleep 3
kill -TERM "$copier" && wait "$copier" || true
kill -KILL "$blog"
wait "$blog" 2>/dev/null || true
contents monograph.db >before
"$litestream" restore -config litestream.yml -o "$folder/second.db" "$folder/monograph.db" >>restore.log 2>&1
contents second.db >after
check "nor is anything missing after a stop and a start" cmp -s before after
