# What the scripts beside this one share: a blog of their own in a folder that is gone at the end.
# They need curl, and each the program that it tries. Usage: tests/deploy/NAME.sh [EXECUTABLE]
set -euo pipefail

monograph=$(realpath "${1:-target/release/monograph}")
folder=$(mktemp -d)
started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$folder"' EXIT
cd "$folder"
password='a quiet heron at dusk'
export ROCKET_PROFILE=release

missing() {
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "$program is not installed; nothing was tried"; exit 77; }
  done
}

# A port that nobody listens on.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# start NAME COMMAND...: runs it in the background; its number is in $pid, what it says in NAME.log.
start() {
  local name=$1
  shift
  "$@" >>"$name.log" 2>&1 &
  pid=$!
  started+=("$pid")
}

# until_true SECONDS COMMAND...
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { echo "waited in vain for: $*"; tail -n 5 ./*.log; exit 1; }
    sleep 0.1
  done
}

check() {
  local what=$1
  shift
  if "$@"; then echo "ok    $what"; else
    echo "WRONG $what: $*"
    exit 1
  fi
}

answers() { curl -sfk -o /dev/null "$1"; }
# head_of URL [CURL'S FLAGS]: status and headers in small letters.
head_of() { curl -sk -o /dev/null -D - "$@" | tr -d '\r' | tr '[:upper:]' '[:lower:]'; }
has() { grep -qE "$2" <<<"$1"; }
lacks() { ! grep -qE "$2" <<<"$1"; }
# How many lines the blog logged about PATH that match PATTERN.
logged() { grep -cE "$1" blog.log || true; }

# serve FLAGS...: the blog, at $port.
serve() {
  port=${port:-$(free_port)}
  start blog env ROCKET_BCRYPT_COST=4 "$monograph" serve --port "$port" "$@"
  blog=$pid
  until_true 20 answers "http://127.0.0.1:$port/healthz"
}

owner() { ROCKET_BCRYPT_COST=4 "$monograph" user add Ada --role owner <<<"$password" >/dev/null; }

# sign_in URL: from then on `-b cookies` is Ada.
sign_in() {
  curl -skf -c cookies -o /dev/null -d username=Ada --data-urlencode "password=$password" "$1/auth/login"
}

# write URL TITLE TEXT
write() { curl -skf -b cookies -o /dev/null -d "title=$2" --data-urlencode "content=$3" "$1/posts"; }
