#!/usr/bin/env bash
# Takes every page from a throw-away demo server on loopback, into end2end/shots.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
port=${SHOTS_PORT:-4399}
printed=$("$TARGET/release/leitai" demo --db "$folder/demo.db")
password=$(awk '{print $NF; exit}' <<<"$printed")
"$TARGET/release/leitai" serve --db "$folder/demo.db" --listen "127.0.0.1:$port" \
  --public-url "http://localhost:$port" --site-root "$TARGET/site" 2>/dev/null >/dev/null &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
until curl -fs "http://localhost:$port/livez" >/dev/null; do sleep 0.1; done
ADMIN_LOGIN=organiser ADMIN_PASSWORD="$password" node shots.mjs "http://localhost:$port" shots "$@"
