//! File systems of one's own: a disk in a file, and a small one in memory.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};
use tempfile::TempDir;

use super::privilege::{NotPermitted, need_program, need_root};

/// Something mounted; unmounted with the value.
#[derive(Debug)]
pub struct Mount {
    pub at: PathBuf,
}

impl Mount {
    /// Mounts a disk image.
    ///
    /// # Errors
    /// [`NotPermitted`] where mounting is.
    pub fn image(image: &Path, at: &Path) -> anyhow::Result<Self> {
        Self::of(&["-o", "loop", &image.to_string_lossy()], at)
    }

    /// Mounts a small disk in memory.
    ///
    /// # Errors
    /// [`NotPermitted`] where mounting is.
    pub fn memory(mebibytes: u32, at: &Path) -> anyhow::Result<Self> {
        let size = format!("size={mebibytes}m");
        Self::of(&["-t", "tmpfs", "-o", &size, "faults"], at)
    }

    /// Shows a directory at a second place, where it can only be read.
    ///
    /// # Errors
    /// [`NotPermitted`] where mounting is.
    pub fn read_only(directory: &Path, at: &Path) -> anyhow::Result<Self> {
        let mount = Self::of(&["--bind", &directory.to_string_lossy()], at)?;
        tool("mount", &["-o", "remount,ro,bind", &at.to_string_lossy()])?;
        Ok(mount)
    }

    fn of(arguments: &[&str], at: &Path) -> anyhow::Result<Self> {
        need_root("mounting a file system")?;
        fs::create_dir_all(at)?;
        let mut all = arguments.to_vec();
        let place = at.to_string_lossy();
        all.push(&place);
        tool("mount", &all).map_err(|error| NotPermitted(format!("{error:#}")))?;
        Ok(Self { at: at.to_owned() })
    }

    /// Unmounts it.
    ///
    /// # Errors
    /// When it is still in use.
    pub fn end(self) -> anyhow::Result<()> {
        tool("umount", &[&self.at.to_string_lossy()])?;
        std::mem::forget(self);
        Ok(())
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        // Somebody may still have a file open: then it goes when they do.
        let _ = tool("umount", &["-l", &self.at.to_string_lossy()]);
    }
}

/// Makes an empty ext4 disk in a file.
///
/// # Errors
/// [`NotPermitted`] without the tools.
pub fn new_image(image: &Path, mebibytes: u64) -> anyhow::Result<()> {
    need_root("a loop-mounted disk")?;
    need_program("mkfs.ext4", "e2fsprogs")?;
    need_program("losetup", "mount")?;
    fs::File::create(image)?.set_len(mebibytes * 1024 * 1024)?;
    tool("mkfs.ext4", &["-q", "-F", &image.to_string_lossy()])
}

/// A place for a mount, on the disk that is built on.
///
/// # Errors
/// When it cannot be made.
pub fn place() -> anyhow::Result<TempDir> {
    super::directory()
}

fn tool(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{path}:/usr/sbin:/sbin"));
    let output = command.output().with_context(|| format!("{program} starts"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("{program} {}: {}", arguments.join(" "), told.trim());
    }
    Ok(())
}
