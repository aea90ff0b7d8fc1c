//! A vault filled with invented work: demo.

use std::path::Path;

use app::{Failure, OpenVault};

use super::vault::made;
use crate::answer::Answer;
use crate::args::Args;
use crate::passphrase::PASSPHRASE;

const DEMO_MONTHS: u32 = 18;

pub(super) fn demo(args: &Args, folder: &Path, years: Option<u32>, seed: u64) -> Result<Answer, Failure> {
    let passphrase = PASSPHRASE.choose(args.passphrase_file.as_deref())?;
    let months = years.map_or(DEMO_MONTHS, |years| years * 12);
    made(OpenVault::create_demo(folder, &passphrase, args.clock(), seed, months)?, "An example vault, all invented,")
}
