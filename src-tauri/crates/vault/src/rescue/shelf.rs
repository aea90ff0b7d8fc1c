//! Which page belongs to which table: by the trees that lead to it, and where a branch was lost, by what stands on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::types::Value;

use super::cells::{Row, Sort, below, free, rows, sort_of};
use super::pages::{Pages, word};

/// What is read of a vault: the tables that hold what was saved, and the indexes that know what there was. What is made
/// from these is made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Table {
    Record,
    Claim,
    Attachment,
    RecordAttachment,
    Version,
    Bin,
    Draft,
    Installed,
    Release,
    Tombstone,
    /// Each record's id, with its number.
    RecordIds,
    /// Each record's kind, with its number.
    RecordKinds,
    /// Each version's record and number.
    VersionKeys,
    /// The hash of each attachment.
    AttachmentNames,
    /// Each draft's id.
    DraftIds,
}

/// The length of a moment as it is written.
const MOMENT: usize = "2026-01-05T10:00:00.000000000Z".len();

impl Table {
    pub(super) const ALL: [Table; 15] = [
        Table::Record,
        Table::Claim,
        Table::Attachment,
        Table::RecordAttachment,
        Table::Version,
        Table::Bin,
        Table::Draft,
        Table::Installed,
        Table::Release,
        Table::Tombstone,
        Table::RecordIds,
        Table::RecordKinds,
        Table::VersionKeys,
        Table::AttachmentNames,
        Table::DraftIds,
    ];

    /// What SQLite calls it.
    fn name(self) -> &'static str {
        match self {
            Table::Record => "record",
            Table::Claim => "claim",
            Table::Attachment => "attachment",
            Table::RecordAttachment => "record_attachment",
            Table::Version => "version",
            Table::Bin => "bin",
            Table::Draft => "draft",
            Table::Installed => "installed",
            Table::Release => "release",
            Table::Tombstone => "tombstone",
            Table::RecordIds => "sqlite_autoindex_record_1",
            Table::RecordKinds => "record_kind",
            Table::VersionKeys => "sqlite_autoindex_version_1",
            Table::AttachmentNames => "sqlite_autoindex_attachment_1",
            Table::DraftIds => "sqlite_autoindex_draft_1",
        }
    }

    /// Whether its rows have numbers of their own.
    fn numbered(self) -> bool {
        matches!(
            self,
            Table::Record | Table::Attachment | Table::Version | Table::Draft | Table::Installed | Table::Release
        )
    }

    /// A letter for each column, which says what stands in it: a number, text, a moment, a hash in hexadecimal, bytes, an id, a
    /// digest, or nothing; in capitals, that or nothing. And how many there are at least: rows from before a column was added
    /// lack it.
    fn shape(self) -> (&'static str, usize) {
        match self {
            Table::Record => ("_ittmmdtttttD", 12),
            Table::Claim => ("nntTtT", 6),
            Table::Attachment => ("hb", 2),
            Table::RecordAttachment => ("nntthnT", 7),
            Table::Version => ("intD", 3),
            Table::Bin => ("inm", 3),
            Table::Draft => ("ittm", 4),
            Table::Installed => ("tt", 2),
            Table::Release => ("_t", 2),
            Table::Tombstone => ("im", 2),
            Table::RecordIds | Table::DraftIds => ("in", 2),
            Table::RecordKinds => ("tnn", 2),
            Table::VersionKeys => ("inn", 3),
            Table::AttachmentNames => ("hn", 2),
        }
    }

    /// Whether a row can be one of this table's.
    pub(super) fn fits(self, values: &[Value]) -> bool {
        let (shape, least) = self.shape();
        let fits = |(letter, value): (char, &Value)| match (letter, value) {
            ('n', Value::Integer(_)) | ('t' | 'T', Value::Text(_)) | ('b', Value::Blob(_)) => true,
            ('_' | 'T' | 'D', Value::Null) => true,
            ('i', Value::Blob(bytes)) => bytes.len() == 16,
            ('d' | 'D', Value::Blob(bytes)) => bytes.len() == 32,
            ('h', Value::Text(text)) => text.len() == 64,
            ('m', Value::Text(text)) => text.len() == MOMENT,
            _ => false,
        };
        (least..=shape.len()).contains(&values.len()) && shape.chars().zip(values).all(fits)
    }
}

/// The pages of each table, and which of all pages are damaged.
pub(super) struct Shelf {
    pages: BTreeMap<Table, BTreeSet<u32>>,
    /// Tables of which a page is damaged or was not found.
    hurt: BTreeSet<Table>,
    pub(super) damaged: Vec<u32>,
}

/// What is found by going through the trees.
struct Search<'a> {
    pages: &'a Pages,
    sorts: HashMap<u32, Sort>,
    sound: BTreeSet<u32>,
    seen: BTreeSet<u32>,
}

