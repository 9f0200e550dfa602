//! The four layers of the configuration, and what each refuses.

use std::{fs, path::PathBuf};

use campus_dispatch::{
    cli::{
        args::Common,
        config::{Environment, Settings},
        failure::{Exit, Failure},
    },
    domain::place::CoordinateSystem,
};
use tempfile::TempDir;

/// A configuration in a directory of its own.
struct Said {
    directory: TempDir,
    options: Common,
    environment: Environment,
}

impl Said {
    fn nothing() -> Self {
        Self {
            directory: TempDir::new().expect("a temporary directory"),
            options: Common::default(),
            environment: Environment::new(),
        }
    }

    fn file(text: &str) -> Self {
        let mut said = Self::nothing();
        let path = said.directory.path().join("campus-dispatch.toml");
        fs::write(&path, text).expect("a file");
        said.options.config = Some(path);
        said
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    fn means(&self) -> Result<Settings, Failure> {
        Settings::load(&self.options, &self.environment).map(|(settings, _)| settings)
    }

    fn refusal(&self) -> String {
        let failure = self.means().expect_err("a refusal");
        assert_eq!(failure.exit, Exit::Usage, "{failure}");
        assert!(!failure.message.contains('\n'), "one line: {failure}");
        failure.message
    }
}

#[test]
fn defaults_hold_where_nothing_is_said() {
    let settings = Said::nothing().means().expect("defaults");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert!(!settings.secure_cookies && !settings.insecure_http);
    assert!(settings.allowed_origins.is_empty());
    assert!(settings.data.ends_with("campus-dispatch"));
}

#[test]
fn each_layer_lies_over_the_one_before() {
    let mut said = Said::file("listen = \"127.0.0.1:1\"\nlog = \"warn\"\ndata = \"/srv/file\"\n")
        .variable("CAMPUS_DISPATCH_LISTEN", "127.0.0.1:2")
        .variable("CAMPUS_DISPATCH_DATA", "/srv/variable");
    said.options.listen = Some("127.0.0.1:3".to_owned());
    let settings = said.means().expect("good");
    assert_eq!(settings.log, "warn");
    assert_eq!(settings.data, PathBuf::from("/srv/variable"));
    assert_eq!(settings.listen.port(), 3);
}

#[test]
fn the_file_can_be_named_by_a_variable() {
    let mut said = Said::file("log = \"debug\"\n");
    let path = said.options.config.take().expect("a path");
    let said = said.variable("CAMPUS_DISPATCH_CONFIG", path.to_str().expect("UTF-8"));
    assert_eq!(said.means().expect("good").log, "debug");
}

#[test]
fn variables_reach_lists_and_limits() {
    let settings = Said::nothing()
        .variable("CAMPUS_DISPATCH_ALLOWED_ORIGINS", "https://a.example, https://b.example:8443")
        .variable("CAMPUS_DISPATCH_LIMITS_HEARTBEAT", "7s")
        .variable("CAMPUS_DISPATCH_LIMITS_RING_MAX", "99")
        .variable("CAMPUS_DISPATCH_SECURE_COOKIES", "true")
        .means()
        .expect("good");
    assert_eq!(settings.allowed_origins, ["https://a.example", "https://b.example:8443"]);
    assert_eq!(settings.limits.heartbeat.as_secs(), 7);
    assert_eq!(settings.limits.engine().ring_max, 99);
    assert!(settings.secure_cookies);
}

#[test]
fn map_tiles_are_named_with_the_system_they_are_drawn_in() {
    let settings = Said::nothing()
        .variable("CAMPUS_DISPATCH_MAP_TILES", "/tiles/{z}/{x}/{y}.png")
        .variable("CAMPUS_DISPATCH_MAP_SYSTEM", "gcj02")
        .means()
        .expect("good");
    let tiles = settings.map.for_web().expect("tiles");
    assert_eq!((tiles.origin(), tiles.system), (None, CoordinateSystem::Gcj02));
    assert_eq!(Said::nothing().means().expect("defaults").map.for_web(), None);
}

#[test]
fn a_variable_that_means_nothing_is_told() {
    let said = Said::nothing()
        .variable("CAMPUS_DISPATCH_LISTN", "127.0.0.1:2")
        .variable("CAMPUS_DISPATCH_TOKEN", "secret");
    let (_, strangers) = Settings::load(&said.options, &said.environment).expect("good");
    assert_eq!(strangers, ["CAMPUS_DISPATCH_LISTN"]);
}

#[test]
fn what_is_printed_says_the_same_when_read() {
    let printed =
        Said::file("allowed_origins = [\"https://a.example\"]\n[limits]\nheartbeat = \"9s\"\n")
            .means()
            .expect("good");
    let read = Said::file(&printed.to_toml()).means().expect("good");
    assert_eq!(read, printed);
}

#[test]
fn an_empty_file_says_nothing() {
    assert_eq!(Said::file("").means(), Said::nothing().means());
}

#[test]
fn bad_files_are_refused_with_the_remedy() {
    for (text, told) in [
        ("listn = \"127.0.0.1:1\"\n", "did you mean `listen`"),
        ("[limits]\nheartbeet = \"5s\"\n", "did you mean `limits.heartbeat`"),
        ("qqq = 1\n", "config print"),
        ("listen = 8080\n", "`listen` takes"),
        ("secure_cookies = \"yes\"\n", "`secure_cookies` takes"),
        ("listen = \"localhost\"\n", "127.0.0.1:8080"),
        ("listen = \"127.0.0.1:99999\"\n", "127.0.0.1:8080"),
        ("[limits]\nheartbeat = 5\n", "a span with its unit"),
        ("[limits]\nheartbeat = \"5\"\n", "time unit needed"),
        ("[limits]\nheartbeat = \"0s\"\n", "`limits.heartbeat` is 0"),
        ("[limits]\nbatch_max = 0\n", "`limits.batch_max` is 0"),
        ("[limits]\nbatch_max = -1\n", "limits.batch_max"),
        (
            "[limits]\nimport_rows_max = 5001\n",
            "`limits.import_rows_max` is 5001; it goes up to 5000",
        ),
        ("[limits]\nimport_unpacked_max = 104857601\n", "it goes up to 104857600"),
        ("[limits]\ndistrict_unpacked_max = 104857601\n", "it goes up to 104857600"),
        ("[limits]\nhistory_rows_max = 0\n", "`limits.history_rows_max` is 0"),
        ("[limits]\nsessions_per_account_max = 33\n", "it goes up to 32"),
        ("[limits]\nphones_percent_max = 101\n", "it goes up to 100"),
        ("[limits]\nviewers_percent_max = 0\n", "`limits.viewers_percent_max` is 0"),
        ("limits = 3\n", "`limits` takes"),
        ("allowed_origins = [\"https://a.example/\"]\n", "is not an origin"),
        ("allowed_origins = [\"desk.example\"]\n", "is not an origin"),
        ("log = \"nonsense=what\"\n", "`log`"),
        ("data = \"\"\n", "--data"),
        ("trusted_proxies = [\"proxy.example\"]\n", "no address or network"),
        ("[tls]\ncertificate = \"/a.crt\"\n", "`tls.key` belong together"),
        ("[map]\ntiles = \"https://tiles.example/{z}/{x}.png\"\n", "is no address of tiles"),
        ("[map]\ntiles = \"//tiles.example/{z}/{x}/{y}\"\n", "is no address of tiles"),
        ("[map]\ntiles = \"https://a b/{z}/{x}/{y}\"\n", "is no address of tiles"),
        ("[map]\ntiles = \"https://{z}/{x}/{y}\"\n", "is no address of tiles"),
        ("[map]\nsystem = \"bd09\"\n", "wgs84"),
        ("[tls]\nkey = \"/a.key\"\n", "`tls.key` belong together"),
        ("a = \n", "line 1: not TOML"),
        ("log = \"info\"\nlog = \"info\"\n", "line 2: not TOML"),
        ("\u{0}", "not TOML"),
    ] {
        let refusal = Said::file(text).refusal();
        assert!(refusal.contains(told), "{text:?} was told {refusal:?}, not {told:?}");
    }
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let mut said = Said::nothing();
    said.options.config = Some(said.directory.path().join("none.toml"));
    assert!(said.refusal().contains("--config"));
}

#[test]
fn snapshots_may_be_switched_off() {
    let settings = Said::file("[limits]\nsnapshot_every = 0\n").means().expect("good");
    assert_eq!(settings.limits.engine().snapshot_every, 0);
}
