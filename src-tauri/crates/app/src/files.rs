//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::unfinished::Unfinished;

/// Writes a file whole: beside its place first, and moved there when every byte is on the disk. When that fails (no
/// room, no right to write), what stood there before still does and nothing half-written is left. A link is followed, and a
/// file that stood there keeps its permissions.
///
/// Nothing is written into a vault's folder: there it could take the place of the vault, or lie in plain text beside it.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let target = followed(path).map_err(|error| refused("written", path, &error))?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    outside_vaults(folder)?;
    let there = fs::metadata(&target).ok();
    // A pipe or a device would be replaced by a file of its name.
    if there.as_ref().is_some_and(|there| !there.is_file() && !there.is_dir()) {
        let failure = Failure::new(format!("{} is not an ordinary file, so it was left alone.", path.display()));
        return Err(failure.hint("Give the name of a new file, or of one to write over."));
    }
    let permissions = there.filter(fs::Metadata::is_file).map(|there| there.permissions());
    // Moving another file into its place would not ask whether it may be written to.
    if permissions.as_ref().is_some_and(|there| there.readonly() || File::options().write(true).open(&target).is_err())
    {
        let failure = Failure::new(format!("{} may only be read, so it was left alone.", path.display()));
        return Err(failure.hint("Give another name, or allow that file to be written over."));
    }
    let write = || -> io::Result<()> {
        let mut file = Unfinished::begin(folder)?;
        file.file().write_all(content)?;
        if let Some(permissions) = permissions {
            file.file().set_permissions(permissions)?;
        }
        file.file().sync_all()?;
        file.finish(folder, &target)?;
        // The name itself must be on the disk too. A folder cannot be opened as a file everywhere, and need not be.
        if let Ok(folder) = File::open(folder) {
            folder.sync_all().ok();
        }
        Ok(())
    };
    write().map_err(|error| refused("written", path, &error))
}

/// Where a link leads, even to a file that is not there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    /// As many links as Linux follows.
    const MOST: usize = 40;
    let mut at = path.to_owned();
    for _ in 0..MOST {
        match fs::read_link(&at) {
            Ok(to) => at = at.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => return Ok(at),
        }
    }
    Err(io::Error::other("its links lead round in a circle"))
}

/// Refuses a folder that is a vault or lies in one; it need not be there yet.
fn outside_vaults(folder: &Path) -> Result<(), Failure> {
    let above = folder
        .ancestors()
        .find_map(|above| fs::canonicalize(if above.as_os_str().is_empty() { Path::new(".") } else { above }).ok());
    match above.iter().flat_map(|real| real.ancestors()).find(|above| vault::is_vault(above)) {
        None => Ok(()),
        Some(inside) => {
            Err(Failure::new(format!("{} is a vault's own folder; nothing was written into it.", inside.display()))
                .hint("Choose a place outside the vault."))
        }
    }
}

/// Reads a whole file, of up to 512 MB: what ends at no point, such as a device or a pipe that is never closed, must not fill
/// the memory.
pub(crate) fn read_whole(path: &Path) -> Result<Vec<u8>, Failure> {
    const MOST: u64 = 512 << 20;
    let mut content = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut content));
    match read.map_err(|error| refused("read", path, &error))? {
        read if read as u64 > MOST => {
            let failure = Failure::new(format!("{} is over 512 MB, more than can be read at once.", path.display()));
            Err(failure.hint("Divide it into several files."))
        }
        _ => Ok(content),
    }
}

/// Reads a text that somebody handed in, without the mark that some editors put at its beginning.
///
/// # Errors
/// When it cannot be read, is no text in UTF-8, or has no end.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let text = String::from_utf8(read_whole(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        Failure::new(format!("{} is no text: byte {at} of it is something else.", path.display()))
            .hint("It should be a text file in UTF-8.")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A folder that is filled file by file and emptied again of what was put there if that fails half-way.
pub(crate) struct Filling {
    made: Vec<PathBuf>,
    done: bool,
}

impl Filling {
    /// Begins with this folder, made if it is not there.
    pub(crate) fn begin(folder: &Path) -> Result<Filling, Failure> {
        let mut filling = Filling { made: Vec::new(), done: false };
        filling.folder(folder)?;
        Ok(filling)
    }

    /// Makes a folder if it is not there.
    pub(crate) fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        outside_vaults(folder)?;
        if !folder.is_dir() {
            fs::create_dir_all(folder).map_err(|error| refused("made", folder, &error))?;
            self.made.push(folder.to_owned());
        }
        Ok(())
    }

    /// Writes a file of the folder.
    pub(crate) fn write(&mut self, path: &Path, content: &[u8]) -> Result<(), Failure> {
        let was_there = path.exists();
        write_whole(path, content)?;
        if !was_there {
            self.made.push(path.to_owned());
        }
        Ok(())
    }

    /// Takes a file that another wrote here as one of its own.
    pub(crate) fn took(&mut self, path: &Path) {
        self.made.push(path.to_owned());
    }

    /// Everything is there: keep it.
    pub(crate) fn finish(mut self) {
        self.done = true;
    }
}

impl Drop for Filling {
    fn drop(&mut self) {
        if !self.done {
            for path in self.made.iter().rev() {
                // What cannot be removed cannot be helped here; the failure that led here is the one reported.
                if path.is_dir() {
                    fs::remove_dir(path).ok()
                } else {
                    fs::remove_file(path).ok()
                };
            }
        }
    }
}

fn refused(done: &str, path: &Path, error: &io::Error) -> Failure {
    let shown = path.display();
    let (why, hint) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("there is no room left on that disk", "Make room or choose another place. Nothing half-written was left.")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ("that place does not allow it", "Choose another place.")
        }
        io::ErrorKind::NotFound => ("there is no such file or folder", "Check the name."),
        io::ErrorKind::IsADirectory => ("that is a folder", "Give the name of a file in it."),
        _ => return Failure::new(format!("{shown} could not be {done}: {error}.")),
    };
    Failure::new(format!("{shown} could not be {done}: {why}.")).hint(hint)
}
