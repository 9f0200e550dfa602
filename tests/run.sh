#!/usr/bin/env bash
# Runs every test there is, installing what it needs, and tells how many of each kind ran.
# Wanted beforehand: Rust, Node >= 20.19 and a C compiler. Everything else it brings itself.
#
# tests/run.sh           everything, faults in reduced counts
# tests/run.sh --faults  the faults alone, in their full counts, with a table of what they came to,
#                        and each fuzz target for a minute
# tests/run.sh --fuzz    the fuzz targets alone, a minute each
#
# FUZZ_SECONDS says how long else a target goes on; with --faults never less than a minute.
#
# The tests of the storage and of the faults need root: they mount small file systems and trace a
# server.
#
# The last line is "N passed, N failed"; the exit code is 0 only when nothing failed and no kind of
# test ran zero.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

logs=target/tests
passed=0
failed=0
summary=""

say() { printf '\n== %s\n' "$*"; }

refuse() {
    printf 'tests/run.sh: %s\n' "$*" >&2
    exit 2
}

# --- what must be there ---------------------------------------------------------------------------

wants() {
    command -v "$1" >/dev/null || refuse "$1 is missing: install $2 and run this again"
}

node_is_recent() {
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        refuse "neither root nor sudo: install $install with your package manager and run this again"
    fi
}

# The browser tests take /usr/bin/chromium, or what CHROMIUM names.
has_chromium() {
    local found
    [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && return
    for found in chromium chromium-browser google-chrome; do
        if command -v "$found" >/dev/null; then
            CHROMIUM=$(command -v "$found")
            export CHROMIUM
            return
        fi
    done
    return 1
}

# Chinese text without a font is boxes, and boxes have other widths.
has_chinese_font() {
    command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]
}

install_packages() {
    install=""
    command -v strace >/dev/null || install="strace"
    command -v mkfs.ext4 >/dev/null || install="$install e2fsprogs"
    command -v faketime >/dev/null || install="$install faketime"
    if [ -z "$faults_only" ]; then
        has_chromium || install="$install chromium"
        has_chinese_font || install="$install fontconfig fonts-noto-cjk"
    fi
    [ -z "$install" ] && return
    command -v apt-get >/dev/null ||
        refuse "no apt-get here: install $install with your package manager and run this again"
    say "Installing what is missing: $install"
    as_root apt-get update -q || refuse "apt-get update failed"
    # shellcheck disable=SC2086 # several packages
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $install ||
        refuse "apt-get could not install $install"
}

# --- running and counting -------------------------------------------------------------------------

note() { summary+=$(printf '%-24s %s' "$1" "$2")$'\n'; }

# check NAME COMMAND...: passes or not, and counts as a failure when it does not.
check() {
    local name=$1
    shift
    say "$name"
    if "$@"; then
        note "$name" "ok"
    else
        note "$name" "FAILED"
        failed=$((failed + 1))
    fi
}

# count NAME PASSED FAILED EXIT: takes a kind's figures into the summary.
count() {
    local name=$1 good=${2:-0} bad=${3:-0} code=$4
    local remark=""
    if [ "$good" -eq 0 ]; then
        remark="  FAILED: none passed"
    elif [ "$code" -ne 0 ]; then
        remark="  FAILED"
    fi
    # A kind that broke down without naming a test has failed all the same.
    if [ -n "$remark" ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + good))
    failed=$((failed + bad))
    note "$name" "$good passed, $bad failed$remark"
}

rust_tests() {
    say "Rust tests"
    cargo test --no-fail-fast 2>&1 | tee "$logs/rust.log"
    local code=$?
    local good bad
    good=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$logs/rust.log")
    bad=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$logs/rust.log")
    count "Rust tests" "$good" "$bad" "$code"
}

# The real program under real faults: every row of the table, with reduced counts unless FAULTS=full.
# The full counts are of the program as it is released; the reduced ones take the build at hand.
profile=()
fault_rows() {
    say "Fault rows"
    cargo test "${profile[@]}" --test faults 2>&1 | tee "$logs/faults.log"
    local code=$?
    local good bad
    read -r good bad < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed.*$/\1 \2/p' "$logs/faults.log" | tail -1)
    count "Fault rows" "$good" "$bad" "$code"
}

# The suites whose counts FAULTS=full raises. Each prints a line for every kind of fault:
# "fault: N tried, figures; N violations".
fault_suites="storage:: every_bit"

storage_faults() {
    say "Storage faults"
    # shellcheck disable=SC2086 # several filters
    cargo test "${profile[@]}" --test suites -- $fault_suites --nocapture 2>&1 | tee "$logs/storage.log"
    local code=$?
    local good bad
    good=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$logs/storage.log")
    bad=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$logs/storage.log")
    count "Storage faults" "$good" "$bad" "$code"
}

