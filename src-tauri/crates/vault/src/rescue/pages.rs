//! The pages of a vault's files, each decrypted by itself, so that one that was altered hides no other. SQLite gives up at
//! the first; this goes by what SQLCipher 4 writes: AES-256 in CBC mode, and of each page a proof (HMAC-SHA512).

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use aes::Aes256;
use aes::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keys::{self, DataKey};

/// The length of a page in the file, in bytes.
pub(crate) const PAGE: usize = 4096;
/// How much of it is the database's; behind it stand the initialisation vector and the proof.
pub(super) const USABLE: usize = PAGE - IV - PROOF;
const IV: usize = 16;
const PROOF: usize = 64;
/// The file's salt, which stands where a plain database has these words.
pub(crate) const SALT: usize = 16;
/// More than any vault has: 400 gigabytes.
const PAGES_MAX: u32 = 100_000_000;
const PLAIN_BEGINNING: &[u8; SALT] = b"SQLite format 3\0";
/// The log of changes: its beginning, and what stands before each page in it, in bytes.
const LOG_BEGINNING: usize = 32;
const LOG_FRAME: usize = 24;

/// The key of the pages, and the one of their proofs, which comes from it and the file's salt.
pub(crate) struct PageKey {
    key: Zeroizing<[u8; 32]>,
    proof: Zeroizing<[u8; 32]>,
}

impl PageKey {
    pub(crate) fn new(key: &DataKey, salt: [u8; SALT]) -> PageKey {
        let key = Zeroizing::new(*key.bytes());
        // PBKDF2 with two rounds, of which the first block is enough.
        let salt = salt.map(|byte| byte ^ 0x3a);
        let first = Zeroizing::new(mac(&*key, &[&salt, &1_u32.to_be_bytes()]));
        let second = Zeroizing::new(mac(&*key, &[&*first]));
        let mut proof = Zeroizing::new([0; 32]);
        for (byte, (one, other)) in proof.iter_mut().zip(first.iter().zip(second.iter())) {
            *byte = one ^ other;
        }
        PageKey { key, proof }
    }

    /// Whether a page, as it stands in the file, is what was written.
    pub(crate) fn proves(&self, number: u32, page: &[u8]) -> bool {
        let (content, proof) = page.split_at(PAGE - PROOF);
        mac(&*self.proof, &[&content[beginning(number)..], &number.to_le_bytes()])[..] == *proof
    }

    /// The database's part of a page, whether or not it is what was written.
    pub(crate) fn decrypt(&self, number: u32, page: &[u8]) -> Vec<u8> {
        let mut content = page[..USABLE].to_vec();
        let mut iv = [0; IV];
        iv.copy_from_slice(&page[USABLE..USABLE + IV]);
        let mut cipher = cbc::Decryptor::<Aes256>::new(&(*self.key).into(), &iv.into());
        let from = beginning(number);
        for block in content[from..].chunks_exact_mut(16).filter_map(|block| block.try_into().ok()) {
            cipher.decrypt_block(block);
        }
        content[..from].copy_from_slice(&PLAIN_BEGINNING[..from]);
        content
    }

    /// A page as it is to stand in the file; the salt is put before the first one by whoever writes it.
    pub(crate) fn encrypt(&self, number: u32, content: &[u8]) -> Result<Vec<u8>, VaultError> {
        let iv = keys::random::<IV>()?;
        let mut page = content[..USABLE].to_vec();
        let mut cipher = cbc::Encryptor::<Aes256>::new(&(*self.key).into(), &iv.into());
        let from = beginning(number);
        for block in page[from..].chunks_exact_mut(16).filter_map(|block| block.try_into().ok()) {
            cipher.encrypt_block(block);
        }
        page.extend(iv);
        let proof = mac(&*self.proof, &[&page[from..], &number.to_le_bytes()]);
        page.extend(proof);
        Ok(page)
    }
}

/// Where what is encrypted begins: the first page has the salt before it.
fn beginning(number: u32) -> usize {
    if number == 1 { SALT } else { 0 }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; PROOF] {
    let mut whole = [0; PROOF];
    // A key of any length will do.
    if let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(key) {
        parts.iter().for_each(|part| mac.update(part));
        whole.copy_from_slice(&mac.finalize().into_bytes());
    }
    whole
}

/// One page.
pub(super) struct Page {
    /// The database's part of it, decrypted.
    pub(super) content: Vec<u8>,
    /// It is what was written.
    pub(super) sound: bool,
}

/// The pages of a database and, where there is one, of its log of changes.
pub(super) struct Pages {
    main: File,
    log: Option<(File, Log)>,
    key: PageKey,
    /// How many there are; they are numbered from 1.
    pub(super) count: u32,
    /// Which were found to be what was written, so that this is proved once.
    proved: RefCell<HashMap<u32, bool>>,
    /// The salt is lost, by which the pages are proved: they are taken as they are.
    pub(super) unproved: bool,
}

