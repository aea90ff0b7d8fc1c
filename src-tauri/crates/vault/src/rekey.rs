//! Another data key. Every page is encrypted anew into a file beside the old one; then the new key file takes the place of the
//! old one, which is the one step that counts, and the new database that of the old one. Wherever that stops, the next opening
//! finds a vault that is whole under the key that is there.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::error::VaultError;
use crate::folder::Folder;
use crate::keys::DataKey;
use crate::rescue::pages::{PAGE, PageKey, SALT};

/// A file without any of these among its first pages is not of this key.
const LOOKED_AT: u32 = 16;

/// Writes the database anew beside the old one, under another key. Nobody writes to the old one meanwhile.
pub(crate) fn encrypt_anew(
    folder: &Folder,
    old: &DataKey,
    new: &DataKey,
    progress: &mut dyn FnMut(f32),
) -> Result<(), VaultError> {
    let from = folder.database();
    let read = |error| VaultError::file(&from, "read")(error);
    let mut source = File::open(&from).map_err(read)?;
    let pages = source.metadata().map_err(read)?.len() / PAGE as u64;
    let (mut to, path) = folder.make_new_database()?;
    let written = |error| VaultError::file(&path, "written")(error);
    let mut page = vec![0; PAGE];
    let mut keys: Option<(PageKey, PageKey)> = None;
    for number in 1..=u32::try_from(pages).unwrap_or(u32::MAX) {
        source.read_exact(&mut page).map_err(read)?;
        if keys.is_none() {
            let salt = |bytes: &[u8]| bytes.try_into().unwrap_or([0; SALT]);
            let fresh: [u8; SALT] = crate::keys::random()?;
            keys = Some((PageKey::new(old, salt(&page[..SALT])), PageKey::new(new, fresh)));
            to.write_all(&fresh).map_err(written)?;
        }
        let Some((old, new)) = &keys else { break };
        if !old.proves(number, &page) {
            return Err(VaultError::Torn { what: "vault.db has a page that was altered" });
        }
        let anew = new.encrypt(number, &old.decrypt(number, &page))?;
        to.write_all(if number == 1 { &anew[SALT..] } else { &anew }).map_err(written)?;
        progress((f64::from(number) / pages as f64) as f32);
    }
    to.sync_all().map_err(written)?;
    folder.sync()
}

/// After an interruption: puts the new database in its place where the key is the new one, and takes it away where it is not.
/// Says whether the key had been changed.
pub(crate) fn settle(folder: &Folder, key: &DataKey) -> Result<bool, VaultError> {
    let Some(new) = folder.new_database() else { return Ok(false) };
    // What is in place and of this key is never replaced.
    if !is_of(&folder.database(), key) && is_of(&new, key) {
        folder.put_new_database_in_place()?;
        return Ok(true);
    }
    std::fs::remove_file(&new).map_err(VaultError::file(&new, "removed"))?;
    Ok(false)
}

/// Whether a database was encrypted with this key.
fn is_of(database: &Path, key: &DataKey) -> bool {
    let Ok(mut file) = File::open(database) else { return false };
    let mut page = vec![0; PAGE];
    let mut pages: Option<PageKey> = None;
    for number in 1..=LOOKED_AT {
        if file.read_exact(&mut page).is_err() {
            break;
        }
        let salt = page[..SALT].try_into().unwrap_or([0; SALT]);
        if pages.get_or_insert_with(|| PageKey::new(key, salt)).proves(number, &page) {
            return true;
        }
    }
    false
}
