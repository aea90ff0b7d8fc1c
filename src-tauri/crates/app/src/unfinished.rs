//! A file that is being written. Where the system can do that, it has no name until all of it is on the disk, so that whoever
//! is killed meanwhile leaves nothing behind: not even a hidden file with what the vault keeps encrypted.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

pub(crate) enum Unfinished {
    /// Without a name.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// Hidden beside its place, where the system or the disk knows no other way.
    Named(NamedTempFile),
}

impl Unfinished {
    /// Begins one that is to stand in this folder.
    pub(crate) fn begin(folder: &Path) -> io::Result<Unfinished> {
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless(folder) {
            return Ok(Unfinished::Nameless(file));
        }
        Ok(Unfinished::Named(tempfile::Builder::new().prefix(".coachfolio-").tempfile_in(folder)?))
    }

    pub(crate) fn file(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Unfinished::Nameless(file) => file,
            Unfinished::Named(file) => file.as_file_mut(),
        }
    }

    /// Puts it in its place, over what stood there.
    pub(crate) fn finish(self, folder: &Path, target: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Unfinished::Nameless(file) => name(&file, folder, target),
            Unfinished::Named(file) => file.persist(target).map(drop).map_err(|error| error.error),
        }
    }
}

#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags};
    // Without this there is no way to give it a name.
    if !Path::new("/proc/self/fd").exists() {
        return None;
    }
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR).ok().map(File::from)
}

/// A name can be given to a file, but not that of another: it takes that one's place in a second step.
#[cfg(target_os = "linux")]
fn name(file: &File, folder: &Path, target: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;

    use rustix::fs::{AtFlags, CWD, linkat};

    let from = format!("/proc/self/fd/{}", file.as_raw_fd());
    let hidden = folder.join(format!(".coachfolio-{}", uuid::Uuid::now_v7()));
    linkat(CWD, from, CWD, &hidden, AtFlags::SYMLINK_FOLLOW)?;
    std::fs::rename(&hidden, target).inspect_err(|_| drop(std::fs::remove_file(&hidden)))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_not_finished_is_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let names =
            || std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect::<Vec<_>>();
        let target = folder.path().join("file");
        std::fs::write(&target, "before").unwrap();
        let mut file = Unfinished::begin(folder.path()).unwrap();
        file.file().write_all(b"after").unwrap();
        assert_eq!(names(), ["file"], "a killed process would leave this");
        drop(file);
        assert_eq!(std::fs::read(&target).unwrap(), b"before");
        let mut file = Unfinished::begin(folder.path()).unwrap();
        file.file().write_all(b"after").unwrap();
        file.finish(folder.path(), &target).unwrap();
        assert_eq!((names().len(), std::fs::read(&target).unwrap()), (1, b"after".to_vec()));
    }
}
