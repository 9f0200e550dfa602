//! Builds the web interface into `static/dist` for embedding, when its inputs changed.
//!
//! `CAMPUS_UI` chooses how: unset builds with Node, `skip` embeds a placeholder (Rust-only work),
//! `prebuilt` takes `static/dist` as it is (machines without Node).

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use sha2::{Digest, Sha256};

const NODE_LEAST: (u32, u32) = (20, 19);
/// Everything in `static/` that the built interface depends on.
const INPUTS: [&str; 10] = [
    ".npmrc",
    "index.html",
    "package-lock.json",
    "package.json",
    "phone.ts",
    "public",
    "src",
    "tsconfig.json",
    "unit.html",
    "vite.config.ts",
];
const PLACEHOLDER: &str = "<!doctype html><meta charset=\"utf-8\"><title>campus-dispatch</title>\
    <p>Built without the web interface (CAMPUS_UI=skip).</p>\n";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nThe web interface was not built: {reason}\n");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CAMPUS_UI");
    let ui = Ui::at(Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("static"));
    for input in INPUTS {
        println!("cargo:rerun-if-changed=static/{input}");
    }
    // A deleted build is made anew.
    println!("cargo:rerun-if-changed=static/dist/index.html");

    let inputs = ui.inputs_digest().map_err(|error| format!("cannot read static/: {error}"))?;
    println!("cargo:rustc-env=CAMPUS_BUILD={}", build_id(&inputs));
    match env::var("CAMPUS_UI").as_deref() {
        Ok("skip") => ui.place_placeholder(),
        Ok("prebuilt") => ui.require_prebuilt(),
        Ok("") | Err(_) => ui.build(&inputs),
        Ok(other) => {
            Err(format!("CAMPUS_UI is `{other}`, but can only be `skip`, `prebuilt` or unset."))
        }
    }
}

/// What the server tells its pages, so that they reload after an upgrade.
fn build_id(inputs: &str) -> String {
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    digest([inputs.as_bytes(), version.as_bytes()])[..12].to_owned()
}

struct Ui {
    root: PathBuf,
    dist: PathBuf,
    modules: PathBuf,
    /// What was installed and built last; goes with the modules it was made by.
    stamps: PathBuf,
}

impl Ui {
    fn at(root: PathBuf) -> Self {
        let modules = root.join("node_modules");
        Self { dist: root.join("dist"), stamps: modules.join(".campus-dispatch"), modules, root }
    }

    /// One digest over the names and contents of every input, in order of name.
    fn inputs_digest(&self) -> io::Result<String> {
        let mut files = Vec::new();
        for input in INPUTS {
            collect_files(&self.root.join(input), &mut files)?;
        }
        files.sort();
        let mut hasher = Sha256::new();
        for file in files {
            let name = file.strip_prefix(&self.root).unwrap_or(&file);
            let content = fs::read(&file)?;
            hasher.update(name.to_string_lossy().replace('\\', "/"));
            hasher.update([0]);
            hasher.update((content.len() as u64).to_be_bytes());
            hasher.update(content);
        }
        Ok(hex::encode(hasher.finalize()))
    }

    fn place_placeholder(&self) -> Result<(), String> {
        let _alone = self.lock()?;
        if self.dist.join("index.html").exists() {
            return Ok(());
        }
        fs::create_dir_all(&self.dist)
            .and_then(|()| fs::write(self.dist.join("index.html"), PLACEHOLDER))
            .and_then(|()| self.backdate_index())
            .map_err(|error| format!("cannot write static/dist: {error}"))
    }

    fn require_prebuilt(&self) -> Result<(), String> {
        let index = fs::read_to_string(self.dist.join("index.html")).unwrap_or_default();
        if index.is_empty() || index == PLACEHOLDER {
            return Err("CAMPUS_UI=prebuilt, but static/dist holds no built interface. Copy the \
                static/dist of another machine here, or build it with Node (see README)."
                .to_owned());
        }
        Ok(())
    }

    fn build(&self, inputs: &str) -> Result<(), String> {
        let _alone = self.lock()?;
        if self.is_built(inputs) {
            return Ok(());
        }
        check_node()?;
        self.install()?;
        // Built beside and moved in place, so that nobody embeds half a build.
        let next = self.stamps.join("dist");
        let out = format!("--outDir={}", next.display());
        self.npm(&["run", "build", "--", &out, "--emptyOutDir"])?;
        let old = self.stamps.join("dist.old");
        self.replace_dist(&next, &old)
            .map_err(|error| format!("cannot write static/dist: {error}"))?;
        self.write_stamp("built", &self.built_stamp(inputs))
    }

