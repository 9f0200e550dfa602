//! What happens next: one thing at a time, by the dice.

use std::sync::{Arc, PoisonError};

use campus_dispatch::{
    domain::Within,
    engine::{SNAPSHOT_FORMAT, Submission},
    journal::{
        Epoch, Head, JournalError, Shortage,
        chain::StoredRecord,
        memory::MemoryDisk,
        snapshot::{Snapshot, SnapshotStore},
    },
};

use super::{
    disk::{Mishap, Waiting, Watch},
    follower::Followed,
    start,
    wish::Wish,
    world::{Checked, Heard, Mail, Request, World},
};

type Step = fn(&mut World) -> Checked;

const STEPS: &[(usize, Step)] = &[
    (44, World::ask),
    (9, World::retry),
    (2, World::misuse_an_id),
    (2, World::go_away),
    (30, World::turn),
    (14, World::pass_time),
    (3, World::move_the_wall_clock),
    (14, World::look),
    (2, World::vanish),
    (5, World::order_a_mishap),
    (1, World::fill_the_disk),
    (1, World::crash),
    (1, World::stop),
    (2, World::keep_a_snapshot),
    (1, World::spoil_the_snapshot),
    (1, World::damage_a_copy),
];

const MISHAPS: &[(usize, Mishap)] = &[
    (2, Mishap::FailsBeforeDurable),
    (2, Mishap::FailsAfterDurable),
    (1, Mishap::FailsTorn),
    (2, Mishap::DiesBeforeDurable),
    (1, Mishap::DiesTorn),
    (2, Mishap::DiesAfterDurable),
    (4, Mishap::Stalls),
];

impl World {
    /// One step, and a look around after it.
    pub fn step(&mut self) -> Checked {
        if self.watch().shortage.is_some() && self.dice.one_in(8) {
            self.tell(|| "the disk has room again".to_owned());
            self.tally.count(("disk", "has room again"));
            self.watch().shortage = None;
        }
        let step = self.dice.weighted(STEPS);
        step(self)?;
        self.check_quiet()
    }

    /// Everything still open comes to its end, and every follower converges.
    pub fn come_to_rest(&mut self) -> Checked {
        self.watch().mishap = None;
        self.watch().shortage = None;
        while !self.mailbox.is_empty() {
            self.turn()?;
        }
        self.crash()?;
        self.turn()?;
        for index in 0..self.followers.len() {
            while !self.has_converged(index) {
                self.follow(index)?;
                self.turn()?;
            }
        }
        let now = self.now();
        self.ledger.check_verdicts(now)?;
        self.ledger.check_verdicts(now + Within::from_seconds(61))?;
        self.ledger.check_verdicts(now + Within::from_seconds(7_200))
    }

    fn wish(&mut self) -> Submission {
        let Self { dice, model, engine, .. } = self;
        let mut wish = Wish { state: &model.state, now: engine.now(), dice };
        let (actor, command) = wish.make();
        let number = self.requests.len();
        let id = (!self.dice.one_in(9)).then(|| format!("示例-{number}").into());
        Submission { actor, id, command }
    }

    /// One asks, or several at once.
    fn ask(&mut self) -> Checked {
        let at_once = self.dice.weighted(&[(8, 1), (3, 2), (2, 5), (1, 14)]);
        for _ in 0..at_once {
            let wish = self.wish();
            self.tell(|| format!("#{} {wish:?}", self.requests.len()));
            self.submit(wish)?;
        }
        Ok(())
    }

    /// The same again, as a client does that has heard nothing, or does not believe it.
    fn retry(&mut self) -> Checked {
        let recent = self.requests.len().min(60);
        let Some(index) = self.dice.pick_any(0..recent) else { return Ok(()) };
        let number = self.requests.len() - 1 - index;
        let Request { submission, heard, .. } = &self.requests[number];
        let (submission, was_open) = (submission.clone(), !matches!(heard, Heard::Answer(_)));
        if submission.id.is_none() {
            return Ok(());
        }
        self.tally.count(match was_open {
            true => ("client", "retries what was left open"),
            false => ("client", "retries what was answered"),
        });
        let times = if self.dice.one_in(6) { 6 } else { 1 };
        for _ in 0..times {
            self.tell(|| format!("#{} retries #{number}", self.requests.len()));
            self.submit(submission.clone())?;
        }
        Ok(())
    }

    /// Another command under an id that was used.
    fn misuse_an_id(&mut self) -> Checked {
        let Some(number) = self.dice.pick_any(0..self.requests.len()) else { return Ok(()) };
        let Submission { actor, id, .. } = self.requests[number].submission.clone();
        let command = self.wish().command;
        self.tell(|| format!("#{} misuses the id of #{number}", self.requests.len()));
        self.tally.count(("client", "uses an id for another command"));
        self.submit(Submission { actor, id, command }).map(drop)
    }

