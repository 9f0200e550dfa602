//! Numbers and names, as far as a role may read them.

use serde::{Deserialize, Deserializer, de::Error};

/// What stands for what is hidden.
const HIDDEN: &str = "**";

/// A number with its middle hidden: `138****0000`. Short ones are hidden whole.
pub fn phone(phone: &str) -> String {
    let characters: Vec<char> = phone.chars().collect();
    let length = characters.len();
    match length {
        0 => String::new(),
        1..8 => HIDDEN.repeat(2),
        _ => {
            let head: String = characters[..3].iter().collect();
            let tail: String = characters[length - 4..].iter().collect();
            format!("{head}{HIDDEN}{HIDDEN}{tail}")
        }
    }
}

/// A name of which only the beginning is shown: `示**`.
pub fn name(name: &str) -> String {
    name.chars().take(1).chain(HIDDEN.chars()).collect()
}

/// Takes no masked text back: saving what a list shows would lose what it hides.
///
/// # Errors
/// When something in it is hidden.
pub fn refuse<'de, D: Deserializer<'de>>(said: D) -> Result<String, D::Error> {
    let text = String::deserialize(said)?;
    if text.contains(HIDDEN) {
        return Err(D::Error::custom("is masked; open this one to read it whole, and send that"));
    }
    Ok(text)
}
