#!/usr/bin/env bash
# Proves the tests: builds once with the feature `planted-faults` and shows that each planted fault
# turns named tests red, which are green without it, and that whatever breaks down takes nothing else
# with it (faults.md row 21). Prints a table; the exit code is 0 only when
# every cell is as it should be.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The screens play no part here.
export CAMPUS_UI=${CAMPUS_UI:-skip}
# Enough for each fault to strike; the whole run is for a build without any.
export SIM_SEEDS=${SIM_SEEDS:-60}
export RUST_BACKTRACE=0
# A test that hangs is red, too; none takes nearly so long when it is green.
patience=120

simulation=simulation::whatever_happens_nothing_acknowledged_is_lost

# Which fault which tests are to find.
planted=(
    "answer_before_durable $simulation"
    "answer_before_durable engine::commit::a_reply_waits_until_its_records_are_durable"
    "push_before_durable $simulation"
    "push_before_durable engine::commit::nothing_is_shown_before_it_is_durable"
    "forget_command_ids $simulation"
    "forget_command_ids engine::retry::a_retry_after_a_restart_gets_the_first_outcome"
    "retry_after_failed_sync $simulation"
    "retry_after_failed_sync engine::failure::a_failed_append_is_never_tried_again"
    "accept_gap $simulation"
    "accept_gap journal::sqlite::a_changed_missing_or_misfiled_record_is_named"
    "skip_sync $simulation"
    "skip_sync journal::synced::an_append_returns_after_its_sync"
    "skip_origin web::origin::a_cookie_acts_from_pages_of_ours_only"
    "skip_origin push::access::a_cookie_watches_from_pages_of_ours_only"
    "skip_socket_authorization push::access::s04_a_disabled_account_loses_its_sockets_within_two_seconds"
    "skip_socket_authorization push::access::s04_a_logout_closes_its_sockets_within_two_seconds"
)

# What breaks down on purpose, and the tests that show what lives on.
survived=(
    "panic_in_command failpoint::a_command_that_breaks_down_is_answered_500_and_the_next_is_done"
    "panic_in_command failpoint::a_command_that_breaks_down_writes_nothing"
    "panic_in_timer failpoint::a_deadline_that_breaks_down_takes_no_other_with_it"
    "panic_in_socket failpoint::a_socket_that_breaks_down_takes_no_other_with_it"
)

suites=$(cargo test --features planted-faults --test suites --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"name":"suites".*"executable":"\([^"]*\)".*/\1/p' | tail -1)
if [ -z "$suites" ]; then
    echo "tests/planted.sh: the suites do not build with --features planted-faults" >&2
    exit 2
fi

# run TEST [FAULT]: green, red, or "none" where there is no such test.
run() {
    local output
    output=$(CAMPUS_PLANTED_FAULT=${2:-} timeout "$patience" "$suites" --exact "$1" 2>&1)
    local code=$?
    if [ $code -eq 0 ] && grep -q '^test result: ok. 1 passed' <<<"$output"; then
        echo green
    elif [ $code -eq 0 ]; then
        echo none
    else
        echo red
    fi
}

wrong=0
printf '%-26s %-76s %-8s %s\n' "fault" "test" "without" "with"
for line in "${planted[@]}"; do
    read -r fault test <<<"$line"
    without=$(run "$test")
    with=$(run "$test" "$fault")
    remark=""
    if [ "$without $with" != "green red" ]; then
        remark="  NOT FOUND"
        wrong=$((wrong + 1))
    fi
    printf '%-26s %-76s %-8s %s%s\n' "$fault" "$test" "$without" "$with" "$remark"
done

for line in "${survived[@]}"; do
    read -r fault test <<<"$line"
    without=$(run "$test")
    with=$(run "$test" "$fault")
    remark=""
    # Without the fault the test must miss it, or it would show nothing.
    if [ "$without $with" != "red green" ]; then
        remark="  NOT SURVIVED"
        wrong=$((wrong + 1))
    fi
    printf '%-26s %-76s %-8s %s%s\n' "$fault" "$test" "$without" "$with" "$remark"
done

# What is delivered has none of this.
release=target/release/campus-dispatch
if [ -x "$release" ] && grep -q CAMPUS_PLANTED_FAULT "$release"; then
    echo "the release binary has planted faults"
    wrong=$((wrong + 1))
fi

echo "${#planted[@]} found and ${#survived[@]} survived, $wrong wrong"
[ "$wrong" -eq 0 ]