    /// Somebody waits no longer; the command counts all the same.
    fn go_away(&mut self) -> Checked {
        let waiting = self.watch().callers.len();
        let Some(index) = self.dice.pick_any(0..waiting) else { return Ok(()) };
        let number = self.watch().callers.remove(index).number;
        self.tell(|| format!("#{number} goes away"));
        self.tally.count(("client", "goes away"));
        self.requests[number].heard = Heard::Unknown;
        Ok(())
    }

    fn pass_time(&mut self) -> Checked {
        let next = self.model.state.alerts.values().filter_map(|alert| alert.next_deadline()).min();
        let now = self.now();
        match (self.dice.below(8), next) {
            (0, _) => {
                self.tally.count(("clock", "stands"));
                return Ok(());
            }
            (1..4, Some(next)) if next > now => {
                self.tally.count(("clock", "comes to a deadline"));
                let beside = Within::from_millis(self.dice.between(-1, 1));
                self.clock.advance((next + beside - now).max(Within::default()));
            }
            (4, _) => {
                let by = self.dice.span();
                self.tally.count(("clock", "wall freezes"));
                self.clock.advance(by);
                self.clock.jump_wall(Within::from_millis(-by.millis()));
                self.put(Mail::Wake);
            }
            _ => {
                self.tally.count(("clock", "passes"));
                let by = self.dice.span();
                self.clock.advance(by);
            }
        }
        self.put(Mail::Wake);
        self.tell(|| "time has passed".to_owned());
        Ok(())
    }

    fn move_the_wall_clock(&mut self) -> Checked {
        let most = *self.dice.pick(&[1_500, 10_000, 7_200_000, 86_400_000 * 366]);
        let by = self.dice.between(1, most);
        let by = match self.dice.one_in(2) {
            true => by,
            false => -by,
        };
        let name = if by > 0 { "wall leaps ahead" } else { "wall steps back" };
        self.tally.count(("clock", name));
        self.tell(|| format!("the wall clock is set by {by} ms"));
        self.clock.jump_wall(Within::from_millis(by));
        self.put(Mail::Wake);
        Ok(())
    }

    fn look(&mut self) -> Checked {
        let index = self.dice.below(self.followers.len());
        if self.dice.one_in(12)
            && let Some(shown) = &mut self.followers[index].shown
        {
            // A position of a history that went on elsewhere.
            shown.cursor = self.ledger.seq() + 1 + self.dice.below(9) as u64;
            self.tally.count(("follower", "resumes from the future"));
        }
        self.follow(index)
    }

    /// A follower asks for a picture, or takes some of what the feed has.
    fn follow(&mut self, index: usize) -> Checked {
        let follower = &mut self.followers[index];
        if follower.waits.is_some() {
            return Ok(());
        }
        let Some(shown) = &mut follower.shown else { return self.ask_for_a_picture(index) };
        let before = shown.cursor;
        let max = *self.dice.pick(&[1, 3, 20, 1_000]);
        let followed = shown.follow(&self.engine, max)?;
        // What is handed out is in the journal, as it is there.
        let head = self.ledger.seq();
        let kept = self.limits.ring_max.min((head - self.started_at) as usize) as u64;
        let expected = match head.checked_sub(before).filter(|missed| *missed <= kept) {
            Some(missed) => Followed::Took(max.min(missed as usize)),
            None => Followed::FellOff,
        };
        if followed != expected {
            return Err(format!(
                "a follower at {before} of {head}: {followed:?}, not {expected:?}"
            ));
        }
        if followed == Followed::FellOff {
            self.tally.count(("follower", "falls off the ring"));
            self.followers[index].shown = None;
            return Ok(());
        }
        let seq = shown.cursor;
        self.tally.count(("follower", "follows"));
        if self.started_at > 0 && before == self.started_at && seq > before {
            self.tally.count(("follower", "resumes after a restart"));
        }
        self.tell(|| format!("follower {index} goes from {before} to {seq}"));
        match &self.followers[index].shown {
            Some(shown) if seq == head => shown.check(&self.ledger.past.state),
            _ => Ok(()),
        }
    }

    fn has_converged(&self, index: usize) -> bool {
        let shown = self.followers[index].shown.as_ref();
        shown.is_some_and(|shown| shown.cursor == self.ledger.seq())
    }

    fn ask_for_a_picture(&mut self, index: usize) -> Checked {
        self.tickets += 1;
        let engine = self.engine.clone();
        let mut viewer = Waiting::new(self.tickets, async move { engine.picture().await });
        match (self.put(Mail::Picture(self.tickets)), viewer.look()) {
            (true, None) => {
                self.followers[index].waits = Some(self.tickets);
                self.watch().viewers.push(viewer);
                Ok(())
            }
            (false, Some(Err(_))) => Ok(()),
            (_, seen) => Err(format!("a picture at once: {:?}", seen.map(|seen| seen.is_ok()))),
        }
    }

