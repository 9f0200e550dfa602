//! What the command line, the environment and the configuration file come to.
//!
//! Four layers, the later over the earlier: defaults, the TOML file, `CAMPUS_DISPATCH_…` variables,
//! options. Nothing unknown is passed over: a key nobody reads is a setting nobody has.

mod check;
mod command;
mod file;
mod limits;
mod map;
mod passwords;
mod record;
mod tls;

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use config::{Config, ConfigError};
use serde::{Deserialize, Serialize};

pub use check::check_exposure;
pub use command::{ConfigArgs, run};
pub use limits::Limits;
pub use map::MapTiles;
pub use passwords::{Passwords, SecondFactor};
pub use record::InForce;
pub use tls::TlsFiles;

use super::{args::Common, failure::Failure};
use crate::journal::room::DEFAULT_RESERVE;

/// The environment's variables of this program begin so.
pub const ENVIRONMENT_PREFIX: &str = "CAMPUS_DISPATCH_";

/// Variables with the prefix that are no key of the configuration.
const OTHER_VARIABLES: [&str; 2] = ["CAMPUS_DISPATCH_CONFIG", "CAMPUS_DISPATCH_TOKEN"];

/// The configuration as it is in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The data directory.
    pub data: PathBuf,
    /// Where to listen.
    #[serde(deserialize_with = "address")]
    pub listen: SocketAddr,
    /// Listen beyond this machine although nothing is encrypted.
    pub insecure_http: bool,
    /// Origins, besides the server's own, whose pages may use the API and live push.
    #[serde(default)]
    pub allowed_origins: Vec<String>,
    /// Addresses and networks of proxies that are believed when they say whom they speak for.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
    /// Whether session cookies are for HTTPS only; set it behind a TLS proxy. With a certificate of
    /// the server's own they always are.
    pub secure_cookies: bool,
    /// Bytes to keep free on the disk of the data directory: with fewer, everything can be read
    /// and nothing written.
    pub disk_reserve: u64,
    /// The log filter, in the syntax of tracing's `EnvFilter`.
    pub log: String,
    /// Whether administrators, managers and auditors need a second factor: `required` or
    /// `optional`.
    pub second_factor: SecondFactor,
    /// What a password must be.
    pub passwords: Passwords,
    /// The certificate to serve with; without one everything is in the clear.
    pub tls: TlsFiles,
    /// What lies under the desk's map.
    pub map: MapTiles,
    /// Every bound that can be moved.
    pub limits: Limits,
}

/// The environment, as far as it is ours: tests bring their own.
pub type Environment = BTreeMap<String, String>;

/// The process's own variables with our prefix.
pub fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX))
        .collect()
}

impl Settings {
    /// The defaults, with a data directory.
    pub fn default_for(data: PathBuf) -> Self {
        Self {
            data,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            insecure_http: false,
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            secure_cookies: false,
            disk_reserve: DEFAULT_RESERVE,
            log: "info".to_owned(),
            second_factor: SecondFactor::Required,
            passwords: Passwords::default(),
            tls: TlsFiles::default(),
            map: MapTiles::default(),
            limits: Limits::default(),
        }
    }

    /// Lays the four layers over one another and checks what they come to. The second value lists
    /// variables that carry our prefix and mean nothing.
    ///
    /// # Errors
    /// In one line, what is wrong where, and the remedy.
    pub fn load(
        options: &Common,
        environment: &Environment,
    ) -> Result<(Self, Vec<String>), Failure> {
        let defaults = Self::default_for(default_data());
        let known = file::Keys::of(&defaults);
        let mut builder = Config::builder().add_source(Config::try_from(&defaults).map_err(bad)?);

        let named = options.config.clone();
        let file = named
            .or_else(|| environment.get("CAMPUS_DISPATCH_CONFIG").map(PathBuf::from))
            .filter(|path| !path.as_os_str().is_empty());
        if let Some(path) = &file {
            builder = builder.add_source(file::read(path, &known)?);
        }
        let mut strangers = Vec::new();
        for (name, value) in environment {
            match known.by_variable(name) {
                Some(key) if known.is_list(key) => {
                    let list: Vec<&str> =
                        value.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
                    builder = builder.set_override(key, list).map_err(bad)?;
                }
                Some(key) => {
                    builder = builder.set_override(key, value.as_str()).map_err(bad)?;
                }
                None if OTHER_VARIABLES.contains(&name.as_str()) => {}
                None => strangers.push(name.clone()),
            }
        }
        let data = options.data.as_deref().map(path_text).transpose()?;
        builder = builder.set_override_option("data", data).map_err(bad)?;
        builder = builder.set_override_option("listen", options.listen.clone()).map_err(bad)?;

        let settings: Self = builder.build().and_then(Config::try_deserialize).map_err(bad)?;
        settings.check()?;
        Ok((settings, strangers))
    }

    /// The effective configuration as a file that would say the same.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("every setting has a TOML form")
    }
}

fn bad(error: ConfigError) -> Failure {
    Failure::usage(format!("configuration: {error}"))
}

fn path_text(path: &Path) -> Result<String, Failure> {
    let text = path.to_str().ok_or_else(|| Failure::usage("--data: the path is not UTF-8"))?;
    Ok(text.to_owned())
}

/// Where data lies by the XDG rules; empty where there is no home, which the check then refuses.
fn default_data() -> PathBuf {
    use etcetera::BaseStrategy;
    etcetera::choose_base_strategy()
        .map(|strategy| strategy.data_dir().join("campus-dispatch"))
        .unwrap_or_default()
}

fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| {
        serde::de::Error::custom(format!(
            "\"{text}\" is not an IP address with a port, such as 127.0.0.1:8080"
        ))
    })
}
