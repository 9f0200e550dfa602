//! Timelines of the invented centre (示例), and a journal that holds them.

use campus_dispatch::{
    domain::{
        Alert, Record, Timestamp,
        assignment::Step,
        classification::{Category, FeedbackKind},
        event::TimePoint,
        id::AlertId,
    },
    journal::{Journal, JournalReader, memory::MemoryDisk},
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, supervisor},
};

/// A journal in memory with these records.
pub fn journal_of(records: &[Record]) -> Box<dyn JournalReader> {
    let mut journal = MemoryDisk::new("evidence").open().expect("nobody has it");
    journal.append(records).expect("written");
    journal.reader().expect("readable")
}

/// The records of one alert among all.
pub fn records_of(records: &[Record], alert: AlertId) -> Vec<Record> {
    records.iter().filter(|record| record.event.alert() == Some(alert)).cloned().collect()
}

/// A fight at the school gate that P-02 is late for: corrected and excused by the supervisor, with
/// another alert going on beside it. Received at second 10, reached at 300 and, corrected, at 290.
pub fn late_and_corrected(centre: &mut Centre) -> AlertId {
    let alert = centre.at(10).raise(Category::Fight, "S-B");
    let sent = centre.at(20).send(alert, "P-02");
    let beside = centre.at(25).raise(Category::Dispute, "S-C");
    centre.at(30).step(sent, Step::Acknowledge);
    centre.at(90).step(sent, Step::EnRoute);
    centre.at(200).told(alert);
    centre.at(300).step(sent, Step::Arrive);
    let feedback = ask::feedback(alert, Some(sent), FeedbackKind::Arrival);
    centre.at(320).does(&operator(), feedback);
    centre.at(600).step(sent, Step::Clear);
    centre.resolve(alert);
    centre.at(700).does(&operator(), ask::close(alert));
    let arrival = TimePoint::Step { assignment: sent, step: Step::Arrive };
    let correct = ask::correct(alert, arrival, Some(second(290)));
    centre.at(800).does(&supervisor(), correct);
    let rule = centre.governing(alert);
    centre.does(&supervisor(), ask::excuse(alert, rule.as_str(), "示例：道路封闭"));
    centre.at(900).end_without_arrival(beside);
    alert
}

/// As the centre knows an alert, with its records and the instant.
pub fn told(centre: &Centre, alert: AlertId) -> (Alert, Vec<Record>, Timestamp) {
    (centre.alert(alert).clone(), records_of(&centre.records, alert), centre.now())
}
