//! The life of one alert, from the report to the closing: ten commands, ten records.

use campus_dispatch::{
    domain::{
        Command,
        classification::{Disposition, FeedbackKind, Validity},
        command::Outcome,
        decide::{
            close::CloseAlert,
            dispatch::{DispatchUnits, Send},
            feedback::FileFeedback,
            resolve::ResolveAlert,
            step::TakeStep,
        },
        id::{AlertId, AssignmentId},
    },
    engine::{Submission, core::Decided},
};

use crate::invented::{by_operator, raise, unit};

/// A life, command by command.
pub struct Life {
    number: u32,
    step: u32,
    alert: AlertId,
    assignment: AssignmentId,
}

impl Life {
    /// The life of that number: it says which unit is sent.
    pub fn new(number: u32) -> Self {
        Self { number, step: 0, alert: AlertId(0), assignment: AssignmentId(0) }
    }

    /// The next command, until the alert is closed.
    pub fn next(&mut self) -> Option<Submission> {
        let Self { alert, assignment, .. } = *self;
        let take = TakeStep { assignment, pressed_at: None };
        self.step += 1;
        Some(by_operator(match self.step {
            1 => return Some(raise()),
            2 => {
                let send = Send { unit: unit(self.number), echelon: None };
                let units = vec![send];
                Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking: false })
            }
            3 => Command::DeliverAssignment(take),
            4 => Command::AcknowledgeAssignment(take),
            5 => Command::GoEnRoute(take),
            6 => Command::ArriveOnScene(take),
            7 => Command::FileFeedback(FileFeedback {
                alert,
                assignment: Some(assignment),
                kind: FeedbackKind::Progress,
                text: "示例：已到现场，正在处置".to_owned(),
                pressed_at: None,
            }),
            8 => Command::ClearAssignment(take),
            9 => Command::ResolveAlert(ResolveAlert {
                alert,
                disposition: Disposition::HandledOnScene,
                result: "示例：已劝离".to_owned(),
            }),
            10 => Command::CloseAlert(CloseAlert {
                alert,
                disposition: None,
                result: None,
                no_arrival_reason: None,
                police_count: 2,
                injured_count: 0,
                validity: Validity::Valid,
            }),
            _ => return None,
        }))
    }

    /// Takes in what the last command came to.
    pub fn came_to(&mut self, outcome: &Outcome) {
        self.alert = outcome.alert.unwrap_or(self.alert);
        self.assignment = outcome.assignments.first().copied().unwrap_or(self.assignment);
    }
}

/// Lives the `n`-th life, handing each submission to `step`.
#[allow(dead_code, reason = "not every bench lives one at a time")]
pub fn live(n: u32, step: &mut impl FnMut(Submission) -> Decided) {
    let mut life = Life::new(n);
    while let Some(submission) = life.next() {
        life.came_to(&step(submission).outcome);
    }
}
