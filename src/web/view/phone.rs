//! A caller's number, as far as a role may read it.

/// A number with its middle hidden: `138****0000`. Short ones are hidden whole.
pub fn masked(phone: &str) -> String {
    let characters: Vec<char> = phone.chars().collect();
    let length = characters.len();
    if length < 8 {
        return "****".to_owned();
    }
    let head: String = characters[..3].iter().collect();
    let tail: String = characters[length - 4..].iter().collect();
    format!("{head}****{tail}")
}