# Each target goes on for so long, side by side with others, with the checks of a debug build. Each
# prints "fuzz NAME: N inputs, seed N, none brought it down".
fuzz_seconds=${FUZZ_SECONDS:-60}
fuzz_targets() {
    CAMPUS_UI=skip FUZZ_SECONDS="$fuzz_seconds" cargo test --test suites -- fuzz:: --nocapture
}

long_fuzz() {
    say "Fuzz targets, $fuzz_seconds s each"
    fuzz_targets 2>&1 | tee "$logs/fuzz.log"
    local code=$?
    local good bad
    good=$(awk '/^test result:/ { n += $4 } END { print n + 0 }' "$logs/fuzz.log")
    bad=$(awk '/^test result:/ { n += $6 } END { print n + 0 }' "$logs/fuzz.log")
    count "Fuzz, $fuzz_seconds s each" "$good" "$bad" "$code"
}

fault_table() {
    grep -E '^\|' "$logs/faults.log"
    sed -nE 's/^(.*): ([0-9]+ (tried|commands)[^;]*)(.*; |; )([0-9]+) violations$/| \1 | \2 | \5 |\4/p' "$logs/storage.log"
}

front_end_tests() {
    say "Front-end unit tests"
    rm -f "$logs/front-end.json"
    npm --prefix static test -- --reporter=default --reporter=json \
        --outputFile.json="$PWD/$logs/front-end.json"
    local code=$?
    local good bad
    read -r good bad < <(node -e '
        const fs = require("node:fs");
        let told = {};
        try { told = JSON.parse(fs.readFileSync(process.argv[1], "utf8")) } catch {}
        console.log(told.numPassedTests ?? 0, told.numFailedTests ?? 0)' "$logs/front-end.json")
    count "Front-end unit tests" "$good" "$bad" "$code"
}

browser_tests() {
    say "Browser tests"
    # The same build the Rust tests ran on.
    CAMPUS_BINARY="$PWD/target/debug/campus-dispatch" npm --prefix tests/browser test 2>&1 |
        tee "$logs/browser.log"
    local code=$?
    local good bad
    good=$(sed -nE 's/^(ℹ|#) pass ([0-9]+)$/\2/p' "$logs/browser.log" | tail -1)
    bad=$(sed -nE 's/^(ℹ|#) fail ([0-9]+)$/\2/p' "$logs/browser.log" | tail -1)
    count "Browser tests" "$good" "$bad" "$code"
}

# --- the run --------------------------------------------------------------------------------------

faults_only=""
fuzz_only=""
case "${1:-}" in
"") ;;
--faults) faults_only=yes ;;
--fuzz) fuzz_only=yes ;;
*) refuse "unknown option $1: only --faults and --fuzz are known" ;;
esac

wants cargo "Rust (https://rustup.rs)"
wants cc "a C compiler (Debian: build-essential)"
if [ -n "$fuzz_only" ]; then
    fuzz_targets
    exit
fi
if [ -n "$faults_only" ]; then
    [[ $fuzz_seconds =~ ^[0-9]+$ ]] && [ "$fuzz_seconds" -ge 60 ] ||
        refuse "FUZZ_SECONDS is $fuzz_seconds: the long suite goes on for 60 or more with each target"
    install_packages
    mkdir -p "$logs"
    export CARGO_TARGET_DIR="$PWD/target" FAULTS=full
    profile=(--release)
    fault_rows
    storage_faults
    long_fuzz
    say "Summary"
    fault_table
    grep -hE '^fuzz [a-z]+: ' "$logs/fuzz.log"
    printf '\n%s\n' "$summary"
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
    exit
fi
wants node "Node >= 20.19 (https://nodejs.org)"
wants npm "Node >= 20.19 (https://nodejs.org)"
node_is_recent || refuse "Node $(node --version) is too old: install Node >= 20.19"
install_packages
mkdir -p "$logs"
# A placeholder instead of the screens would fail every browser test.
unset CAMPUS_UI
export CARGO_TARGET_DIR="$PWD/target"

say "Installing the front end's and the browser tests' packages (npm ci)"
npm --prefix static ci --no-audit --no-fund || refuse "npm ci failed in static"
npm --prefix tests/browser ci --no-audit --no-fund || refuse "npm ci failed in tests/browser"

check "Formatting" cargo fmt --check
check "Clippy" cargo clippy --all-targets -- -D warnings
# Not among all targets, since it is no part of `cargo test`.
check "Clippy, fault rows" cargo clippy --test faults -- -D warnings
check "Front-end types" npm --prefix static run check
front_end_tests
rust_tests
fault_rows
browser_tests
# Last, since it builds its own binary where the tests before found theirs.
check "Planted faults" tests/planted.sh

say "Summary"
printf '%s\n' "$summary"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
