//! Instants and spans.

use campus_dispatch::domain::{Timestamp, Within};
use chrono::Weekday;

#[test]
fn an_instant_is_written_in_utc_to_the_millisecond() {
    let at = Timestamp::parse("2026-03-02T07:40:00.5+08:00").expect("an instant");
    assert_eq!(at.to_string(), "2026-03-01T23:40:00.500Z");
}

#[test]
fn what_is_finer_than_a_millisecond_is_dropped() {
    let at = Timestamp::parse("2026-03-02T07:40:00.0009999Z").expect("an instant");
    assert_eq!(at.millis() % 1000, 0);
}

#[test]
fn what_is_no_instant_is_refused() {
    for text in
        ["", "2026-03-02", "2026/03/02 07:40:00", "2026-02-30T00:00:00Z", "2026-03-02T07:40:00"]
    {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn a_year_that_could_not_be_read_back_is_refused() {
    let outside =
        ["0000-12-31T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59.999-00:01"];
    for text in outside {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
    for text in ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"] {
        assert_eq!(Timestamp::parse(text).map(|at| at.to_string()).as_deref(), Some(text));
    }
}

#[test]
fn an_instant_survives_its_written_form() {
    for millis in [0, 1, -1, 1_772_408_400_123, 253_402_300_799_999] {
        let at = Timestamp::from_millis(millis);
        let written = serde_json::to_string(&at).expect("written");
        assert_eq!(serde_json::from_str::<Timestamp>(&written).expect("read"), at);
    }
}

#[test]
fn the_centres_day_begins_eight_hours_before_utcs() {
    let minute = |text| Timestamp::parse(text).expect("an instant").centre_minute();
    assert_eq!(minute("2026-03-01T15:59:59.999Z"), (Weekday::Sun, 24 * 60 - 1));
    assert_eq!(minute("2026-03-01T16:00:00.000Z"), (Weekday::Mon, 0));
    assert_eq!(minute("2026-02-28T16:00:00.000Z"), (Weekday::Sun, 0), "a month's edge");
    assert_eq!(minute("2028-02-28T16:00:00.000Z"), (Weekday::Tue, 0), "29 February");
}

#[test]
fn a_span_is_negative_where_the_end_lies_before_the_start() {
    let (early, late) = (Timestamp::from_millis(1000), Timestamp::from_millis(3500));
    assert_eq!(
        (late - early, early - late),
        (Within::from_millis(2500), Within::from_millis(-2500))
    );
}

#[test]
fn the_end_of_time_is_not_overrun() {
    let end = Timestamp::from_millis(i64::MAX);
    assert_eq!(end + Within::from_seconds(i64::MAX), end);
}
