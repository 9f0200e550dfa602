//! Peak windows in one cell.

use campus_dispatch::{cli::district::peak::windows, domain::district::DutyWindow};
use chrono::Weekday::*;

#[test]
fn windows_read_in_both_languages() {
    let workdays = vec![Mon, Tue, Wed, Thu, Fri];
    let morning = DutyWindow { weekdays: workdays, from_minute: 420, to_minute: 480, posts: 2 };
    for text in [
        "Mon-Fri 07:00-08:00 x2",
        "monday-friday 7:00-8:00 2;",
        "周一至周五 07:00-08:00 x2",
        "星期一-星期五 07：00-08：00 ×2；",
        "Mon,Tue,Wed,Thu,Fri 07:00-08:00 x2",
    ] {
        assert_eq!(windows(text), Ok(vec![morning.clone()]), "{text}");
    }
}

#[test]
fn several_windows_and_the_whole_day() {
    let read = windows("每天 00:00-24:00; 周日 16:30-17:30 x3").expect("good");
    assert_eq!((read[0].from_minute, read[0].to_minute, read[0].posts), (0, 1440, 1));
    assert_eq!(read[0].weekdays.len(), 7);
    assert_eq!(read[1].weekdays, [Sun]);
    assert_eq!(windows(""), Ok(Vec::new()));
}

#[test]
fn what_is_no_window_is_told_with_an_example() {
    for text in [
        "07:00-08:00",
        "Mon 08:00-07:00",
        "Mon 07:00-07:00",
        "Mon 07:00-25:00",
        "Mon 24:00-24:01",
        "Mon 07:00-08:60",
        "Mon 99999999999:00-08:00",
        "Fri-Mon 07:00-08:00",
        "Mon,Mon 07:00-08:00",
        "Funday 07:00-08:00",
        "Mon 07:00-08:00 x0",
        "Mon 07:00-08:00 x-1",
        "Mon 07:00-08:00 x2 more",
        "Mon",
    ] {
        let told = windows(text).expect_err(text);
        assert!(told.contains("Mon-Fri 07:00-08:00 x2"), "{text}: {told}");
    }
}
