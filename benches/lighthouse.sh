#!/usr/bin/env bash
# Lighthouse's four scores of the list and of a post with code and a picture, for a phone and for a desk.
#
#   benches/lighthouse.sh              the release executable with a small blog of its own
#   benches/lighthouse.sh URL…         pages of a blog that already runs
#
# Needs Node's npx (which fetches Lighthouse), Chromium and curl. Run it on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

export CHROME_PATH="${CHROME_PATH:-$(command -v chromium)}"
work="$(mktemp -d)"
server=""
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

# A blog with one post, written as its owner writes it.
serve() {
  local blog="$PWD/target/release/monograph" text picture
  text="$(cat benches/support/lighthouse.md)"
  picture="$PWD/docs/monograph.png"
  cd "$work"
  "$blog" serve --port "$port" > serve.log 2>&1 &
  server=$!
  send() { curl -fsS --retry 50 --retry-delay 0 --retry-connrefused --retry-max-time 10 -b jar -c jar "$@"; }
  send "$url/posts" > /dev/null
  send -d username=ada -d 'password=correct horse battery' "$url/users/register" > /dev/null
  send -d username=ada -d 'password=correct horse battery' "$url/auth/login" > /dev/null
  picture="$(send -H 'Accept: application/json' -F 'alt=A post' -F "file=@$picture" "$url/admin/media" |
    grep -o '/media/[^")]*' | head -1)"
  send -d 'title=A post with code and a picture' -d slug=lighthouse --data-urlencode "summary=What Lighthouse looks at." \
    --data-urlencode "content=${text/PICTURE/$picture}" "$url/posts" > /dev/null
  cd - > /dev/null
}

port=8791
url="http://127.0.0.1:$port"
if [ "$#" -eq 0 ]; then
  cargo build --release
  serve
  set -- "$url/posts" "$url/posts/lighthouse"
fi

for page; do
  for device in phone desk; do
    preset=()
    [ "$device" = phone ] || preset=(--preset=desktop)
    npx --yes lighthouse@12 "$page" "${preset[@]}" --quiet --output=json --output-path="$work/report.json" \
      --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
    node -e '
      const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1]));
      const scores = Object.values(categories).map(({ id, score }) => `${id} ${Math.round(score * 100)}`);
      const shift = `layout shift ${audits["cumulative-layout-shift"].numericValue}`;
      const short = Object.values(audits).filter(({ score }) => score !== null && score < 0.9).map(({ id }) => id);
      console.log([process.argv[2], ...scores, shift, short.length ? `below 0.9: ${short}` : ""].join("  "));
    ' "$work/report.json" "$page ($device)"
  done
done
