#!/usr/bin/env bash
# One command for the whole table: installs the peers, runs push and ingest beside them, prints both
# tables. About 20 minutes; with --quick about 4. Everything listens on loopback only.
#   benches/peers/run.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")"
say() { echo "peers: $*" >&2; }
command -v node >/dev/null || { say "Node 20.19 or newer is needed for ws and socket.io"; exit 2; }
[ -d node_modules/ws ] || npm install --no-audit --no-fund --silent
missing=()
command -v redis-server >/dev/null || missing+=(redis-server redis-tools)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} (Debian packages; needs root)"
  apt-get install -y -qq "${missing[@]}" >&2 || say "not installed; their rows will be missing"
fi
cd ../..
export CAMPUS_UI=${CAMPUS_UI:-skip}
cargo bench --quiet --bench push -- --peers "$@"
cargo bench --quiet --bench ingest -- --peers "$@"
