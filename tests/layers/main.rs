//! The order of the house: the arrows of src-tauri/ARCHITECTURE.md, held against cargo's own graph and the window's
//! imports; and beside this file circles, sizes and the documents that are cited.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod circles;
mod documents;
mod sizes;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Which of our crates each may use, outside its tests.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("vault", &["domain"]),
    ("portfolio", &["domain"]),
    ("exchange", &["domain"]),
    ("app", &["domain", "exchange", "portfolio", "vault"]),
    ("cli", &["app"]),
    ("coachfolio-desktop", &["app"]),
];

/// What stays in one room: these crates may be used there and nowhere else.
const ROOMS: &[(&str, &[&str])] = &[
    ("vault", &["rusqlite", "argon2", "chacha20poly1305", "hkdf"]),
    (
        "portfolio",
        &[
            "printpdf",
            "allsorts-azul",
            "lopdf",
            "hayro",
            "parley",
            "pulldown-cmark",
            "linkify",
            "plotters",
            "image",
            "icu_segmenter",
        ],
    ),
    ("coachfolio-desktop", &["tauri", "tauri-specta", "tauri-plugin-dialog", "gtk", "webkit2gtk"]),
    ("cli", &["clap", "indicatif", "rpassword"]),
];

/// All that the domain may use: it has never heard of SQL, PDF, files, the clock or the window.
const DOMAIN_USES: &[&str] =
    &["chrono", "serde", "serde_json", "serde_path_to_error", "sha2", "specta", "thiserror", "uuid"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The members of the workspace, as cargo knows them.
fn packages() -> Vec<Value> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let asked = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The normal dependencies of each member of the workspace.
fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph = BTreeMap::new();
    for package in packages() {
        let normal =
            package["dependencies"].as_array().unwrap().iter().filter(|dependency| dependency["kind"].is_null());
        let names = normal.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect();
        graph.insert(package["name"].as_str().unwrap().to_owned(), names);
    }
    graph
}

/// The project's own files whose names end in one of these, by their paths from its root; what is built, fetched or
/// generated on the way is passed over.
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let passed_over = ["target", "node_modules", "dist", "gen", ".git"];
    let walk = walkdir::WalkDir::new(root()).sort_by_file_name().into_iter();
    let ours = walk.filter_entry(|entry| !passed_over.iter().any(|name| entry.file_name() == *name));
    let found: Vec<PathBuf> = ours
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| endings.iter().any(|ending| entry.file_name().to_string_lossy().ends_with(ending)))
        .map(|entry| entry.path().strip_prefix(root()).unwrap().to_owned())
        .collect();
    assert!(!found.is_empty(), "no file ends in {endings:?}");
    found
}

#[test]
fn our_crates_depend_one_way() {
    let graph = graph();
    let ours: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours, graph.keys().map(String::as_str).collect(), "a crate came or went: say here what it may use");
    for (name, allowed) in ARROWS {
        for used in graph[*name].iter().filter(|used| ours.contains(used.as_str())) {
            assert!(allowed.contains(&used.as_str()), "{name} must not depend on {used}");
        }
    }
}

#[test]
fn each_library_stays_in_its_room() {
    for (name, dependencies) in graph() {
        for (room, libraries) in ROOMS.iter().filter(|(room, _)| *room != name) {
            let strayed: Vec<_> = libraries.iter().filter(|library| dependencies.contains(**library)).collect();
            assert!(strayed.is_empty(), "{strayed:?} belong to {room}, and {name} uses them");
        }
        for used in dependencies.iter().filter(|_| name == "domain") {
            assert!(DOMAIN_USES.contains(&used.as_str()), "domain must not depend on {used}");
        }
    }
}

