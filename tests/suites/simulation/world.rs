//! The world of one seed: the engine with its disk and clock, those who ask and those who look,
//! and what all of it must come to.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use campus_dispatch::{
    domain::{
        Command, Seq, Timestamp, Within,
        command::Outcome,
        id::{AccountName, CommandId},
    },
    engine::{
        Engine, Limits, Submission, SubmitError, Writer,
        clock::{Clock, ManualClock},
    },
    journal::{memory::MemoryDisk, snapshot::MemoryFile},
};

use super::{
    board, cast,
    dice::Dice,
    disk::{Waiting, Watch},
    follower::Follower,
    ledger::Ledger,
    model::{Answer, Model},
    tally::Tally,
};
use crate::domain::centre::START;

/// What somebody found wrong.
pub type Checked<T = ()> = Result<T, String>;

/// Something in the mailbox, as it lies there.
#[derive(Clone, Copy, Debug)]
pub enum Mail {
    Request(usize),
    Picture(usize),
    Wake,
}

/// A command somebody sent, and what was heard of it.
pub struct Request {
    pub submission: Submission,
    pub heard: Heard,
    /// How many starts there had been.
    pub starts: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Nothing,
    Answer(Answer),
    /// The writer failed or died over it, or the caller went away.
    Unknown,
    /// It was turned away at the door.
    NotTaken,
}

pub struct World {
    pub dice: Dice,
    pub tally: Tally,
    /// Whether each step is told on standard output.
    pub tells: bool,

    pub clock: Arc<ManualClock>,
    pub limits: Limits,
    pub disk: MemoryDisk,
    pub snapshot: MemoryFile,
    /// The position of the snapshot a start must go on from; 0 where there is none it may use.
    pub snapshot_seq: Seq,
    pub engine: Engine,
    /// Gone only while the process is.
    pub writer: Option<Writer>,
    pub watch: Arc<Mutex<Watch>>,

    pub model: Model,
    pub ledger: Ledger,
    pub requests: Vec<Request>,
    /// Requests that come when the disk stalls, in order.
    pub latecomers: Vec<usize>,
    pub mailbox: VecDeque<Mail>,
    /// The first outcome of every command id.
    pub promised: BTreeMap<(AccountName, CommandId), (Command, Outcome, u32)>,
    pub followers: Vec<Follower>,
    /// Pictures asked for so far.
    pub tickets: usize,
    pub starts: u32,
    /// Where the feed's ring began.
    pub started_at: Seq,
    /// How far the wall clock was ahead of server time at the writer's last look.
    pub wall_seen: Within,
    /// How far server time runs ahead of its clock.
    pub ahead: Within,
}

impl World {
    /// A centre set up, as the dice of the seed have it.
    pub fn open(seed: u64, tells: bool) -> Checked<Self> {
        let mut dice = Dice::of(seed);
        let limits = Limits {
            mailbox_max: dice.between(4, 40) as usize,
            batch_max: dice.between(1, 48) as usize,
            ring_max: dice.between(8, 120) as usize,
            snapshot_every: 0,
        };
        let clock = Arc::new(ManualClock::at(START));
        let (disk, watch) = (MemoryDisk::new("示例"), Arc::default());
        let (engine, writer) = super::start::open(&disk, None, &clock, &limits, &watch, &mut 0)
            .map_err(|error| error.to_string())?;
        let mut world = Self {
            dice,
            tally: Tally::default(),
            tells,
            clock,
            limits,
            disk,
            snapshot: MemoryFile::default(),
            snapshot_seq: 0,
            engine,
            writer: Some(writer),
            watch,
            model: Model::default(),
            ledger: Ledger::default(),
            requests: Vec::new(),
            latecomers: Vec::new(),
            mailbox: VecDeque::new(),
            promised: BTreeMap::new(),
            tickets: 0,
            followers: (0..4).map(|_| Follower::default()).collect(),
            starts: 0,
            started_at: 0,
            wall_seen: Within::default(),
            ahead: Within::default(),
        };
        for submission in cast::setting_up(&mut world.dice) {
            world.submit(submission)?;
            world.turn()?;
            if let Some(Request { heard: Heard::Answer(Answer::Refused(why, _)), .. }) =
                world.requests.last()
            {
                return Err(format!("the centre is not set up: {}", why.code()));
            }
        }
        Ok(world)
    }

    pub fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().expect("one thread")
    }

    pub fn now(&self) -> Timestamp {
        self.engine.now()
    }

    /// Says what happens, to whoever replays a seed.
    pub fn tell(&self, what: impl FnOnce() -> String) {
        if self.tells {
            println!("{:>5} {} {}", self.ledger.seq(), self.now(), what());
        }
    }

    /// How far the wall clock is ahead of server time.
    pub fn wall_offset(&self) -> Within {
        Within::from_millis(self.clock.wall_offset().millis() - self.ahead.millis())
    }

    /// Puts something into the mailbox, as far as it goes.
    pub fn put(&mut self, mail: Mail) -> bool {
        let has_room = self.mailbox.len() < self.limits.mailbox_max;
        if has_room {
            self.mailbox.push_back(mail);
        }
        has_room
    }

    /// A request on its way, not yet sent.
    pub fn prepare(&mut self, submission: Submission) -> Waiting<Outcome> {
        let number = self.requests.len();
        let (engine, sent) = (self.engine.clone(), submission.clone());
        let starts = self.starts;
        self.requests.push(Request { submission, heard: Heard::Nothing, starts });
        Waiting::new(number, async move { engine.submit(sent).await })
    }

    /// Somebody submits a command: it lies in the mailbox, or is turned away.
    pub fn submit(&mut self, submission: Submission) -> Checked<usize> {
        let mut caller = self.prepare(submission);
        let number = caller.number;
        let answer = caller.look();
        match (self.put(Mail::Request(number)), answer) {
            (true, None) => self.watch().callers.push(caller),
            (false, Some(Err(SubmitError::Overloaded))) => self.turned_away(number),
            (_, answer) => return Err(format!("a command sent is answered {answer:?}")),
        }
        Ok(number)
    }

    pub fn turned_away(&mut self, number: usize) {
        self.tell(|| format!("#{number} finds the mailbox full"));
        self.requests[number].heard = Heard::NotTaken;
        self.tally.count(("answer", "overloaded"));
    }

    /// Between two turns nobody hears anything, and nothing becomes visible (I5).
    pub fn check_quiet(&self) -> Checked {
        let mut watch = self.watch();
        if let Some(finding) = watch.findings.first() {
            return Err(finding.clone());
        }
        if watch.callers.iter_mut().any(|caller| caller.look().is_some()) {
            return Err("somebody is answered between two turns".to_owned());
        }
        if watch.viewers.iter_mut().any(|viewer| viewer.look().is_some()) {
            return Err("a picture is given between two turns".to_owned());
        }
        let shown = self.engine.position().seq;
        match shown == self.ledger.seq() {
            true => Ok(()),
            false => Err(format!("the feed is at {shown}, and durable is {}", self.ledger.seq())),
        }
    }

    /// Live, replayed and naive are one (I4), and the board shows it.
    pub fn check_state(&self) -> Checked {
        let past = self.writer.as_ref().expect("started").past();
        if self.ledger.past != *past {
            return Err("the durable records do not come to the live state".to_owned());
        }
        if self.model.state != past.state {
            return Err("the live state is not the model's".to_owned());
        }
        board::check(self.engine.board(), &past.state, self.now())?;
        self.ledger.check_state()
    }
}
