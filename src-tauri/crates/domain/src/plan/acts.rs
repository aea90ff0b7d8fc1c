//! The things a coach can arrange next, and what each of them could be evidence of: `assets/plan.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::evidence::EvidenceKind;

const SHIPPED: &str = include_str!("../../../../../assets/plan.json");

/// In the order in which they are proposed when they close as much.
#[allow(clippy::expect_used, reason = "the file is compiled in and read by a test")]
pub(super) static ACTS: LazyLock<Vec<Act>> =
    LazyLock::new(|| serde_json::from_str::<File>(SHIPPED).expect("the shipped acts read").acts);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    acts: Vec<Act>,
}

/// Something a coach can arrange, that leaves one record behind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    /// Names it in answers, such as `observed-session`.
    pub(super) id: String,
    /// What it is, as the beginning of "… would close".
    pub(super) one: String,
    /// The same, of the second of its kind in a plan and those after it.
    pub(super) again: String,
    /// What to do about it, in a sentence.
    pub(super) how: String,
    /// The record it becomes.
    pub(super) kind: String,
    /// The fields that make it that, as the command line takes them: what a form is prefilled with.
    #[serde(default)]
    pub(super) set: BTreeMap<String, String>,
    /// What it counts as.
    pub(super) offers: Vec<EvidenceKind>,
    /// The course whose certificate it leaves behind; nothing where any would do that.
    #[serde(default)]
    pub(super) course: Option<String>,
    /// How many competencies one of them can seriously speak to. The publication sets no number; an observer's form
    /// with more than eight is not filled in with care, and a reflection on more than three is no reflection on any.
    pub(super) most: usize,
    /// Whether it happens in a group, with one client, or either.
    #[serde(default)]
    pub(super) setting: Setting,
}

/// Where an act can show a competency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Setting {
    /// A session with one client: nothing of group work shows in it.
    Alone,
    /// A group session: asked for where group work is to be shown.
    Group,
    /// The setting does not matter.
    #[default]
    Either,
}