    /// Installs what the lock file names, unless that is what is there.
    fn install(&self) -> Result<(), String> {
        let lock = fs::read(self.root.join("package-lock.json"))
            .map_err(|error| format!("cannot read static/package-lock.json: {error}"))?;
        let wanted = digest([&lock[..]]);
        if self.stamp("installed") != wanted {
            let quiet = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
            self.npm(&quiet)?;
            self.write_stamp("installed", &wanted)?;
        }
        Ok(())
    }

    fn replace_dist(&self, next: &Path, old: &Path) -> io::Result<()> {
        remove_dir(old)?;
        if self.dist.exists() {
            fs::rename(&self.dist, old)?;
        }
        fs::rename(next, &self.dist)?;
        remove_dir(old)?;
        self.backdate_index()
    }

    fn backdate_index(&self) -> io::Result<()> {
        // Cargo compares this file with the start of this very run: written in it, it would look
        // changed after it, and the next build would do everything again for nothing.
        let index = File::options().write(true).open(self.dist.join("index.html"))?;
        index.set_modified(fs::metadata(self.root.join("package.json"))?.modified()?)
    }

    fn is_built(&self, inputs: &str) -> bool {
        self.dist.join("index.html").exists() && self.stamp("built") == self.built_stamp(inputs)
    }

    /// The index names every other file by its hash: a build by hand in between is noticed.
    fn built_stamp(&self, inputs: &str) -> String {
        let index = fs::read(self.dist.join("index.html")).unwrap_or_default();
        format!("{inputs} {}", digest([&index[..]]))
    }

    fn stamp(&self, name: &str) -> String {
        fs::read_to_string(self.stamps.join(name)).unwrap_or_default()
    }

    fn write_stamp(&self, name: &str, stamp: &str) -> Result<(), String> {
        fs::create_dir_all(&self.stamps)
            .and_then(|()| fs::write(self.stamps.join(name), stamp))
            .map_err(|error| format!("cannot write {}: {error}", self.modules.display()))
    }

    /// Two cargo processes may come at once; the second waits and finds the work done.
    fn lock(&self) -> Result<File, String> {
        let path = self.root.join(".build.lock");
        let file = File::create(&path).and_then(|file| file.lock().map(|()| file));
        file.map_err(|error| format!("cannot lock {}: {error}", path.display()))
    }

    fn npm(&self, arguments: &[&str]) -> Result<(), String> {
        let said = format!("npm {}", arguments.join(" "));
        let output = command("npm")
            .args(arguments)
            .current_dir(&self.root)
            .output()
            .map_err(|error| format!("`{said}` did not start: {error}. {}", remedy()))?;
        if output.status.success() {
            return Ok(());
        }
        let told = [output.stdout, output.stderr].concat();
        Err(format!("`{said}` failed in static/:\n{}", String::from_utf8_lossy(&told).trim()))
    }
}

fn check_node() -> Result<(), String> {
    let output = match command("node").arg("--version").output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(format!("Node was not found. {}", remedy()));
        }
        Err(error) => return Err(format!("`node --version` did not start: {error}. {}", remedy())),
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let mut numbers =
        version.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= NODE_LEAST => Ok(()),
        _ => Err(format!("Node {version} is too old. {}", remedy())),
    }
}

fn remedy() -> String {
    let (major, minor) = NODE_LEAST;
    format!(
        "Install Node {major}.{minor} or newer with npm (https://nodejs.org, or your \
        distribution's package), or set CAMPUS_UI=skip to build without the web interface, or \
        CAMPUS_UI=prebuilt to embed an existing static/dist."
    )
}

/// A program of Node's; on Windows npm is a script.
fn command(program: &str) -> Command {
    let is_script = cfg!(windows) && program != "node";
    Command::new(if is_script { format!("{program}.cmd") } else { program.to_owned() })
}

fn collect_files(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        let is_hidden =
            entry.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with('.'));
        if !is_hidden {
            collect_files(&entry, files)?;
        }
    }
    Ok(())
}

fn remove_dir(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hex::encode(hasher.finalize())
}
