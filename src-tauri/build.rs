//! Lets Tauri prepare what the window needs, and allows building before the page has been built.

fn main() {
    // The page is built by npm; an empty folder is enough for checks and for tests that open no window.
    if let Err(problem) = std::fs::create_dir_all("../ui/dist") {
        println!("cargo::warning=ui/dist cannot be made: {problem}");
    }
    // WebKit loads the system's SQLite beside the one that encrypts the vault: keep the two sets of symbols apart.
    if std::env::var_os("CARGO_CFG_TARGET_OS").is_some_and(|os| os == "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    tauri_build::build();
}
