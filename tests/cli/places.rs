//! Where files go, and by whose clock: links, permissions, and the hour after midnight.

use std::fs;

use serde_json::json;

use crate::{Coach, Said};

#[cfg(unix)]
#[test]
fn an_export_follows_a_link_and_keeps_the_permissions_of_what_stood_there() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=One"]);
    let mode = |name: &str| fs::metadata(coach.at(name)).unwrap().permissions().mode() & 0o777;
    let allow = |name: &str, mode| fs::set_permissions(coach.at(name), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(coach.at("shared")).unwrap();
    coach.writes("shared/out.html", "old");
    allow("shared/out.html", 0o664);
    symlink("shared/out.html", coach.at("link.html")).unwrap();
    symlink("shared/new.html", coach.at("dangling.html")).unwrap();
    symlink("round.html", coach.at("round.html")).unwrap();
    for name in ["link.html", "dangling.html"] {
        coach.does(&["export", "VAULT", "--html", name]);
        assert!(fs::symlink_metadata(coach.at(name)).unwrap().is_symlink(), "{name}");
        assert!(fs::read_to_string(coach.at(name)).unwrap().contains("<html"), "{name}");
    }
    assert_eq!((mode("shared/out.html"), mode("shared/new.html")), (0o664, 0o600), "a new file is the coach's alone");
    assert!(coach.refused(2, &["export", "VAULT", "--html", "round.html"]).contains("circle"));
    allow("shared/out.html", 0o444);
    let before = fs::read(coach.at("shared/out.html")).unwrap();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Two"]);
    assert!(coach.refused(2, &["export", "VAULT", "--html", "link.html"]).contains("may only be read"));
    assert!(fs::read(coach.at("shared/out.html")).unwrap() == before);
    // A link is no way into a vault either.
    symlink("VAULT/vault.db", coach.at("into.html")).unwrap();
    assert!(coach.refused(2, &["export", "VAULT", "--html", "into.html"]).contains("vault's own folder"));
    coach.does(&["verify", "VAULT"]);
}

#[test]
fn days_are_those_of_the_coachs_own_clock() {
    let coach = Coach::with_vault();
    let at = "2026-06-30T23:30:00Z";
    let line = json!({ "id": "01890000-0000-7000-8000-000000000001", "kind": "reflection", "date": "2026-07-01",
                       "title": "Just after midnight", "created": at, "modified": at });
    coach.writes("in.jsonl", line.to_string());
    // An hour and fourteen hours east of Greenwich, whatever the machine knows of zones.
    let at_home =
        |zone: &str, arguments: &[&str]| Said::of(&coach.command(arguments).env("TZ", zone).output().unwrap()).out;
    at_home("BST-1", &["import", "VAULT", "in.jsonl"]);
    let show = ["show", "VAULT", "01890000-0000-7000-8000-000000000001"];
    assert!(at_home("BST-1", &show).contains("Written on the day."), "{}", at_home("BST-1", &show));
    assert!(at_home("UTC", &show).contains("Written 1 day before its date."));
    coach.does(&["delete", "VAULT", show[2]]);
    let shifted = |moment: &serde_json::Value, hours: i64| {
        chrono::DateTime::parse_from_rfc3339(moment.as_str().unwrap()).unwrap() + chrono::TimeDelta::hours(hours)
    };
    let binned = &coach.json(&["bin", "VAULT"])["records"][0]["binned"];
    // On one of the two sides it is another day than in Greenwich.
    for (zone, hours) in [("EAST-14", 14), ("WEST+12", -12)] {
        let (said, day) = (at_home(zone, &["bin", "VAULT"]), shifted(binned, hours).format("deleted on %-d %B %Y"));
        assert!(said.contains(&day.to_string()), "{said}");
    }
    coach.does(&["bin", "VAULT", "--restore", show[2]]);
    coach.does(&["export", "VAULT", "--html", "out.html"]);
    let given = shifted(&coach.json(&["releases", "VAULT"])["releases"][0]["at"], 14).format("%Y-%m-%d %H:%M");
    assert!(at_home("EAST-14", &["releases", "VAULT"]).starts_with(&given.to_string()));
}

#[cfg(unix)]
#[test]
fn a_vault_that_can_only_be_read_opens_for_reading() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;
    let coach = Coach::with_vault();
    let id = coach.json(&["add", "VAULT", "reflection", "--set", "title=One"])["id"].as_str().unwrap().to_owned();
    let allow = |name: &str, mode| fs::set_permissions(coach.at(name), fs::Permissions::from_mode(mode)).unwrap();
    let vault = || {
        let files = fs::read_dir(coach.at("VAULT")).unwrap().map(|file| file.unwrap().path());
        files.map(|file| (file.clone(), fs::read(file).unwrap())).collect::<std::collections::BTreeMap<_, _>>()
    };
    for path in vault().keys() {
        fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
    }
    fs::create_dir(coach.at("out")).unwrap();
    for (name, mode) in [(".", 0o755), ("VAULT", 0o555), ("out", 0o777)] {
        allow(name, mode);
    }
    // For whoever may write everywhere there is nothing that can only be read.
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let someone = |arguments: &[&str]| {
        let inner = coach.command(arguments);
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(inner.get_program());
        command.args(inner.get_args()).current_dir(coach.home.path());
        command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Said::of(&if is_root { command } else { coach.command(arguments) }.output().unwrap())
    };
    let before = vault();
    for arguments in
        [&["list", "VAULT"][..], &["show", "VAULT", &id], &["verify", "VAULT"], &["export", "VAULT", "--jsonl", "out"]]
    {
        let said = someone(arguments);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{arguments:?}");
    }
    assert!(fs::read_to_string(coach.at("out/records.jsonl")).unwrap().contains("One"));
    let refused = someone(&["add", "VAULT", "reflection", "--set", "title=Two"]);
    assert!(refused.status == 2 && refused.err.contains("it can only be read"), "{} {}", refused.status, refused.err);
    assert!(vault() == before);
    allow("VAULT", 0o755);
    assert_eq!(coach.records(), 1);
}
