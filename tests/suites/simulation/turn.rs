//! One turn of the writer, and what everybody must see of it.

use std::{
    collections::BTreeMap,
    mem,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use campus_dispatch::{
    domain::{Event, Within, command::Outcome},
    engine::{Submission, SubmitError},
};

use super::{
    disk::{Death, Mishap},
    follower::{Shown, check_picture},
    model::{Answer, Plan},
    world::{Checked, Heard, Mail, World},
};

impl World {
    /// Gives the writer a turn.
    pub fn turn(&mut self) -> Checked {
        let (now, offset) = (self.now(), self.wall_offset());
        let jumped = Within::from_millis(offset.millis() - self.wall_seen.millis());
        self.wall_seen = offset;
        let batch = self.limits.batch_max.min(self.mailbox.len());
        let taken: Vec<Mail> = self.mailbox.drain(..batch).collect();
        let requests: Vec<(usize, &Submission)> = taken
            .iter()
            .filter_map(|mail| match mail {
                Mail::Request(number) => Some((*number, &self.requests[*number].submission)),
                _ => None,
            })
            .collect();
        let plan = self.model.plan(now, jumped, &requests);
        self.tell(|| format!("a turn takes {taken:?} for {} records", plan.records.len()));
        let writer = self.writer.as_mut().expect("started");
        let turned = catch_unwind(AssertUnwindSafe(|| writer.turn()));
        let befell = self.watch().befell.take();
        if let Some(mishap) = befell {
            self.tell(|| format!("the append {}", <&str>::from(mishap)));
            self.tally.count(("mishap", mishap.into()));
        }
        match turned {
            Err(thrown) if thrown.is::<Death>() => {
                let mishap = befell.expect("it dies of something");
                self.start_again(None, Some((mishap, plan)))
            }
            Err(thrown) => resume_unwind(thrown),
            Ok(Err(error)) => match befell.filter(|mishap| mishap.is_fatal()) {
                Some(mishap) => self.end_after(error, mishap, plan),
                None => Err(format!("the turn failed by itself: {error}")),
            },
            Ok(Ok(())) if befell.is_some_and(Mishap::is_fatal) => {
                Err("a failed append was taken for a success".to_owned())
            }
            Ok(Ok(())) => self.released(&taken, plan, befell == Some(Mishap::Stalls)),
        }
    }

    /// All of it is durable, told and shown.
    fn released(&mut self, taken: &[Mail], mut plan: Plan, stalled: bool) -> Checked {
        if stalled {
            self.let_in_latecomers()?;
        }
        let before = self.ledger.seq() as usize;
        self.ledger.read_on(&self.disk, &mut self.tally)?;
        let written = &self.ledger.records[before..];
        if written != plan.records {
            return Err(format!("the turn wrote {written:#?}\ninstead of {:#?}", plan.records));
        }
        for record in written {
            match record.event {
                Event::DeadlinePassed { .. } => self.tally.count(("verb", "tell_deadlines")),
                Event::WallClockJumped { .. } => self.tally.count(("verb", "note_clock_jump")),
                _ => {}
            }
        }
        let answers: BTreeMap<usize, Answer> = mem::take(&mut plan.answers).into_iter().collect();
        self.model.adopt(plan);
        self.hear(&answers)?;
        self.see(taken)?;
        self.check_quiet()?;
        self.check_state()
    }

    /// Whoever was taken up is answered as the rules have it, and nobody else is.
    fn hear(&mut self, answers: &BTreeMap<usize, Answer>) -> Checked {
        let callers = mem::take(&mut self.watch().callers);
        for mut caller in callers {
            let number = caller.number;
            let heard = caller.look();
            match (answers.get(&number), heard) {
                (None, None) => self.watch().callers.push(caller),
                (None, Some(heard)) => return Err(format!("#{number} hears {heard:?} too early")),
                (Some(expected), None) => return Err(format!("#{number}: never {expected:?}")),
                (Some(expected), Some(heard)) => {
                    let heard = answer(heard)?;
                    self.tell(|| format!("#{number} hears {}", brief(&heard)));
                    if heard != *expected {
                        return Err(format!("#{number} hears {heard:?} instead of {expected:?}"));
                    }
                    self.count_answer(number, &heard);
                    self.keep_promise(number, &heard)?;
                    self.requests[number].heard = Heard::Answer(heard);
                }
            }
        }
        Ok(())
    }

    fn count_answer(&mut self, number: usize, answer: &Answer) {
        let verb = self.requests[number].submission.command.verb();
        let name = match answer {
            Answer::Done(Outcome { seq: 0, .. }) => "unchanged",
            Answer::Done(_) => {
                self.tally.count(("verb", verb));
                "done"
            }
            Answer::Refused(rejection, _) => {
                self.tally.count(("rejection", rejection.code()));
                "refused"
            }
            Answer::IdReused => "id reused",
        };
        self.tally.count(("answer", name));
    }

    /// Whoever asked for a picture has one of this instant.
    fn see(&mut self, taken: &[Mail]) -> Checked {
        let now = self.now();
        let viewers = mem::take(&mut self.watch().viewers);
        for mut viewer in viewers {
            let is_due = taken
                .iter()
                .any(|mail| matches!(mail, Mail::Picture(ticket) if *ticket == viewer.number));
            match (is_due, viewer.look()) {
                (false, None) => self.watch().viewers.push(viewer),
                (true, Some(Ok(picture))) => {
                    check_picture(&picture, &self.ledger.past.state, now)?;
                    self.tally.count(("follower", "takes a picture"));
                    let waits = |ticket| Some(viewer.number) == ticket;
                    let follower = self.followers.iter_mut().find(|one| waits(one.waits));
                    let follower = follower.ok_or("a picture for nobody")?;
                    follower.waits = None;
                    follower.shown = Some(Shown::of(picture));
                }
                (_, seen) => return Err(format!("a picture is {:?}", seen.map(|s| s.is_ok()))),
            }
        }
        Ok(())
    }

    /// Who came while the disk stalled lies in the mailbox behind the clock's wake-up call.
    fn let_in_latecomers(&mut self) -> Checked {
        self.put(Mail::Wake);
        let numbers = mem::take(&mut self.latecomers);
        let turned_away = mem::take(&mut self.watch().turned_away);
        for number in numbers {
            self.tally.count(("client", "submits while the disk stalls"));
            let away = turned_away.iter().any(|(other, _)| *other == number);
            match (self.put(Mail::Request(number)), away) {
                (true, false) => {}
                (false, true) => self.turned_away(number),
                (_, away) => return Err(format!("a latecomer turned away: {away}")),
            }
        }
        Ok(())
    }
}

fn answer(heard: Result<Outcome, SubmitError>) -> Checked<Answer> {
    match heard {
        Ok(outcome) => Ok(Answer::Done(outcome)),
        Err(SubmitError::Rejected { rejection, alert }) => Ok(Answer::Refused(rejection, alert)),
        Err(SubmitError::IdReused) => Ok(Answer::IdReused),
        Err(error) => Err(format!("after a turn that went well: {error}")),
    }
}

fn brief(answer: &Answer) -> String {
    match answer {
        Answer::Done(outcome) => format!("done at {}", outcome.seq),
        Answer::Refused(rejection, _) => format!("refused: {}", rejection.code()),
        Answer::IdReused => "that its id was used".to_owned(),
    }
}