#[test]
fn only_one_file_of_the_window_talks_to_the_shell() {
    let mut seen = 0;
    for path in files(&[".ts", ".svelte"]) {
        let Ok(place) = path.strip_prefix("ui/src") else { continue };
        if place == Path::new("api.ts") || place.starts_with("bindings") {
            continue;
        }
        seen += 1;
        let text = fs::read_to_string(root().join(&path)).unwrap();
        for line in text.lines().filter(|line| line.contains("import") || line.contains("from ")) {
            let calls = line.contains("@tauri-apps") || (line.contains("bindings") && !line.contains("import type"));
            assert!(!calls, "{} talks to the shell past api.ts: {line}", place.display());
        }
    }
    assert!(seen > 10, "the window's sources were not found");
}

/// The names of the modules in a folder: files and folders with code.
fn modules(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let code = entries.filter(|path| path.is_dir() || path.extension().is_some_and(|extension| extension == "rs"));
    code.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).filter(|name| name != "mod").collect()
}

#[test]
fn a_use_case_has_one_name_in_app_shell_and_command_line() {
    let app = modules("src-tauri/crates/app/src");
    let map = fs::read_to_string(root().join("src-tauri/ARCHITECTURE.md")).unwrap();
    let table = map.split("## Where a use case lives").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<Vec<&str>> =
        rows.map(|row| row.split('|').map(|cell| cell.trim_matches([' ', '`'])).collect()).collect();
    let named = |column: usize| -> BTreeSet<String> {
        rows.iter().filter(|row| !row[column].is_empty()).map(|row| row[0].to_owned()).collect()
    };
    assert!(named(1).is_subset(&app), "not in app: {:?}", named(1).difference(&app));
    assert_eq!(named(2), modules("src-tauri/src/commands"), "the shell's files and the table differ");
    assert_eq!(named(3), modules("src-tauri/crates/cli/src/commands"), "the command line's files and the table differ");
}

/// Every file with code under a folder, with its text; of Rust up to its tests.
fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "ts" || extension == "svelte")
        {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text.split("#[cfg(test)]").next().unwrap().to_owned()));
        }
    }
}

#[test]
fn only_the_command_line_names_its_commands() {
    let arguments = fs::read_to_string(root().join("src-tauri/crates/cli/src/args.rs")).unwrap();
    let commands = arguments.split("enum Command {").nth(1).unwrap().split("\n}").next().unwrap();
    let variants = commands
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(char::is_uppercase));
    let named: Vec<String> =
        variants.map(|line| format!("`{}", line.split([' ', ',']).next().unwrap().to_lowercase())).collect();
    assert!(named.contains(&"`verify".to_owned()), "the commands were not found");
    let mut files = Vec::new();
    for room in ["app", "domain", "portfolio", "exchange", "vault"] {
        sources(&root().join("src-tauri/crates").join(room).join("src"), &mut files);
    }
    for (path, text) in files {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let names = line.contains("`coachfolio") || named.iter().any(|command| line.contains(command));
            assert!(!names, "{} names a command, which only the command line knows: {line}", path.display());
        }
    }
}

#[test]
fn every_code_of_a_failure_is_acted_on() {
    let failure = fs::read_to_string(root().join("src-tauri/crates/app/src/failure.rs")).unwrap();
    let codes = failure.split("enum Code {").nth(1).unwrap().split("\n}").next().unwrap();
    let codes: Vec<&str> =
        codes.lines().filter_map(|line| line.trim().strip_suffix(',')).filter(|line| !line.starts_with("//")).collect();
    assert!(codes.contains(&"Locked"), "the codes were not found");
    let mut faces = Vec::new();
    for face in ["src-tauri/crates/cli/src", "src-tauri/src", "ui/src"] {
        sources(&root().join(face), &mut faces);
    }
    faces.retain(|(path, _)| !path.starts_with(root().join("ui/src/bindings")));
    for code in codes {
        let words =
            code.chars().map(|c| if c.is_uppercase() { format!("-{}", c.to_lowercase()) } else { c.to_string() });
        let in_the_page = format!("'{}'", words.collect::<String>().trim_start_matches('-'));
        let in_rust = format!("Code::{code}");
        let acted_on = faces.iter().any(|(_, text)| text.contains(&in_the_page) || text.contains(&in_rust));
        assert!(acted_on, "nobody acts on the code {code}: a failure can do without it");
    }
}
