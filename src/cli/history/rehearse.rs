//! The import, first played on a state of its own: what the rules would refuse is known before
//! anything is written, and the figures are known without writing.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    sync::Arc,
};

use super::{
    mapping::{Mapping, PolicyChoice},
    report::{BadRow, Report},
};
use crate::{
    domain::{
        Actor, Alert, Channel, Command, Policy, Record, Rejection, State, Timestamp, Verdict,
        Within,
        classification::{Source, Tier},
        decide,
        decide::{adopt_policy::FilePolicy, import::ImportAlert},
        district::School,
        policy::PolicyRef,
    },
    statistics::{Fact, LeftOut, Percentiles},
};

/// What of the centre history is judged by.
pub struct Centre {
    pub schools: Vec<Arc<School>>,
    pub policy: Arc<Policy>,
}

impl Centre {
    /// A centre as it stands at `now`.
    pub fn of(state: &State, now: Timestamp) -> Self {
        let schools = state.schools.values().cloned().collect();
        Self { schools, policy: state.policy_at(now).clone() }
    }
}

/// The commands that take a file over, in order, and the figures they come to.
pub struct Rehearsed {
    pub policy: Option<Command>,
    pub calls: Vec<Command>,
    pub figures: Figures,
}

/// Plays the import of a report's calls. A call the rules refuse becomes a bad row of it.
pub fn rehearse(
    report: &mut Report,
    mapping: &Mapping,
    centre: Centre,
    now: Timestamp,
) -> Rehearsed {
    let mut stage = Stage::set(centre, now);
    let (filed, reference) = match &mapping.policy {
        PolicyChoice::Current => (None, None),
        PolicyChoice::Preset(policy) => {
            let file = FilePolicy { policy: (**policy).clone() };
            (Some(Command::FilePolicy(file)), Some(policy.reference()))
        }
    };
    let refused = filed.as_ref().and_then(|command| stage.play(command).err());
    let figures = Figures { policy: stage.judge(&mapping.policy), ..Figures::default() };
    let mut rehearsed = Rehearsed { policy: filed, calls: Vec::new(), figures };
    report.calls.retain(|call| {
        let command = import_of(call.alert.clone(), mapping, &reference);
        match refused.map_or_else(|| stage.play(&command), Err) {
            Ok(alert) => {
                if let Some(alert) = alert {
                    rehearsed.figures.add(&alert, now);
                }
                rehearsed.calls.push(command);
                true
            }
            Err(rejection) => {
                let id = &call.alert.source_alarm_id;
                let reason = format!("call {id} is refused: {}", rejection.code());
                report.bad_rows.push(BadRow { line: call.line, reason });
                false
            }
        }
    });
    report.bad_rows.sort_by_key(|row| row.line);
    rehearsed
}

fn import_of(
    historic: crate::domain::history::HistoricAlert,
    mapping: &Mapping,
    policy: &Option<PolicyRef>,
) -> Command {
    let import = ImportAlert { historic, policy: policy.clone(), zone: mapping.zone };
    Command::ImportAlert(Box::new(import))
}

/// A state that forgets each alert once it is judged.
struct Stage {
    state: State,
    actor: Actor,
    now: Timestamp,
}

impl Stage {
    fn set(centre: Centre, now: Timestamp) -> Self {
        let schools = centre.schools.into_iter().map(|it| (it.id.clone(), it)).collect();
        let state = State { schools, policies: vec![centre.policy], ..State::default() };
        Self { state, actor: Actor::console(Channel::Import), now }
    }

    /// The policy that judges, for people.
    fn judge(&self, choice: &PolicyChoice) -> String {
        let policy = match choice {
            PolicyChoice::Current => self.state.policy_at(self.now),
            PolicyChoice::Preset(policy) => &**policy,
        };
        format!("{} version {}", policy.id, policy.version)
    }

