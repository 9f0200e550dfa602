//! `account`: who may log in, on a stopped data directory.

use std::{
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

use clap::{Args, Subcommand, ValueEnum};

use super::{
    config::Settings,
    data_directory::{self, Draft},
    failure::Failure,
    output, progress,
};
use crate::{
    domain::{
        Channel, Command, Rejection, Role, State,
        account::{Account, Credential},
        decide::{
            account::{AddAccount, DisableAccount, EnableAccount},
            credential::{ChangeCredential, ResetFactor},
        },
    },
    web::{access::password::Unfit, secret},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch account add wang --role operator            asks for the password twice
  campus-dispatch account add phone-7 --role unit --unit P07
  campus-dispatch account add one-key --role gateway --token  prints a bearer token, once
  campus-dispatch account list
  campus-dispatch account disable wang
  campus-dispatch account password wang               sets a new password; a second factor is
                                                      enrolled anew at the next login
  campus-dispatch account reset-factor wang           the phone with the codes is lost

The server must be stopped. While it runs, administrators manage accounts over the API.";

/// Manages accounts.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct AccountArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add an account
    Add(AddArgs),
    /// List accounts
    List,
    /// Disable an account and end its sessions
    Disable {
        /// The login name
        name: String,
    },
    /// Let a disabled account log in again
    Enable {
        /// The login name
        name: String,
    },
    /// Set a new password and end the account's sessions
    Password {
        /// The login name
        name: String,
        /// Read the password from stdin instead of asking for it
        #[arg(long)]
        password_stdin: bool,
    },
    /// Remove a second factor, so that another is enrolled at the next login
    ResetFactor {
        /// The login name
        name: String,
    },
}

#[derive(Args, Debug)]
struct AddArgs {
    /// The login name: letters, digits, -, _ and . of any script
    name: String,
    /// What the account may do
    #[arg(long)]
    role: GivenRole,
    /// The unit whose phone it is; needed for the role unit
    #[arg(long, value_name = "ID", required_if_eq("role", "unit"))]
    unit: Option<String>,
    /// The station it is limited to, for the roles screen and gateway: whose alerts a wall shows, and
    /// at whose schools a gateway raises them
    #[arg(long, value_name = "ID")]
    station: Option<String>,
    /// Read the password from stdin instead of asking for it
    #[arg(long, conflicts_with = "token")]
    password_stdin: bool,
    /// Give it a bearer token instead of a password, and print the token once
    #[arg(long)]
    token: bool,
}

/// The roles an account can have.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum GivenRole {
    Operator,
    Supervisor,
    Unit,
    Manager,
    Auditor,
    Admin,
    Screen,
    Gateway,
}

impl From<GivenRole> for Role {
    fn from(role: GivenRole) -> Self {
        match role {
            GivenRole::Operator => Self::Operator,
            GivenRole::Supervisor => Self::Supervisor,
            GivenRole::Unit => Self::Unit,
            GivenRole::Manager => Self::Manager,
            GivenRole::Auditor => Self::Auditor,
            GivenRole::Admin => Self::Admin,
            GivenRole::Screen => Self::Screen,
            GivenRole::Gateway => Self::Gateway,
        }
    }
}

