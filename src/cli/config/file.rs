//! The configuration file: read, and refused with the nearest key where a key is unknown.

use std::{fs, path::Path};

use config::{File, FileFormat, FileSourceString};
use toml::{Table, Value};

use super::{ENVIRONMENT_PREFIX, Settings};
use crate::cli::{failure::Failure, toml_line};

/// Every key, with a value that shows its type.
pub struct Keys {
    defaults: Table,
    paths: Vec<String>,
}

impl Keys {
    /// The keys of these settings.
    pub fn of(defaults: &Settings) -> Self {
        let defaults = Table::try_from(defaults).expect("every setting has a TOML form");
        let mut paths = Vec::new();
        collect(&defaults, "", &mut paths);
        Self { defaults, paths }
    }

    /// The key a variable stands for: `limits.ring_max` is `CAMPUS_DISPATCH_LIMITS_RING_MAX`.
    pub fn by_variable(&self, variable: &str) -> Option<&str> {
        let name = variable.strip_prefix(ENVIRONMENT_PREFIX)?;
        let is_named = |path: &&String| path.replace('.', "_").to_uppercase() == name;
        self.paths.iter().find(is_named).map(String::as_str)
    }

    /// Whether a key holds a list.
    pub fn is_list(&self, key: &str) -> bool {
        self.value(key).is_some_and(Value::is_array)
    }

    /// The keys whose value is not the one in `others`.
    pub fn other_than(&self, others: &Self) -> Vec<String> {
        self.paths.iter().filter(|key| self.value(key) != others.value(key)).cloned().collect()
    }

    fn value(&self, key: &str) -> Option<&Value> {
        let mut parts = key.split('.');
        let first = self.defaults.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    }

    /// The known key most like an unknown one, where one is like it.
    fn nearest(&self, key: &str) -> Option<&str> {
        let likeness = |path: &String| strsim::jaro_winkler(path, key);
        let best = self.paths.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(best) > 0.75).then_some(best.as_str())
    }

    fn check(&self, table: &Table, before: &str) -> Result<(), String> {
        for (name, value) in table {
            let key = join(before, name);
            match (self.value(&key), value) {
                (None, _) => {
                    let hint = match self.nearest(&key) {
                        Some(nearest) => format!("did you mean `{nearest}`?"),
                        None => "see `campus-dispatch config print` for every key".to_owned(),
                    };
                    return Err(format!("unknown key `{key}`; {hint}"));
                }
                (Some(Value::Table(_)), Value::Table(inner)) => self.check(inner, &key)?,
                (Some(known), given) => check_type(&key, known, given)?,
            }
        }
        Ok(())
    }
}

fn check_type(key: &str, known: &Value, given: &Value) -> Result<(), String> {
    let is_span = |value: &Value| value.as_str().map(humantime::parse_duration);
    if let (Some(Ok(_)), Some(Err(error))) = (is_span(known), is_span(given)) {
        return Err(format!("`{key}`: {error}"));
    }
    if known.same_type(given) {
        return Ok(());
    }
    let wanted = match is_span(known) {
        Some(Ok(_)) => format!("a span with its unit, such as {known}"),
        _ => format!("a value of type {}, such as {known}", known.type_str()),
    };
    Err(format!("`{key}` takes {wanted}, not {given}"))
}

fn collect(table: &Table, before: &str, paths: &mut Vec<String>) {
    for (name, value) in table {
        let path = join(before, name);
        match value {
            Value::Table(inner) => collect(inner, &path, paths),
            _ => paths.push(path),
        }
    }
}

fn join(before: &str, name: &str) -> String {
    if before.is_empty() { name.to_owned() } else { format!("{before}.{name}") }
}

/// Reads a configuration file as a layer.
///
/// # Errors
/// When it cannot be read, is not TOML, or says something nobody reads.
pub fn read(path: &Path, known: &Keys) -> Result<File<FileSourceString, FileFormat>, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::usage(format!("cannot read the configuration {shown}: {error}; see --config"))
    })?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = toml_line::of(&text, &error).unwrap_or(1);
        Failure::usage(format!("{shown}, line {line}: not TOML: {}", error.message()))
    })?;
    known.check(&table, "").map_err(|what| Failure::usage(format!("{shown}: {what}")))?;
    Ok(File::from_str(&text, FileFormat::Toml))
}