/// Where in a log the newest of each page stands, and how many pages the database has then.
struct Log {
    pages: HashMap<u32, u64>,
    count: u32,
}

impl Pages {
    /// Looks through the files. Nothing is written.
    pub(super) fn open(database: &Path, log: &Path, key: &DataKey) -> Result<Pages, VaultError> {
        let main = File::open(database).map_err(VaultError::file(database, "read"))?;
        let length = main.metadata().map_err(VaultError::file(database, "read"))?.len();
        let count = u32::try_from(length.div_ceil(PAGE as u64)).unwrap_or(u32::MAX);
        let log = File::open(log).ok().and_then(|file| committed(&file).map(|log| (file, log)));
        let mut salt = [0; SALT];
        // A file that is shorter than its salt has no pages either.
        let _ = (&main).read_exact(&mut salt);
        let count = log.as_ref().map_or(count, |(_, log)| log.count);
        let key_of = |salt| PageKey::new(key, salt);
        let mut pages = Pages { main, log, key: key_of(salt), count, proved: RefCell::default(), unproved: false };
        if pages.any_is_proved() {
            return Ok(pages.counted_on());
        }
        // Nothing is: the salt itself may be what was altered.
        for bit in 0..SALT * 8 {
            let mut near = salt;
            near[bit / 8] ^= 1 << (bit % 8);
            pages.key = key_of(near);
            pages.proved.take();
            if pages.any_is_proved() {
                return Ok(pages.counted_on());
            }
        }
        pages.unproved = true;
        pages.proved.take();
        Ok(pages)
    }

    /// As many pages as the database says that it has: a file that was cut short lacks the last.
    fn counted_on(mut self) -> Pages {
        let first = self.read(1).filter(|page| page.sound);
        let said = first.and_then(|first| word(&first.content, 28)).filter(|said| *said <= PAGES_MAX);
        self.count = self.count.max(said.unwrap_or(0));
        self
    }

    fn any_is_proved(&self) -> bool {
        (1..=self.count.min(16)).any(|number| self.read(number).is_some_and(|page| page.sound))
    }

    /// A page; nothing where there is none of this number or the disk does not give it.
    pub(super) fn read(&self, number: u32) -> Option<Page> {
        let page = self.raw(number)?;
        let prove = || self.unproved || self.key.proves(number, &page);
        let sound = *self.proved.borrow_mut().entry(number).or_insert_with(prove);
        Some(Page { content: self.key.decrypt(number, &page), sound })
    }

    fn raw(&self, number: u32) -> Option<Vec<u8>> {
        if number == 0 || number > self.count {
            return None;
        }
        let in_log = self.log.as_ref().and_then(|(file, log)| Some((file, *log.pages.get(&number)?)));
        let (mut file, at) = in_log.unwrap_or((&self.main, u64::from(number - 1) * PAGE as u64));
        let mut page = vec![0; PAGE];
        file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut page)).ok()?;
        Some(page)
    }
}

/// What a log of changes holds up to the last change that is whole; nothing when there is none.
fn committed(mut file: &File) -> Option<Log> {
    let mut head = [0; LOG_BEGINNING];
    file.read_exact(&mut head).ok()?;
    let big_endian = match word(&head, 0)? {
        0x377f_0682 => false,
        0x377f_0683 => true,
        _ => return None,
    };
    let mut sum = summed((0, 0), &head[..24], big_endian);
    if (word(&head, 24)?, word(&head, 28)?) != sum {
        return None;
    }
    let (mut whole, mut pending) = (None, HashMap::new());
    let mut frame = vec![0; LOG_FRAME + PAGE];
    let mut at = LOG_BEGINNING as u64;
    while file.read_exact(&mut frame).is_ok() {
        sum = summed(summed(sum, &frame[..8], big_endian), &frame[LOG_FRAME..], big_endian);
        if frame[8..16] != head[16..24] || (word(&frame, 16)?, word(&frame, 20)?) != sum {
            break;
        }
        pending.insert(word(&frame, 0)?, at + LOG_FRAME as u64);
        at += (LOG_FRAME + PAGE) as u64;
        // The last page of a change says how many pages there are after it.
        let count = word(&frame, 4)?;
        if count > 0 {
            let log = whole.get_or_insert_with(|| Log { pages: HashMap::new(), count });
            log.pages.extend(pending.drain());
            log.count = count;
        }
    }
    whole
}

/// A number of four bytes.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// SQLite's own sum over a log.
fn summed(before: (u32, u32), bytes: &[u8], big_endian: bool) -> (u32, u32) {
    let word = |bytes: &[u8]| {
        let bytes = bytes.try_into().unwrap_or_default();
        if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    };
    bytes.chunks_exact(8).fold(before, |(one, two), eight| {
        let one = one.wrapping_add(word(&eight[..4])).wrapping_add(two);
        (one, two.wrapping_add(word(&eight[4..])).wrapping_add(one))
    })
}
