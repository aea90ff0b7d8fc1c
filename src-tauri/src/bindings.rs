//! The TypeScript side of the commands, made from the Rust side (`ui/src/bindings/index.ts`).
//!
//! `cargo bindings` rewrites the file; the test in here fails when it is out of date.

use app::domain::Audience;
use tauri_specta::{Builder, collect_commands, collect_events};

use crate::commands::{
    agenda, appraisal, attachments, bin, caseload, drafts, example, exchange, guidance, history, jotting, learning,
    portfolio, prompts, records, rescue, search, standing, today, vault, writing,
};
use crate::events::CloseRequested;
use crate::{voice, zoom};

/// Every command and event, with its types.
pub(crate) fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        // The values of a record are any JSON, whose numbers can be large in Rust; JavaScript reads them as it always does.
        .dangerously_cast_bigints_to_number()
        // One form of each type will do: what is left out when it is empty may be left out by the page too.
        .disable_serde_phases()
        .commands(collect_commands![
            vault::shelf,
            voice::say,
            zoom::zoom,
            vault::vault_state,
            vault::choose_folder,
            vault::create_vault,
            vault::open_vault,
            vault::open_with_recovery_key,
            vault::lock_vault,
            vault::close_window,
            vault::hold_window,
            vault::acknowledge,
            vault::change_passphrase,
            vault::new_recovery_key,
            rescue::rescue,
            rescue::check_pages,
            example::open_example,
            records::record,
            records::save_record,
            records::findings,
            records::could_show,
            records::new_id,
            records::followups,
            jotting::jotting,
            jotting::jot,
            drafts::keep_draft,
            drafts::drop_draft,
            drafts::drafts,
            attachments::attach,
            attachments::attach_content,
            attachments::thumbnail,
            attachments::save_attachment,
            search::list_records,
            search::record_lines,
            search::search,
            history::history,
            history::bring_back,
            bin::move_to_bin,
            bin::bin,
            bin::restore,
            bin::empty_bin,
            standing::plan,
            standing::ratings,
            standing::gaps,
            today::today,
            agenda::done_action,
            caseload::caseload,
            learning::trainings,
            appraisal::appraisal,
            guidance::put_guidance_away,
            guidance::bring_guidance_back,
            prompts::keep_model,
            prompts::drop_model,
            portfolio::check_export,
            portfolio::export_portfolio,
            portfolio::releases,
            portfolio::cancel_export,
            exchange::export_jsonl,
            writing::reading,
            writing::same_reading,
        ])
        .events(collect_events![CloseRequested])
        .constant("AUDIENCES", Audience::ALL.map(Audience::words))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use specta_typescript::Typescript;

    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings/index.ts");

    fn write(file: &Path) {
        let header = "// Made from the Rust types by `cargo bindings`; never edited.\n";
        super::builder().export(Typescript::default().header(header), file).unwrap();
    }

    #[test]
    fn the_committed_bindings_are_current() {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("index.ts");
        write(&made);
        let committed = fs::read_to_string(COMMITTED).unwrap_or_default();
        let current = fs::read_to_string(made).unwrap() == committed;
        assert!(current, "ui/src/bindings/index.ts is out of date: run `cargo bindings`");
    }

    #[test]
    #[ignore = "writes the file: `cargo bindings`"]
    fn write_the_bindings() {
        write(Path::new(COMMITTED));
    }
}
