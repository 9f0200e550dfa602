//! Which kind of file system a directory lies on, where the operating system tells (Linux).

use std::{
    fs,
    path::{Path, PathBuf},
};

/// File systems whose disk is another machine's. Those of virtual machines (9p, virtiofs) are not
/// among them.
const NETWORK: [&str; 14] = [
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "lustre",
    "nfs",
    "nfs4",
    "smb3",
];

/// The kind of network file system an existing directory lies on; `None` for a local disk, or where
/// that cannot be told.
pub fn network_file_system(directory: &Path) -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    let kind = kind_of(&directory.canonicalize().ok()?, &mounts)?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

/// The last mounted of the deepest mounts above the path.
fn kind_of<'a>(path: &Path, mounts: &'a str) -> Option<&'a str> {
    let above = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        let point = unescape(words.next()?);
        let kind = words.next()?;
        path.starts_with(&point).then(|| (point.components().count(), kind))
    });
    above.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

fn unescape(point: &str) -> PathBuf {
    let spaces = point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n");
    PathBuf::from(spaces.replace("\\134", "\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /srv tmpfs rw 0 0
server:/share /srv/the\\040share nfs4 rw,vers=4.2 0 0
/dev/sdb1 /srv/the\\040share/local xfs rw 0 0
/dev/sdc1 /srv/over ext4 rw 0 0
//server/over /srv/over cifs rw 0 0
";

    #[test]
    fn the_deepest_and_last_mount_counts() {
        for (path, kind) in [
            ("/var/lib/campus", "ext4"),
            ("/srv", "tmpfs"),
            ("/srv/the share", "nfs4"),
            ("/srv/the share/data", "nfs4"),
            ("/srv/the shared", "tmpfs"),
            ("/srv/the share/local/data", "xfs"),
            ("/srv/over", "cifs"),
        ] {
            assert_eq!(kind_of(Path::new(path), MOUNTS), Some(kind), "{path}");
        }
    }
}
