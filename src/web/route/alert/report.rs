//! What is told of an alert: remarks, and feedback from the scene.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command, Timestamp,
        classification::FeedbackKind,
        decide::{feedback::FileFeedback, note::NoteAlert},
        id::AssignmentId,
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view::{self, code},
    },
};

/// A remark.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    text: String,
}

/// A report from the scene.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    #[schema(value_type = code::FeedbackKind)]
    kind: FeedbackKind,
    text: String,
    /// The unit's own; an operator may leave it out.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pressed_at: Option<Timestamp>,
}

/// Adds a remark.
#[utoipa::path(
    post, path = "/alerts/{id}/note", tag = "alerts", params(("id" = u32, Path)),
    request_body = Note, responses((status = 200, body = view::Outcome))
)]
pub async fn note(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Note { text }): Body<Note>,
) -> Answer {
    counter.submit(Command::NoteAlert(NoteAlert { alert, text })).await
}

/// Files feedback.
#[utoipa::path(
    post, path = "/alerts/{id}/feedback", tag = "alerts", params(("id" = u32, Path)),
    request_body = Feedback, responses((status = 200, body = view::Outcome))
)]
pub async fn feedback(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Feedback { kind, text, assignment, pressed_at }): Body<Feedback>,
) -> Answer {
    let command = FileFeedback { alert, assignment, kind, text, pressed_at };
    counter.submit(Command::FileFeedback(command)).await
}
