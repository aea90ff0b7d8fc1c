//! The TypeScript side of the commands, made from the Rust side (`ui/src/bindings/index.ts`).
//!
//! `cargo bindings` writes the file anew; the test in here fails when it is out of date.

use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{portfolio, records, vault};
use crate::window::CloseRequested;

/// Every command and event, with its types.
pub(crate) fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .commands(collect_commands![
            vault::books,
            vault::vault_state,
            vault::choose_folder,
            vault::create_vault,
            vault::open_vault,
            vault::open_with_recovery_key,
            vault::open_example,
            vault::lock_vault,
            vault::close_window,
            records::list_records,
            records::record_lines,
            records::search,
            records::record,
            records::save_record,
            records::keep_draft,
            records::drop_draft,
            records::drafts,
            records::new_id,
            records::attach,
            portfolio::gaps,
            portfolio::hours,
            portfolio::export_pdf,
            portfolio::cancel_export,
            portfolio::export_jsonl,
        ])
        .events(collect_events![CloseRequested])
        // A command's promise is rejected with a Failure; `api.ts` has the one place that reads it.
        .error_handling(ErrorHandlingMode::Throw)
        .typ::<app::Failure>()
}

#[cfg(test)]
mod tests {
    use std::{env, fs};

    use specta_typescript::Typescript;

    #[test]
    fn the_committed_bindings_are_current() {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings/index.ts");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("index.ts");
        let header = "// Made from the Rust types by `cargo bindings`; never edited.\n";
        super::builder().export(Typescript::default().header(header), &file).unwrap();
        let made = fs::read_to_string(&file).unwrap();
        if env::var_os("COACHFOLIO_WRITE_BINDINGS").is_some() {
            fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings")).unwrap();
            fs::write(committed, &made).unwrap();
        }
        let there = fs::read_to_string(committed).unwrap_or_default();
        assert!(there == made, "ui/src/bindings/index.ts is out of date: run `cargo bindings`");
    }
}
