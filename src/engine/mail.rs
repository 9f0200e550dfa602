//! What comes to the writer, and the answers it owes.

use std::sync::Arc;

use tokio::sync::oneshot;

use crate::{
    domain::command::Outcome,
    engine::{Picture, Submission, SubmitError},
};

/// One thing in the mailbox.
pub enum Mail {
    Command(Box<Submission>, Owed<Outcome>),
    Picture(Owed<Arc<Picture>>),
    /// Look around: the clock was moved, or it is time to stop.
    Wake,
}

/// An answer somebody waits for. It is never forgotten: dropped before its command was taken up, it
/// tells that nothing was done; dropped later, that the outcome is unknown.
pub struct Owed<T> {
    waiting: Option<oneshot::Sender<Result<T, SubmitError>>>,
    taken_up: bool,
}

/// Where the answer arrives.
pub type Awaited<T> = oneshot::Receiver<Result<T, SubmitError>>;

impl<T> Owed<T> {
    pub fn new() -> (Self, Awaited<T>) {
        let (sender, receiver) = oneshot::channel();
        (Self { waiting: Some(sender), taken_up: false }, receiver)
    }

    /// From here on the command may count.
    pub fn take_up(&mut self) {
        self.taken_up = true;
    }

    /// Answers. Whoever went away meanwhile does not matter: the command counts all the same.
    pub fn answer(mut self, answer: Result<T, SubmitError>) {
        if let Some(waiting) = self.waiting.take() {
            let _ = waiting.send(answer);
        }
    }
}

impl<T> Drop for Owed<T> {
    fn drop(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            let unanswered =
                if self.taken_up { SubmitError::OutcomeUnknown } else { SubmitError::Stopped };
            let _ = waiting.send(Err(unanswered));
        }
    }
}
