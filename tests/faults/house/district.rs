//! The invented district (示例) and its accounts, set up once by the command line and copied.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use campus_dispatch::{
    domain::{Record, Within},
    engine::{core::Core, past::Past},
    journal::{
        Journal, JournalReader,
        sqlite::{SqliteJournal, SqliteReader},
    },
};
use tempfile::TempDir;
use tokio::{fs, sync::OnceCell};

use super::{binary, directory};
use crate::{history::Account, invented, life};

/// The load of the table: so many of each.
pub const OPERATORS: usize = 8;
pub const PHONES: usize = 40;
pub const BOARDS: usize = 20;
pub const GATEWAYS: usize = 2;
const SCHOOLS: usize = 12;

/// Records of a long past.
const PAST: u64 = 100_000;
/// Its alerts have long left the boards.
const A_MONTH_AGO: Within = Within::from_seconds(-30 * 24 * 3600);
/// Records written to it at once.
const BATCH: usize = 10_000;

/// Everybody who has an account.
#[derive(Debug, Default)]
pub struct Roster {
    pub operators: Vec<Account>,
    /// Each with its unit.
    pub phones: Vec<(Account, String)>,
    pub boards: Vec<Account>,
    pub gateways: Vec<Account>,
    pub admin: Account,
}

impl Roster {
    /// The operator or phone of that name.
    pub fn named(&self, name: &str) -> Account {
        let everybody = self.operators.iter().chain(self.phones.iter().map(|(phone, _)| phone));
        everybody.clone().find(|it| &*it.name == name).cloned().unwrap_or_default()
    }
}

/// A data directory to copy from.
pub struct Template {
    pub data: PathBuf,
    pub roster: Arc<Roster>,
    _root: TempDir,
}

static SMALL: OnceCell<Template> = OnceCell::const_new();
static WITH_A_PAST: OnceCell<Template> = OnceCell::const_new();

impl Template {
    /// The district just set up.
    pub async fn small() -> anyhow::Result<&'static Self> {
        SMALL.get_or_try_init(set_up).await
    }

    /// The same district after ten thousand alerts, without a snapshot: the slowest start.
    pub async fn with_a_past() -> anyhow::Result<&'static Self> {
        WITH_A_PAST.get_or_try_init(live_on).await
    }
}

/// A school of the district.
pub fn school(number: usize) -> String {
    format!("S{:02}", number % SCHOOLS)
}

async fn set_up() -> anyhow::Result<Template> {
    let root = directory()?;
    let data = root.path().join("data");
    for (noun, csv) in [("stations", stations()), ("schools", schools()), ("units", units())] {
        let file = root.path().join(format!("{noun}.csv"));
        fs::write(&file, csv).await?;
        binary::run(&data, &["import", noun, &file.to_string_lossy()]).await?;
    }
    let add = async |name: String, role: &str, more: &[&str]| {
        let mut arguments = vec!["account", "add", &name, "--role", role, "--token"];
        arguments.extend(more);
        let token = binary::run(&data, &arguments).await?;
        anyhow::Ok(Account { name: name.as_str().into(), token: token.trim().into() })
    };
    let mut roster =
        Roster { admin: add("admin".to_owned(), "admin", &[]).await?, ..Roster::default() };
    for n in 0..OPERATORS {
        roster.operators.push(add(format!("desk-{n}"), "operator", &[]).await?);
    }
    for n in 0..PHONES {
        let unit = unit(n);
        let phone = add(format!("phone-{n}"), "unit", &["--unit", &unit]).await?;
        roster.phones.push((phone, unit));
    }
    for n in 0..BOARDS {
        roster.boards.push(add(format!("wall-{n}"), "screen", &[]).await?);
    }
    for n in 0..GATEWAYS {
        roster.gateways.push(add(format!("keys-{n}"), "gateway", &[]).await?);
    }
    Ok(Template { data, roster: Arc::new(roster), _root: root })
}

fn unit(number: usize) -> String {
    format!("P{number:02}")
}

fn stations() -> String {
    "id,name\nD1,示例派出所一\nD2,示例派出所二\n".to_owned()
}

fn schools() -> String {
    let row = |n: usize| {
        let zone = ["A", "B", "C"][n % 3];
        format!("{},示例学校{n},primary,{zone},100.{n:02},38.2,GCJ-02,D{}\n", school(n), n % 2 + 1)
    };
    let head = "id,name,kind,zone,longitude,latitude,coordinate_system,station\n".to_owned();
    head + &(0..SCHOOLS).map(row).collect::<String>()
}

fn units() -> String {
    let row = |n| format!("{},示例巡逻{n},patrol,D{}\n", unit(n), n % 2 + 1);
    "id,name,kind,station\n".to_owned() + &(0..PHONES).map(row).collect::<String>()
}

async fn live_on() -> anyhow::Result<Template> {
    let small = Template::small().await?;
    let root = directory()?;
    let data = root.path().join("data");
    let (from, to) = (small.data.clone(), data.clone());
    tokio::task::spawn_blocking(move || write_past(&from, &to)).await??;
    Ok(Template { data, roster: small.roster.clone(), _root: root })
}

/// Ten thousand alerts from report to closing, by the rules themselves and a month ago; then the
/// small district's own records.
fn write_past(small: &Path, data: &Path) -> anyhow::Result<()> {
    let mut journal = SqliteJournal::open(data)?;
    let mut core = Core::new(Past::default());
    let mut batch: Vec<Record> = Vec::new();
    let mut later = Vec::new();
    SqliteReader::open(small)?.read_after(0, &mut |record| later.push(record))?;
    let at = later.first().context("a district")?.at + A_MONTH_AGO;
    for submission in invented::setting_up() {
        batch.extend(core.step(&submission, at).context("set up")?.records);
    }
    let mut number = 0;
    while core.state().seq < PAST {
        life::live(number, &mut |submission| {
            let mut decided = core.step(&submission, at).expect("a life the rules allow");
            batch.append(&mut decided.records);
            decided
        });
        number += 1;
        if batch.len() >= BATCH {
            journal.append(&batch)?;
            batch.clear();
        }
    }
    let after = core.state().seq;
    batch.extend(later.into_iter().map(|record| Record { seq: record.seq + after, ..record }));
    journal.append(&batch)?;
    Ok(())
}
