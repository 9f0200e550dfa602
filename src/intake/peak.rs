//! Peak windows in one cell: `Mon-Fri 07:00-08:00 x2; Mon,Wed 16:30-17:30`, or
//! `周一至周五 07:00-08:00 x2；周三 16:30-17:30`.

use chrono::Weekday;

use super::Said;
use crate::domain::district::DutyWindow;

const WEEKDAYS: [(&str, char, Weekday); 7] = [
    ("mon", '一', Weekday::Mon),
    ("tue", '二', Weekday::Tue),
    ("wed", '三', Weekday::Wed),
    ("thu", '四', Weekday::Thu),
    ("fri", '五', Weekday::Fri),
    ("sat", '六', Weekday::Sat),
    ("sun", '日', Weekday::Sun),
];

/// Every window of a cell.
///
/// # Errors
/// Names the window that cannot be read, and shows one that can.
pub fn windows(text: &str) -> Result<Vec<DutyWindow>, Said> {
    let parts = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            window(part).ok_or_else(|| {
                Said::new(
                    format!("高峰时段“{part}”应写作“周一至周五 07:00-08:00 x2”"),
                    format!("peak window \"{part}\" does not read like \"Mon-Fri 07:00-08:00 x2\""),
                )
            })
        })
        .collect()
}

fn window(text: &str) -> Option<DutyWindow> {
    let mut words = text.split_whitespace();
    let weekdays = weekdays(words.next()?)?;
    let (from, to) = words.next()?.split_once(['-', '–', '至'])?;
    let posts = match words.next() {
        Some(posts) => posts.trim_start_matches(['x', 'X', '×']).parse().ok()?,
        None => 1,
    };
    let (from_minute, to_minute) = (minute(from)?, minute(to)?);
    let is_whole = words.next().is_none() && from_minute < to_minute && posts > 0;
    is_whole.then_some(DutyWindow { weekdays, from_minute, to_minute, posts })
}

fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    if matches!(text.to_lowercase().as_str(), "daily" | "每天" | "每日") {
        return Some(WEEKDAYS.iter().map(|(_, _, weekday)| *weekday).collect());
    }
    let mut found = Vec::new();
    for part in text.split([',', '、', '，']) {
        let (first, last) = match part.split_once(['-', '–', '至', '到']) {
            Some((first, last)) => (place(first)?, place(last)?),
            None => (place(part)?, place(part)?),
        };
        for (_, _, weekday) in WEEKDAYS.get(first..=last).filter(|_| first <= last)? {
            if found.contains(weekday) {
                return None;
            }
            found.push(*weekday);
        }
    }
    Some(found)
}

fn place(text: &str) -> Option<usize> {
    let text = text.trim().to_lowercase();
    let chinese = text.trim_start_matches(['周', '星', '期']).replace('天', "日");
    WEEKDAYS.iter().position(|(english, character, _)| {
        text.starts_with(english) || chinese == character.to_string()
    })
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let is_time = (hour < 24 && minute < 60) || (hour, minute) == (24, 0);
    is_time.then(|| hour * 60 + minute)
}
