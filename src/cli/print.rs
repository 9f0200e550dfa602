//! `print`: what a site needs besides the program, written for its own settings.

use std::{
    env,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};

use super::{
    args::Common,
    config::{Environment, Settings},
    failure::Failure,
    output,
};

/// Where a service keeps its data unless told otherwise.
const USUAL_DATA: &str = "/var/lib/campus-dispatch";

const EXAMPLES: &str = "\
Examples:
  campus-dispatch print systemd-unit --config /etc/campus-dispatch/dispatch.toml \\
      > /etc/systemd/system/campus-dispatch.service
  systemctl daemon-reload && systemctl enable --now campus-dispatch";

/// Prints.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct PrintArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A systemd unit that lets the server reach what it needs and nothing else
    SystemdUnit(UnitArgs),
}

#[derive(Args, Debug)]
struct UnitArgs {
    /// The account to run as; make it with `useradd --system --shell /usr/sbin/nologin NAME`
    #[arg(long, value_name = "NAME", default_value = "campus-dispatch", value_parser = account)]
    user: String,
}

fn account(text: &str) -> Result<String, String> {
    let is_name = text.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && text.len() <= 32
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
        });
    match text {
        "root" => Err("not root: the server needs no more than its own files".to_owned()),
        _ if is_name => Ok(text.to_owned()),
        _ => Err("an account's name: small letters, digits, - and _".to_owned()),
    }
}

/// Runs `print …`.
///
/// # Errors
/// When stdout cannot be written, or a path cannot stand in a unit.
pub fn run(
    args: &PrintArgs,
    settings: &Settings,
    config: Option<&Path>,
) -> Result<ExitCode, Failure> {
    let What::SystemdUnit(UnitArgs { user }) = &args.what;
    let program = env::current_exe().unwrap_or_else(|_| PathBuf::from("campus-dispatch"));
    let unnamed = Settings::load(&Common::default(), &Environment::new())?.0.data;
    // By itself it would be the home of whoever prints this.
    let data = if settings.data == unnamed { Path::new(USUAL_DATA) } else { &settings.data };
    let listen = settings.listen;
    output::print(&unit(&Service { user, program: &program, config, data, listen })?)?;
    Ok(ExitCode::SUCCESS)
}

/// A word of a unit's command line.
fn word(path: &Path) -> Result<String, Failure> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let text = absolute.to_str().filter(|text| !text.chars().any(char::is_control));
    let text = text.ok_or_else(|| {
        Failure::usage(format!("{} cannot stand in a unit; rename it", absolute.display()))
    })?;
    // A dollar and a percent sign have a meaning of their own there.
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    Ok(format!("\"{}\"", escaped.replace('$', "$$").replace('%', "%%")))
}

/// What the unit runs.
struct Service<'a> {
    user: &'a str,
    program: &'a Path,
    config: Option<&'a Path>,
    data: &'a Path,
    listen: SocketAddr,
}

fn unit(service: &Service<'_>) -> Result<String, Failure> {
    let Service { user, program, config, data, listen } = *service;
    let program = word(program)?;
    let options = match config {
        Some(config) => format!(" --config {}", word(config)?),
        None => String::new(),
    };
    let capability = if listen.port() < 1024 { "CAP_NET_BIND_SERVICE" } else { "" };
    // systemd makes what lies under /var/lib; anything else is the site's to make.
    let own = Path::new("/var/lib");
    let data_option = word(data)?;
    let data = match data.strip_prefix(own) {
        Ok(name) if name.components().count() > 0 => {
            format!("StateDirectory={}\nStateDirectoryMode=0700", name.display())
        }
        _ => format!("ReadWritePaths={data_option}"),
    };
    Ok(format!(
        "\
[Unit]
Description=campus-dispatch, incident response for schools
After=network-online.target
Wants=network-online.target
# Whoever starts it over and over without success should be looked at.
StartLimitIntervalSec=60
StartLimitBurst=10

[Service]
Type=exec
User={user}
Group={user}
ExecStart={program} serve{options} --data {data_option} --listen {listen}
# New certificate files without a restart.
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=1
# Arguments, a directory in use and a damaged journal are mended by a person, not by trying again.
RestartPreventExitStatus=2 3 4
TimeoutStopSec=20

# Its files, and nobody else's.
{data}
UMask=0077
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
RemoveIPC=yes

# No way to more than it has.
NoNewPrivileges=yes
CapabilityBoundingSet={capability}
AmbientCapabilities={capability}
RestrictSUIDSGID=yes
RestrictNamespaces=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
RestrictRealtime=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM

# The network and nothing else of the machine.
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid

# Room for every screen and phone; no memory on disk with passwords in it; among the last to go.
LimitNOFILE=65536
LimitCORE=0
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
"
    ))
}