/// Runs `account …`.
///
/// # Errors
/// When the directory is in use, or the rules refuse.
pub fn run(args: &AccountArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    match &args.what {
        What::List => {
            let state = data_directory::read_state(&settings.data, &mut progress::reading())?;
            output::print(&list(&state))?;
        }
        What::Add(add) => {
            let (credential, token) = credential(add, settings)?;
            let account = Account {
                name: add.name.as_str().into(),
                role: add.role.into(),
                unit: add.unit.as_deref().map(Into::into),
                station: add.station.as_deref().map(Into::into),
                credential,
                disabled: false,
            };
            change(&settings.data, &Command::AddAccount(AddAccount { account }), &add.name)?;
            match token {
                // The token alone on stdout, so that a script can keep it.
                Some(token) => output::print(&format!("{token}\n"))?,
                None => eprintln!("campus-dispatch: added {}", add.name),
            }
        }
        What::Disable { name } => {
            let account = name.as_str().into();
            change(&settings.data, &Command::DisableAccount(DisableAccount { account }), name)?;
            eprintln!("campus-dispatch: {name} is disabled");
        }
        What::Enable { name } => {
            let account = name.as_str().into();
            change(&settings.data, &Command::EnableAccount(EnableAccount { account }), name)?;
            eprintln!("campus-dispatch: {name} may log in again");
        }
        What::Password { name, password_stdin } => {
            let credential = password(name, *password_stdin, settings)?;
            let (account, sealed, kept) = (name.as_str().into(), None, None);
            let command = ChangeCredential { account, credential, sealed, kept };
            change(&settings.data, &Command::ChangeCredential(command), name)?;
            eprintln!("campus-dispatch: {name} has a new password");
        }
        What::ResetFactor { name } => {
            let account = name.as_str().into();
            change(&settings.data, &Command::ResetFactor(ResetFactor { account }), name)?;
            eprintln!("campus-dispatch: {name} enrols a second factor at the next login");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn change(data: &Path, command: &Command, name: &str) -> Result<(), Failure> {
    let (mut journal, state) = data_directory::take(data, &mut progress::reading())?;
    let mut draft = Draft::on(state, Channel::Console);
    draft.propose(command).map_err(|rejection| Failure::new(explain(rejection, name)))?;
    draft.write(&mut journal)
}

fn explain(rejection: Rejection, name: &str) -> String {
    match rejection {
        Rejection::IdInvalid => {
            format!("\"{name}\" is no login name: 1 to 64 letters, digits, -, _ or . are")
        }
        Rejection::AccountNameTaken => format!("the name {name} is taken; choose another"),
        Rejection::AccountUnknown => {
            format!("there is no account {name}; see `campus-dispatch account list`")
        }
        Rejection::AccountIsLastAdmin => {
            format!("{name} is the last administrator; add another one first")
        }
        Rejection::CredentialOfOtherKind => {
            format!("{name} logs in with a token, not with a password")
        }
        Rejection::AccountNeedsUnit => "the role unit needs --unit".to_owned(),
        Rejection::StationNotForRole => {
            "only the roles screen and gateway take --station; leave it out".to_owned()
        }
        Rejection::UnitUnknown => "there is no such unit; import the units first".to_owned(),
        Rejection::StationUnknown => {
            "there is no such station; import the stations first".to_owned()
        }
        other => format!("refused: {}", other.code()),
    }
}

fn credential(add: &AddArgs, settings: &Settings) -> Result<(Credential, Option<String>), Failure> {
    if add.token {
        let token = secret::new_token();
        return Ok((Credential::Token { sha256: secret::digest(&token) }, Some(token)));
    }
    Ok((password(&add.name, add.password_stdin, settings)?, None))
}

fn password(name: &str, from_stdin: bool, settings: &Settings) -> Result<Credential, Failure> {
    let password = if from_stdin { password_from_stdin()? } else { ask_for_password()? };
    let checked = settings.passwords.rules().check(&settings.limits.web(), name, &password);
    checked.map_err(|unfit| Failure::usage(say(unfit)))?;
    let phc = secret::hash_password(&password).map_err(Failure::new)?;
    Ok(Credential::Password { phc })
}

fn say(unfit: Unfit) -> String {
    match unfit {
        Unfit::Length { min, max } => format!("a password has {min} to {max} characters"),
        Unfit::Kinds { min } => format!(
            "a password has at least {min} kinds of characters: small and capital letters, digits, \
             others"
        ),
        Unfit::Guessable => {
            "this password is easy to guess; choose a longer, less common one".to_owned()
        }
    }
}

fn password_from_stdin() -> Result<String, Failure> {
    let mut password = String::new();
    let bound = 64 * 1024;
    io::stdin()
        .take(bound)
        .read_to_string(&mut password)
        .map_err(|error| Failure::new(format!("cannot read the password from stdin: {error}")))?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn ask_for_password() -> Result<String, Failure> {
    let ask = |prompt| {
        rpassword::prompt_password(prompt).map_err(|error| {
            Failure::usage(format!(
                "no terminal to ask for the password ({error}); use --password-stdin or --token"
            ))
        })
    };
    let first = ask("Password: ")?;
    if first != ask("Once more: ")? {
        return Err(Failure::usage("the two passwords differ"));
    }
    Ok(first)
}

fn list(state: &State) -> String {
    let mut text = String::new();
    for account in state.accounts.values() {
        let role = serde_json::to_value(account.role).unwrap_or_default();
        let login = match account.credential {
            Credential::Password { .. } => "password",
            Credential::Token { .. } => "token",
        };
        let mut line = format!("{}\t{}\t{login}", account.name, role.as_str().unwrap_or_default());
        if let Some(unit) = &account.unit {
            line += &format!("\tunit {unit}");
        }
        if let Some(station) = &account.station {
            line += &format!("\tstation {station}");
        }
        if account.disabled {
            line += "\tdisabled";
        }
        text += &line;
        text.push('\n');
    }
    text
}
