#!/usr/bin/env bash
# Varnish in front of a blog, told nothing but where the blog is: it keeps what it may, asks again, and never keeps what is
# somebody's own.
source "$(dirname "${BASH_SOURCE[0]}")/blog.sh"
missing varnishd curl

owner
ROCKET_TRUSTED_PROXIES=127.0.0.1 serve
front=$(free_port)
start varnish varnishd -F -n "$folder/varnish" -a "127.0.0.1:$front" -b "127.0.0.1:$port"
site=http://127.0.0.1:$front
until_true 30 answers "$site/healthz"
sign_in "$site"
write "$site" Heron 'It stands.'

# A hit has two numbers in X-Varnish: that of the request, and that of the one which brought the page.
hit='^x-varnish: [0-9]+ [0-9]+$'

head_of "$site/posts/heron" >/dev/null
for _ in $(seq 200); do head_of "$site/posts/heron"; done >many
hits=$(grep -cE "$hit" many)
asked=$(logged 'GET /posts/heron (200|304)')
check "of 200 requests Varnish answers nearly all ($hits), the blog is asked $asked times" [ "$hits" -ge 190 ]

# Its copy is a second old at most, then Varnish asks whether it still holds. The blog does not send the page again.
sleep 1.5
head_of "$site/posts/heron" >/dev/null
until_true 5 sh -c "grep -qE 'GET /posts/heron 304' blog.log"
check "Varnish asks whether what it has still holds (304)" [ "$(logged 'GET /posts/heron 304')" -ge 1 ]
tag=$(curl -s -o /dev/null -w '%header{etag}' "$site/posts/heron")
check "and says so itself to a browser" has "$(head_of "$site/posts/heron" -H "If-None-Match: $tag")" '^http/1.1 304'

edit=$(curl -s -b cookies "$site/posts/heron" | grep -oE '/posts/[0-9a-f-]{36}/edit' | head -n 1)
base=$(curl -s -b cookies "$site$edit" | grep -oE 'name="base_version" value="[0-9]+"' | grep -oE '[0-9]+')
curl -sf -b cookies -o /dev/null -d title=Heron -d content='It flew away.' -d "base_version=$base" -d status=published "$site$edit"
changed=$(date +%s%N)
until_true 15 sh -c "curl -s '$site/posts/heron' | grep -q 'It flew away'"
check "a change is seen after $((($(date +%s%N) - changed) / 1000000)) ms" true

for path in /posts /posts/heron /admin; do
  for _ in 1 2 3; do mine=$(head_of "$site$path" -b cookies); done
  check "what Ada sees at $path is kept by nobody" lacks "$mine" "$hit"
  check "and says so" has "$mine" '^cache-control: private, no-store'
done
check "a stranger is shown nothing of Ada's" lacks "$(curl -s "$site/posts/heron")" '/edit'
head_of "$site/posts/new" -H 'X-Forwarded-For: 198.51.100.7' >/dev/null
check "the blog knows who asks through Varnish" has "$(tail -n 1 blog.log)" 'GET /posts/new .* 198\.51\.100\.7$'

if command -v wrk >/dev/null; then
  for address in "$port" "$front"; do
    echo "      port $address: $(wrk -t1 -c64 -d5 "http://127.0.0.1:$address/posts/heron" | grep Requests/sec)"
  done
fi
