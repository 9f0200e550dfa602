//! Wishes of those who look handled alerts through.

use campus_dispatch::domain::{
    Actor, Alert, Command, Role, Stage, Within,
    id::{AlertId, SampleId},
    sample::{CheckItem, Sample},
};

use super::Wish;
use crate::domain::{ask, centre::one};

impl Wish<'_> {
    pub fn sample(&mut self) -> (Actor, Command) {
        let who = one(if self.dice.one_in(2) { Role::Manager } else { Role::Auditor });
        let samples: Vec<Sample> =
            self.state.samples.values().map(|sample| (**sample).clone()).collect();
        if samples.len() < 2 || self.dice.one_in(3) {
            return (who, self.draw());
        }
        let sample = self.dice.pick(&samples);
        let drawn: Vec<AlertId> = sample.alerts().collect();
        let alert = match self.dice.one_in(7) {
            true => AlertId(99_999),
            false => *self.dice.pick(&drawn),
        };
        let id = if self.dice.one_in(9) { SampleId(99) } else { sample.id };
        let failed = [CheckItem::ResultClear, CheckItem::TimesComplete];
        let failed = &failed[..self.dice.below(3)];
        let remark = self.text(200);
        let mut command = ask::score_sample(id, alert, failed, &remark);
        if let Command::ScoreSample(score) = &mut command
            && self.dice.one_in(6)
        {
            score.marks.remove(&CheckItem::DispatchInTime);
        }
        (who, command)
    }

    /// Handled alerts; now and then none, one that is still open, or of a period not yet over.
    fn draw(&mut self) -> Command {
        let back = |seconds: i64| self.now + Within::from_seconds(-seconds);
        let from = back(self.dice.between(100, 4_000));
        let to = back(self.dice.between(-20, 110));
        let closed = |alert: &&Alert| {
            alert.stage() == Stage::Closed && (from..to).contains(&alert.received_at)
        };
        let alerts = self.state.alerts.values().map(|alert| &**alert);
        let mut drawn: Vec<AlertId> = alerts.filter(closed).map(|alert| alert.id).take(5).collect();
        if self.dice.one_in(6) {
            drawn.push(self.alert(|alert| alert.stage() < Stage::Closed));
        }
        let size = self.dice.weighted(&[(8, 5), (1, 0)]);
        ask::draw_sample(ask::lot(self.dice.below(4) as u32, from, to, size), &drawn)
    }
}