    /// A follower is gone; another takes its seat.
    fn vanish(&mut self) -> Checked {
        let index = self.dice.below(self.followers.len());
        let ticket = self.followers[index].waits;
        self.watch().viewers.retain(|viewer| Some(viewer.number) != ticket);
        self.tally.count(match ticket {
            Some(_) => ("follower", "vanishes while a picture is drawn"),
            None => ("follower", "vanishes"),
        });
        self.followers[index] = Default::default();
        Ok(())
    }

    /// Something will befall the next append.
    fn order_a_mishap(&mut self) -> Checked {
        let mishap = self.dice.weighted(MISHAPS);
        if self.watch().mishap.is_some() {
            return Ok(());
        }
        if mishap == Mishap::Stalls {
            let stall = Within::from_millis(self.dice.between(50, 30_000));
            let count = self.dice.below(5);
            for _ in 0..count {
                let wish = self.wish();
                let latecomer = self.prepare(wish);
                self.latecomers.push(latecomer.number);
                self.watch().latecomers.push(latecomer);
            }
            self.watch().stall = stall;
        }
        self.tell(|| format!("the next append {}", <&str>::from(mishap)));
        self.watch().mishap = Some(mishap);
        Ok(())
    }

    fn fill_the_disk(&mut self) -> Checked {
        self.tell(|| "the disk is almost full".to_owned());
        self.tally.count(("disk", "is almost full"));
        self.watch().shortage = Some(Shortage { free: 1, wanted: 0, reserve: 2 });
        Ok(())
    }

    fn head(&self) -> Head {
        Head { seq: self.ledger.seq(), hash: self.ledger.digest() }
    }

    fn keep_a_snapshot(&mut self) -> Checked {
        self.save_snapshot(self.engine.position().epoch, self.head())?;
        self.snapshot_seq = self.ledger.seq();
        Ok(())
    }

    fn save_snapshot(&self, epoch: Epoch, head: Head) -> Checked {
        let past = self.writer.as_ref().expect("started").past();
        let state = past.to_snapshot().map_err(|error| error.to_string())?;
        let store = SnapshotStore::in_memory(self.snapshot.clone(), SNAPSHOT_FORMAT);
        store.save(&Snapshot { epoch, head, state }).map_err(|error| error.to_string())
    }

    /// A snapshot that must not be used: a start reads the journal instead.
    fn spoil_the_snapshot(&mut self) -> Checked {
        let epoch = self.engine.position().epoch;
        match self.dice.below(4) {
            0 => {
                self.tally.count(("snapshot", "is of another history"));
                self.save_snapshot(Epoch("别处".to_owned()), self.head())?;
            }
            1 => {
                self.tally.count(("snapshot", "is of another history"));
                let hash = "0f".repeat(32);
                self.save_snapshot(epoch, Head { hash, ..self.head() })?;
            }
            2 => {
                self.tally.count(("snapshot", "is ahead of the journal"));
                // Further ahead than the journal will ever go.
                let seq = self.ledger.seq() + 1_000_000;
                self.save_snapshot(epoch, Head { seq, ..self.head() })?;
            }
            _ => {
                let mut file = self.snapshot.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(bytes) = file.as_mut() else { return Ok(()) };
                self.tally.count(("snapshot", "is damaged"));
                let index = self.dice.below(bytes.len());
                match self.dice.one_in(2) {
                    true => bytes.truncate(index),
                    false => bytes[index] ^= 1 << self.dice.below(8),
                }
            }
        }
        self.snapshot_seq = 0;
        Ok(())
    }

    /// A copy of the disk is damaged at rest: it is refused with the place, never taken for a
    /// shorter history.
    fn damage_a_copy(&mut self) -> Checked {
        let mut stored = self.disk.stored();
        let index = self.dice.below(stored.len() - 1);
        if self.dice.one_in(2) {
            self.tally.count(("damage", "a record is missing"));
            stored.remove(index);
        } else {
            self.tally.count(("damage", "a byte is flipped"));
            let StoredRecord { seq, alert, line, hash } = &*stored[index];
            let mut bytes = line.clone().into_bytes();
            let at = self.dice.below(bytes.len());
            bytes[at] ^= 1;
            let line = String::from_utf8_lossy(&bytes).into_owned();
            stored[index] = Arc::new(StoredRecord { seq: *seq, alert: *alert, line, hash: *hash });
        }
        let found = MemoryDisk::found(self.engine.position().epoch, stored);
        let (watch, limits) = (Arc::<std::sync::Mutex<Watch>>::default(), &self.limits);
        let opened = start::open(&found, None, &self.clock, limits, &watch, &mut 0);
        match opened.map(drop) {
            Err(JournalError::Damaged { seq, .. }) if seq == index as u64 + 1 => Ok(()),
            other => Err(format!("damaged at {}, and the start: {other:?}", index + 1)),
        }
    }
}
