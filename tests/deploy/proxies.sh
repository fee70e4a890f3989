#!/usr/bin/env bash
# The blog behind nginx and behind Caddy, with the files of `deploy/` as they are but for names, ports and certificates.
deploy=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../deploy")
source "$(dirname "${BASH_SOURCE[0]}")/blog.sh"
missing nginx caddy curl openssl

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 2 \
  -subj /CN=localhost -addext 'subjectAltName=DNS:localhost' 2>/dev/null

owner
front=$(free_port)
site=https://localhost:$front
ROCKET_TRUSTED_PROXIES=127.0.0.1,::1 serve --base-url "$site"

# What holds behind any proxy.
try() {
  until_true 20 answers "$site/healthz"
  check "$1 answers over HTTP/2" [ "$(curl -sk --http2 -o /dev/null -w '%{http_version}' "$site/posts")" = 2 ]
  check "$1: HSTS is sent" has "$(head_of "$site/posts")" '^strict-transport-security: '
  check "$1: pages are small on the way" has "$(head_of "$site/posts" -H 'Accept-Encoding: br')" '^content-encoding: br'
  local tag
  tag=$(curl -sk -o /dev/null -w '%header{etag}' "$site/posts")
  check "$1: who has a page is told so" has "$(head_of "$site/posts" -H "If-None-Match: $tag")" '^http/[0-9.]+ 304'
  sign_in "$site"
  check "$1: the cookie of the session is for HTTPS and this host alone" grep -q __Host-session cookies
  write "$site" "Through $1" 'It works.'
  check "$1: a post is written" answers "$site/posts/through-$(tr '[:upper:]' '[:lower:]' <<<"$1")"
  local other
  other=$(curl -sk -b cookies -o /dev/null -w '%{http_code}' -H 'Origin: https://evil.example' -d title=x -d content=y "$site/posts")
  check "$1: another site writes nothing" [ "$other" = 403 ]
  head -c 30000000 /dev/urandom >film.bin
  local upload
  upload=$(curl -sk -b cookies -F file=@film.bin -H 'Accept: application/json' -o upload.json -w '%{http_code}' "$site/admin/media")
  check "$1: a file of 30 MB comes through" [ "$upload" = 201 ]
  curl -sk -o /dev/null -H 'X-Forwarded-For: 198.51.100.7' -H 'X-Real-IP: 198.51.100.7' -H 'Forwarded: for=198.51.100.7' "$site/posts/new"
  check "$1: nobody passes for somebody else" lacks "$(grep ' /posts/new ' blog.log | tail -n 1)" '198\.51\.100\.7'
}

sed -e "s/443 ssl/$front ssl/" -e "s/listen 80;/listen $(free_port);/" -e '/listen \[::\]/d' -e 's/blog\.example/localhost/' \
  -e "s|/etc/ssl/localhost/fullchain.pem|$folder/cert.pem|" -e "s|/etc/ssl/localhost/privkey.pem|$folder/key.pem|" \
  -e "s/127\.0\.0\.1:8000/127.0.0.1:$port/" "$deploy/nginx.conf" >site.conf
# Where root tries this, nginx would give up the right to write here.
cat >nginx.conf <<END
$([ "$(id -u)" != 0 ] || echo 'user root;')
pid $folder/nginx.pid;
error_log $folder/nginx-error.log;
events {}
http { access_log off; client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; include $folder/site.conf; }
END
nginx -q -t -c "$folder/nginx.conf"
start nginx nginx -c "$folder/nginx.conf" -g 'daemon off;'
try nginx
kill "$pid" && wait "$pid" || true

{
  printf '{\n\tadmin off\n\tauto_https disable_redirects\n}\n'
  sed -e "s/^blog\.example/localhost:$front/" -e "s/127\.0\.0\.1:8000/127.0.0.1:$port/" \
    -e "/^localhost/a\\\ttls $folder/cert.pem $folder/key.pem" "$deploy/Caddyfile"
} >Caddyfile
export XDG_DATA_HOME=$folder XDG_CONFIG_HOME=$folder
start caddy caddy run --config Caddyfile --adapter caddyfile
try Caddy