    fn play(&mut self, command: &Command) -> Result<Option<Arc<Alert>>, Rejection> {
        for event in decide::decide(&self.state, &self.actor, command, self.now)? {
            let (seq, at, actor) = (self.state.seq + 1, self.now, self.actor.clone());
            self.state.apply(&Record { seq, at, actor, command: None, event });
        }
        Ok(self.state.alerts.pop_last().map(|(_, alert)| alert))
    }
}

/// On-time figures by tier, for the summary.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    policy: String,
    tiers: BTreeMap<Tier, Line>,
    reported: BTreeMap<Tier, Line>,
    left_out: HashMap<&'static str, usize>,
}

/// The figures of one tier.
#[derive(Clone, Debug, Default)]
struct Line {
    n: usize,
    met: usize,
    late: usize,
    missed: usize,
    breaching: usize,
    response: Vec<Within>,
}

impl Figures {
    fn add(&mut self, alert: &Alert, now: Timestamp) {
        let fact = Fact::of(alert, now);
        if let Err(left_out) = fact.counted {
            *self.left_out.entry(name_of(left_out)).or_default() += 1;
        }
        let Some(tier) = alert.tier() else { return };
        self.tiers.entry(tier).or_default().add(&fact);
        if alert.source != Source::UnitFinding {
            self.reported.entry(tier).or_default().add(&fact);
        }
    }
}

fn name_of(left_out: LeftOut) -> &'static str {
    match left_out {
        LeftOut::Test => "tests",
        LeftOut::Merged => "merged",
        LeftOut::Inquiry => "inquiries",
        LeftOut::EndedEarly => "ended without a unit before the limit",
        LeftOut::Advisory => "advisory",
        LeftOut::Pending => "still within the limit when the record ends",
    }
}

impl Line {
    fn add(&mut self, fact: &Fact) {
        self.response.extend(fact.response);
        let Ok(verdict) = fact.counted else { return };
        self.n += 1;
        match verdict {
            Verdict::Met => self.met += 1,
            Verdict::Late | Verdict::Excused => self.late += 1,
            Verdict::Breaching => self.breaching += 1,
            Verdict::Missed | Verdict::Pending | Verdict::NotApplicable => self.missed += 1,
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "judged by {}, from receipt to the first arrival, in seconds", self.policy)?;
        writeln!(
            f,
            "{:<10}{:>8}{:>7}{:>7}{:>7}{:>8}{:>11}{:>8}{:>7}{:>7}{:>7}",
            "", "on time", "n", "met", "late", "missed", "breaching", "p50", "p90", "p95", "p99"
        )?;
        let found = self.reported.values().map(|line| line.n).sum::<usize>()
            < self.tiers.values().map(|line| line.n).sum();
        for (tier, line) in &self.tiers {
            write_line(f, &format!("{tier:?}"), line)?;
            if let Some(reported) = self.reported.get(tier).filter(|_| found) {
                write_line(f, "· reported", reported)?;
            }
        }
        let mut left_out: Vec<_> = self.left_out.iter().collect();
        left_out.sort_unstable();
        for (why, count) in left_out {
            writeln!(f, "left out of the rate: {count} {why}")?;
        }
        Ok(())
    }
}

fn write_line(f: &mut fmt::Formatter<'_>, name: &str, line: &Line) -> fmt::Result {
    let rate = match line.n {
        0 => "-".to_owned(),
        n => format!("{:.1} %", line.met as f64 * 100.0 / n as f64),
    };
    write!(f, "{name:<10}{rate:>8}{:>7}{:>7}{:>7}", line.n, line.met, line.late)?;
    write!(f, "{:>8}{:>11} ", line.missed, line.breaching)?;
    let figures = Percentiles::of(line.response.iter().copied());
    for value in [figures.p50_ms, figures.p90_ms, figures.p95_ms, figures.p99_ms] {
        match value {
            Some(ms) => write!(f, "{:>7}", ms / 1000)?,
            None => write!(f, "{:>7}", "-")?,
        }
    }
    writeln!(f)
}
