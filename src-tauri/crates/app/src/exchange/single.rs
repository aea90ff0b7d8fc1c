//! A profile that comes into a vault which has one: the two become one.

use domain::Record;
use domain::condition::is_filled;

/// What becomes of the profile in a file where the vault has one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// What is here stays, and what it leaves open is taken from the file.
    #[default]
    Fill,
    /// What is here stays as it is.
    Keep,
    /// What the file says takes its place; what was here is kept as a former version.
    Replace,
}

/// The one record of the two, under the id of `mine`, and in which fields they say different things.
pub(super) fn merged(mine: &Record, theirs: &Record, how: Profile) -> (Record, Vec<String>) {
    let both = |field: &&String| mine.fields.get(*field).is_some_and(is_filled);
    let differs =
        theirs.fields.iter().filter(|(field, value)| is_filled(value) && both(field) && mine.fields[*field] != **value);
    let differs = differs.map(|(field, _)| field.clone()).collect();
    let mut record = mine.clone();
    match how {
        Profile::Keep => {}
        Profile::Replace => {
            let (id, created, origin) = (mine.id, mine.created, mine.origin.clone());
            record = Record { id, created, origin, ..theirs.clone() };
        }
        Profile::Fill => {
            let open = |field: &&String| !both(field);
            for (field, value) in theirs.fields.iter().filter(|(field, _)| open(field)) {
                record.fields.insert(field.clone(), value.clone());
            }
            if record.body.is_empty() {
                record.body.clone_from(&theirs.body);
            }
            if record.tags.is_empty() {
                record.tags.clone_from(&theirs.tags);
            }
            let new = theirs.attachments.iter().filter(|file| mine.attachments.iter().all(|one| one.name != file.name));
            record.attachments.extend(new.cloned());
        }
    }
    (record, differs)
}