impl Shelf {
    pub(super) fn of(pages: &Pages) -> Shelf {
        let mut search = Search { pages, sorts: HashMap::new(), sound: BTreeSet::new(), seen: BTreeSet::new() };
        let mut damaged = Vec::new();
        for number in 1..=pages.count {
            let page = pages.read(number);
            search.sorts.extend(page.as_ref().and_then(|page| Some((number, sort_of(page, number)?))));
            match page {
                Some(page) if page.sound && !(pages.unproved && number == 1) => drop(search.sound.insert(number)),
                _ => damaged.push(number),
            }
        }
        let mut shelf = Shelf { pages: BTreeMap::new(), hurt: BTreeSet::new(), damaged };
        let free_known = search.free();
        let roots = search.roots();
        // Tables whose branches were lost: what lies below these belongs to nobody that is known.
        let mut torn = BTreeSet::new();
        for (name, root) in &roots {
            let mut own = BTreeSet::new();
            let whole = search.gather(*root, &mut own);
            let Some(table) = Table::ALL.into_iter().find(|table| table.name() == name) else { continue };
            if own.iter().any(|page| !search.sound.contains(page)) {
                shelf.hurt.insert(table);
            }
            if !whole {
                torn.insert(table);
            }
            shelf.pages.insert(table, own);
        }
        torn.extend(Table::ALL.into_iter().filter(|table| !shelf.pages.contains_key(table)));
        shelf.hurt.extend(&torn);
        // Indexes look too much like each other.
        torn.retain(|table| *table < Table::RecordIds);
        if free_known && !torn.is_empty() {
            search.adopt(&torn, &mut shelf);
        }
        shelf
    }

    /// Whether some of a table's rows may be missing.
    pub(super) fn is_hurt(&self, table: Table) -> bool {
        self.hurt.contains(&table)
    }

    /// A table's rows, those that are certainly what was written first.
    pub(super) fn each(&self, pages: &Pages, table: Table, mut take: impl FnMut(Row)) {
        let none = BTreeSet::new();
        let own = self.pages.get(&table).unwrap_or(&none);
        let mut doubtful = Vec::new();
        for number in own {
            let Some(page) = pages.read(*number) else { continue };
            for row in rows(pages, &page, *number) {
                if row.sound { take(row) } else { doubtful.push(row) }
            }
        }
        doubtful.into_iter().for_each(take);
    }
}

impl Search<'_> {
    /// Passes over what is on the list of free pages, and says whether the list is known to its end.
    fn free(&mut self) -> bool {
        let Some(first) = self.pages.read(1).filter(|page| page.sound) else { return false };
        let mut next = word(&first.content, 32).unwrap_or(0);
        while next != 0 {
            let Some(trunk) = self.pages.read(next).filter(|page| page.sound) else { return false };
            if !self.seen.insert(next) {
                return false;
            }
            let (following, named) = free(&trunk);
            self.seen.extend(named);
            next = following;
        }
        true
    }

    /// Where each tree begins, by the name of its table or index.
    fn roots(&mut self) -> Vec<(String, u32)> {
        let mut own = BTreeSet::new();
        let whole = self.sound.contains(&1) && self.sorts.contains_key(&1) && self.gather(1, &mut own);
        if !whole {
            // The list of tables is torn: its parts are told by what stands on them.
            let leaves = self.sorts.iter().filter(|(_, sort)| **sort == Sort::TableLeaf).map(|(number, _)| *number);
            own.extend(leaves.filter(|number| !self.seen.contains(number)));
        }
        let (mut known, mut garbled) = (BTreeMap::new(), BTreeMap::new());
        for number in own {
            let Some(page) = self.pages.read(number) else { continue };
            for row in rows(self.pages, &page, number) {
                if let [Value::Text(sort), Value::Text(name), Value::Text(_), Value::Integer(root), ..] =
                    &row.values[..]
                    && ["table", "index"].contains(&sort.as_str())
                    && let Ok(root @ 2..) = u32::try_from(*root)
                {
                    self.seen.insert(number);
                    if page.sound { &mut known } else { &mut garbled }.insert(name.clone(), root);
                }
            }
        }
        garbled.retain(|_, root| !known.values().any(|other| other == root));
        garbled.extend(known);
        garbled.into_iter().collect()
    }

    /// Collects the pages with rows below a page; says whether all branches could be followed.
    fn gather(&mut self, root: u32, own: &mut BTreeSet<u32>) -> bool {
        let (mut open, mut whole) = (vec![root], true);
        while let Some(number) = open.pop() {
            if !self.seen.insert(number) {
                continue;
            }
            let sound = self.sound.contains(&number);
            let Some(page) = self.pages.read(number) else {
                whole = false;
                continue;
            };
            let sort = self.sorts.get(&number);
            // A damaged leaf is asked all the same: what it says is only taken where it can be proved.
            if !matches!(sort, Some(Sort::TableBranch)) || !sound {
                own.insert(number);
            }
            if sound {
                open.extend(below(&page, number));
            } else if !self.is_leaf(number, root) {
                whole = false;
            }
        }
        whole
    }

    /// Whether a damaged page was a leaf, as far as its first byte is to be believed: nothing was below it then.
    fn is_leaf(&self, number: u32, root: u32) -> bool {
        number != root && matches!(self.sorts.get(&number), Some(Sort::TableLeaf | Sort::IndexLeaf))
    }

    /// Gives the pages that belong to nobody to the tables whose branches were lost, by what stands on them.
    fn adopt(&self, torn: &BTreeSet<Table>, shelf: &mut Shelf) {
        for (number, sort) in self.sorts.iter().filter(|(number, _)| !self.seen.contains(number)) {
            let numbered = match sort {
                Sort::TableLeaf => true,
                Sort::IndexLeaf | Sort::IndexBranch => false,
                Sort::TableBranch => continue,
            };
            let Some(page) = self.pages.read(*number).filter(|page| page.sound) else { continue };
            let rows = rows(self.pages, &page, *number);
            let fits = |table: &Table| {
                table.numbered() == numbered && !rows.is_empty() && rows.iter().all(|row| table.fits(&row.values))
            };
            if let Some(table) = torn.iter().copied().find(fits) {
                shelf.pages.entry(table).or_default().insert(*number);
            }
        }
    }
}
