#!/usr/bin/env bash
# Requests a second and the slowest hundredth, beside nginx that serves the same bytes with the same headers from a file,
# on the same machine in the same run: `benches/load.sh [EXECUTABLE]`, with wrk, nginx and curl installed.
# ROUNDS, SECONDS_EACH and CONNECTIONS change how much is measured. What is printed is the median of all rounds.
# With APART=1 who answers has one core and who asks has another: so nobody's answer waits for a turn of somebody else.
set -euo pipefail

program=$(realpath "${1:-target/release/monograph}")
answers=() asks=() workers=2
if [ -n "${APART:-}" ]; then answers=(taskset -c 0) asks=(taskset -c 1) workers=1; fi
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-5} connections=${CONNECTIONS:-64}
folder=$(mktemp -d)
chmod 755 "$folder"
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
cd "$folder"

# A blog with thirty posts, one of them a page of about 8 kB.
mkdir posts nginx
text="The harbour lay still, and nobody had said a word about the weather since noon. "
for n in $(seq 30); do
  printf -- '---\ntitle: "Post %s"\ndate: 2024-01-%02d\n---\n' "$n" "$n" > "posts/post-$n.md"
  for _ in $(seq 46); do printf '%s' "$text"; done >> "posts/post-$n.md"
done
echo "a quiet heron at dusk" | "$program" user add Ada --role owner > /dev/null
"$program" import markdown posts --author Ada > /dev/null
# The limits for one client are out of the way: all of this comes from one.
ROCKET_WORKERS=$workers ROCKET_ACCESS_LOG=false ROCKET_REQUESTS_PER_SECOND=1000000 ROCKET_REQUEST_BURST=1000000 \
  "${answers[@]}" "$program" serve --port 0 > serve.txt 2> /dev/null &
started+=($!)
until blog=$(sed -n 's/^Monograph is at //p' serve.txt) && [ -n "$blog" ]; do sleep 0.1; done

# What nginx is to serve: the same bytes, with the same headers.
declare -A pages=([post]=/posts/post-7 [list]=/posts [feed]=/feed.xml)
port=$((20000 + RANDOM % 20000))
{
  echo "worker_processes $workers; daemon off; pid $folder/nginx/pid; error_log $folder/nginx/error.log;"
  echo "events { worker_connections 1024; }"
  echo "http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; server_tokens off; keepalive_requests 1000000000;"
  echo "open_file_cache max=100; open_file_cache_valid 60s; default_type application/octet-stream;"
  for place in client_body proxy fastcgi uwsgi scgi; do echo "${place}_temp_path $folder/nginx/$place;"; done
  echo "server { listen 127.0.0.1:$port reuseport; root $folder/nginx;"
  for name in "${!pages[@]}"; do
    curl -s -D "$name.head" -o "nginx/$name" "$blog${pages[$name]}"
    curl -s -D "$name.head" -o "nginx/$name" "$blog${pages[$name]}"
    kind=$(sed -n 's/^content-type: \(.*\)\r$/\1/ip' "$name.head")
    echo "location = /$name { default_type \"$kind\";"
    grep -viE '^(HTTP/|content-|etag|date|\r?$)' "$name.head" | sed 's/\r$//; s/"/\\"/g' |
      sed -E 's/^([^:]*): (.*)$/add_header \1 "\2";/'
    grep -i '^content-security-policy' "$name.head" | sed 's/\r$//' | sed -E 's/^([^:]*): (.*)$/add_header \1 "\2";/'
    echo "}"
  done
  echo "} }"
} > nginx.conf
"${answers[@]}" nginx -c "$folder/nginx.conf" &
started+=($!)
until curl -s -o /dev/null "http://127.0.0.1:$port/post"; do sleep 0.1; done
cmp <(curl -s "http://127.0.0.1:$port/post") <(curl -s "$blog/posts/post-7")

# measure NAME URL HEADER: appends requests a second and the 99th percentile in milliseconds.
measure() {
  "${asks[@]}" wrk -t"$workers" -c"$connections" -d"${seconds}s" --latency ${3:+-H "$3"} "$2" > wrk.txt
  if grep -q 'Non-2xx' wrk.txt && [[ $1 != *304* ]]; then cat wrk.txt >&2; exit 1; fi
  local rate slow
  rate=$(sed -n 's/^Requests\/sec: *//p' wrk.txt)
  slow=$(awk '$1 == "99%" { v = $2; u = v; sub(/[0-9.]+/, "", u); sub(/[a-z]+$/, "", v)
    print v * (u == "us" ? 0.001 : u == "s" ? 1000 : 1) }' wrk.txt)
  echo "$rate $slow" >> "$1.figures"
}

tag() { curl -s -D - -o /dev/null "$1" | sed -n 's/^etag: \(.*\)\r$/\1/ip'; }
post="$blog/posts/post-7" file="http://127.0.0.1:$port/post"
ours=$(tag "$post") theirs=$(tag "$file")
for _ in $(seq "$rounds"); do
  for name in post list feed; do
    measure "$name.monograph" "$blog${pages[$name]}" ""
    measure "$name.nginx" "http://127.0.0.1:$port/$name" ""
  done
  measure 304.monograph "$post" "If-None-Match: $ours"
  measure 304.nginx "$file" "If-None-Match: $theirs"
  # With a cookie of ours the page is somebody's own, and made anew: guards, SQLite, templates.
  measure uncached.monograph "$post" "Cookie: session=x"
done

median() { cut -d' ' -f"$2" "$1.figures" | sort -g | sed -n "$(((rounds + 1) / 2))p"; }
printf '%-10s %8s | %12s %10s | %12s %10s | %s\n' page bytes monograph/s "p99 ms" nginx/s "p99 ms" ratio
for name in post list feed 304 uncached; do
  against=$name
  [ "$name" = uncached ] && against=post
  size=$(stat -c %s "nginx/$name" 2>/dev/null || echo 0)
  us=$(median "$name.monograph" 1) them=$(median "$against.nginx" 1)
  printf '%-10s %8s | %12s %10s | %12s %10s | %s\n' "$name" "$size" "$us" "$(median "$name.monograph" 2)" \
    "$them" "$(median "$against.nginx" 2)" "$(awk -v a="$us" -v b="$them" 'BEGIN { printf "%.2f", a / b }')"
done
