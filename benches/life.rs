//! The life of one alert, from the report to the closing: ten commands, ten records.

use campus_dispatch::{
    domain::{
        Command,
        classification::{Disposition, FeedbackKind, Validity},
        decide::{
            close::CloseAlert,
            dispatch::{DispatchUnits, Send},
            feedback::FileFeedback,
            resolve::ResolveAlert,
            step::TakeStep,
        },
    },
    engine::{Submission, core::Decided},
};

use crate::invented::{by_operator, raise, unit};

/// Lives the `n`-th life, handing each submission to `step`.
pub fn live(n: u32, step: &mut impl FnMut(Submission) -> Decided) {
    let alert = step(raise()).outcome.alert.expect("raised");
    let send = Send { unit: unit(n), echelon: None };
    let dispatch = DispatchUnits { alert, units: vec![send], confirm_stacking: false };
    let sent = step(by_operator(Command::DispatchUnits(dispatch)));
    let assignment = sent.outcome.assignments[0];
    let take = || TakeStep { assignment, pressed_at: None };
    let feedback = FileFeedback {
        alert,
        assignment: Some(assignment),
        kind: FeedbackKind::Progress,
        text: "示例：已到现场，正在处置".to_owned(),
        pressed_at: None,
    };
    let (disposition, result) = (Disposition::HandledOnScene, "示例：已劝离".to_owned());
    let close = CloseAlert {
        alert,
        disposition: None,
        result: None,
        no_arrival_reason: None,
        police_count: 2,
        injured_count: 0,
        validity: Validity::Valid,
    };
    for command in [
        Command::DeliverAssignment(take()),
        Command::AcknowledgeAssignment(take()),
        Command::GoEnRoute(take()),
        Command::ArriveOnScene(take()),
        Command::FileFeedback(feedback),
        Command::ClearAssignment(take()),
        Command::ResolveAlert(ResolveAlert { alert, disposition, result }),
        Command::CloseAlert(close),
    ] {
        step(by_operator(command));
    }
}
