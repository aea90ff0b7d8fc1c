//! The portfolio as a PDF, read back by other programs; what happens when it cannot be written.

use std::fs;
use std::process::Command;

use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::{Coach, text_of};

#[test]
fn the_examples_portfolio_reads_back() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    let report = coach.json(&["export", "VAULT", "--pdf", "out.pdf"]);
    assert!(report["pages"].as_u64().unwrap() > 50, "{report}");
    assert_eq!(report["audience"], "whole", "nobody was named");
    let withheld = "Figures over fewer than five people were withheld in 1 record.";
    assert_eq!(report["left_out"][0]["why"], withheld, "{}", report["left_out"]);
    let not_shown = report["not_shown"].as_array().unwrap();
    assert_eq!(not_shown.len(), 1, "everything the example writes can be drawn: {not_shown:?}");
    // "Four people filled in both sheets."
    assert!(not_shown[0]["what"].as_str().unwrap().starts_with("Its figures are withheld"), "{not_shown:?}");
    let text = text_of(&coach.at("out.pdf"));
    let framework = coach.json(&["framework"]);
    let plain = crate::squeezed(&text);
    for competency in framework["competencies"].as_array().unwrap() {
        let title = competency["title"].as_str().unwrap();
        assert!(plain.contains(&crate::squeezed(title)), "{title}");
    }
    let checked = Command::new("qpdf").arg("--check").arg(coach.at("out.pdf")).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    assert_eq!(broken(&fs::read(coach.at("out.pdf")).unwrap()), [""; 0]);
}

/// Every rule of PDF/UA-1 and PDF/A-2a that a file breaks, by a validator that is not ours.
fn broken(bytes: &[u8]) -> Vec<String> {
    let mut broken = Vec::new();
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        // Bookmarks and structure are long chains, not deep nests.
        let limits = SafetyLimits::default().with_max_reference_depth(100_000);
        let report = validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile).limits(limits)).unwrap();
        assert!(report.rules.total > 50, "the validator looked at {} rules", report.rules.total);
        broken.extend(report.failures.iter().map(|failure| format!("{}: {}", failure.rule_id, failure.message)));
    }
    broken
}

#[test]
fn the_same_records_on_the_same_day_give_the_same_bytes() {
    let coach = Coach::new();
    for vault in ["one", "two"] {
        coach.does(&["demo", vault]);
        coach.does(&["export", vault, "--pdf", &format!("{vault}.pdf")]);
    }
    assert!(fs::read(coach.at("one.pdf")).unwrap() == fs::read(coach.at("two.pdf")).unwrap());
}

#[test]
fn a_period_or_a_choice_leaves_the_rest_out() {
    let coach = Coach::with_vault();
    let add = |title: &str, date: &str| {
        coach.json(&[
            "add",
            "VAULT",
            "reflection",
            "--set",
            &format!("title={title}"),
            "--set",
            &format!("date={date}"),
        ])
    };
    add("Snowdrops", "2026-02-01");
    let may = add("Hawthorn", "2026-05-01");
    coach.does(&["export", "VAULT", "--pdf", "spring.pdf", "--from", "2026-04-01", "--to", "2026-05-31"]);
    let text = text_of(&coach.at("spring.pdf"));
    assert!(text.contains("Hawthorn") && !text.contains("Snowdrops"));
    coach.does(&["export", "VAULT", "--pdf", "one.pdf", "--only", may["id"].as_str().unwrap()]);
    assert!(!text_of(&coach.at("one.pdf")).contains("Snowdrops"));
    coach.refused(2, &["export", "VAULT", "--pdf", "x.pdf", "--from", "2026-05-31", "--to", "2026-04-01"]);
    assert!(!coach.at("x.pdf").exists());
}

#[test]
fn an_empty_vault_has_a_portfolio_too() {
    let coach = Coach::with_vault();
    coach.does(&["export", "VAULT", "--pdf", "out.pdf"]);
    assert!(text_of(&coach.at("out.pdf")).contains("not yet"));
}

#[test]
fn a_place_that_cannot_be_written_is_refused_and_left_alone() {
    let coach = Coach::with_vault();
    coach.refused(2, &["export", "VAULT", "--pdf", "no/such/folder/out.pdf"]);
    fs::create_dir(coach.at("folder.pdf")).unwrap();
    coach.refused(2, &["export", "VAULT", "--pdf", "folder.pdf"]);
    coach.writes("file", "");
    coach.refused(2, &["export", "VAULT", "--jsonl", "file"]);
    coach.refused(2, &["export", "VAULT"]);
}

/// A small disk in the coach's folder, taken away again.
pub(crate) struct SmallDisk<'a>(&'a Coach);

impl SmallDisk<'_> {
    /// One of a size such as `64k`; nothing where this account may not mount one.
    pub(crate) fn mount<'a>(coach: &'a Coach, size: &str) -> Option<SmallDisk<'a>> {
        fs::create_dir(coach.at("disk")).unwrap();
        let options = format!("size={size}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(coach.at("disk")).output();
        let mounted = mount.is_ok_and(|output| output.status.success());
        // Mounting takes rights that not every account has; where tests run as root it is never skipped.
        assert!(mounted || !is_root(), "root can mount a small disk");
        mounted.then_some(SmallDisk(coach))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0.at("disk")).status().ok();
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let coach = Coach::new();
    coach.does(&["demo", "VAULT"]);
    let Some(_disk) = SmallDisk::mount(&coach, "64k") else { return };
    let left = || fs::read_dir(coach.at("disk")).unwrap().count();
    for arguments in [["export", "VAULT", "--pdf", "disk/out.pdf"], ["export", "VAULT", "--jsonl", "disk/out"]] {
        let err = coach.refused(2, &arguments);
        assert!(err.contains("no room"), "{err}");
        assert_eq!(left(), 0, "{arguments:?}");
    }
    coach.writes("disk/out.pdf", "an earlier portfolio");
    coach.refused(2, &["export", "VAULT", "--pdf", "disk/out.pdf"]);
    assert_eq!(fs::read_to_string(coach.at("disk/out.pdf")).unwrap(), "an earlier portfolio");
    assert_eq!(left(), 1);
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.trim_ascii() == b"0"
}

#[test]
fn nothing_is_written_into_a_vault_or_over_what_is_no_file() {
    let coach = Coach::with_vault();
    coach.does(&["add", "VAULT", "reflection", "--set", "title=Kept"]);
    coach.does(&["init", "OTHER"]);
    let before = fs::read(coach.at("VAULT/vault.key")).unwrap();
    std::os::unix::fs::symlink(coach.at("VAULT"), coach.at("link")).unwrap();
    for arguments in [
        ["export", "VAULT", "--pdf", "VAULT/vault.db"],
        ["export", "VAULT", "--pdf", "VAULT/vault.key"],
        ["export", "VAULT", "--pdf", "VAULT/portfolio.pdf"],
        ["export", "VAULT", "--pdf", "link/vault.key"],
        ["export", "VAULT", "--pdf", "OTHER/vault.db"],
        ["export", "VAULT", "--jsonl", "VAULT"],
        ["export", "VAULT", "--jsonl", "VAULT/out/deep"],
        ["export", "VAULT", "--jsonl", "link/out"],
    ] {
        let err = coach.refused(2, &arguments);
        assert!(err.contains("vault's own folder"), "{arguments:?}: {err}");
    }
    assert_eq!(fs::read(coach.at("VAULT/vault.key")).unwrap(), before);
    assert!(!coach.at("VAULT/out").exists() && !coach.at("VAULT/records.jsonl").exists());
    assert_eq!(coach.records(), 1);
    let made = Command::new("mkfifo").arg(coach.at("pipe")).status().unwrap();
    assert!(made.success());
    assert!(coach.refused(2, &["export", "VAULT", "--pdf", "pipe"]).contains("not an ordinary file"));
    coach.does(&["export", "VAULT", "--jsonl", "beside"]);
}

/// A figure over so many people.
fn measure(title: &str, people: u32) -> String {
    format!(
        r#"{{"kind":"impact","date":"2026-05-05","title":"{title}","measure":"PAM","people":{people},"before":41.37,"after":58.64,"better":"higher"}}"#
    )
}

/// A vault with something of each sort that not every reader is given.
fn with_something_for_everyone() -> Coach {
    let coach = Coach::with_vault();
    let entry = |title: &str, claims: &str| {
        format!(r#"{{"kind":"reflection","date":"2026-05-06","title":"{title}","claims":[{claims}]}}"#)
    };
    let met = |title: &str, of: &str| {
        format!(
            r#"{{"kind":"supervision","date":"2026-05-07","title":"{title}","type":"{of}","format":"individual","minutes":60,"body":"What we said."}}"#
        )
    };
    let lines = [
        measure("Four people", 4),
        entry("Kept to myself", ""),
        entry("Put forward", r#"{"competency":"1.3"}"#),
        met("With my manager", "line-management"),
        met("With my clinician", "clinical"),
        r#"{"kind":"session","date":"2026-05-08","title":"Client A, session 1","minutes":50,"format":"one-to-one","mode":"video","body":"Afraid of the stairs."}"#.to_owned(),
    ];
    coach.writes("in.jsonl", lines.join("\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach
}

/// The page for a reader, and what was left out of it.
fn page(coach: &Coach, whom: &str) -> (String, String) {
    let report = coach.json(&["export", "VAULT", "--html", "out.html", "--for", whom]);
    (fs::read_to_string(coach.at("out.html")).unwrap(), report["left_out"].to_string())
}

#[test]
fn small_figures_do_not_leave_and_private_entries_stay() {
    let coach = with_something_for_everyone();
    let (appraisal, left_out) = page(&coach, "appraisal");
    assert!(!appraisal.contains("41.37") && !appraisal.contains("58.64"), "four people are too few");
    for words in [
        "fewer than five",
        "private until they are put forward",
        "Kept to myself",
        "another supervisor: 1 record",
        "With my clinician",
    ] {
        assert!(left_out.contains(words), "{words}: {left_out}");
    }
    assert!(appraisal.contains("Put forward") && !appraisal.contains("Kept to myself"));
    assert!(!appraisal.contains("With my manager") && !appraisal.contains("With my clinician"));
    assert!(left_out.contains("Notes of line management that were not put forward: 1 record"), "{left_out}");
    assert!(page(&coach, "line-management").0.contains("With my manager"));
    assert!(!appraisal.contains("Client A, session 1") && !appraisal.contains("Afraid of the stairs"));
    assert!(appraisal.contains("50 min"), "that it was held is for every reader");
    assert!(left_out.contains("Notes and names of sessions"), "{left_out}");
    let (clinical, _) = page(&coach, "clinical");
    assert!(clinical.contains("With my clinician") && !clinical.contains("With my manager"));
    let (full, _) = page(&coach, "full");
    assert!(full.contains("41.37") && full.contains("Kept to myself") && full.contains("Afraid of the stairs"));

    coach.writes("five.jsonl", measure("Five people", 5));
    coach.does(&["import", "VAULT", "five.jsonl"]);
    assert!(page(&coach, "appraisal").0.contains("41.37"), "five are enough");
    coach.does(&["export", "VAULT", "--pdf", "out.pdf", "--for", "assessor"]);
    assert!(!text_of(&coach.at("out.pdf")).contains("With my"));
}

#[test]
fn what_is_picked_out_goes_along_this_once() {
    let coach = with_something_for_everyone();
    let id = |title: &str| {
        let found = coach.json(&["search", "VAULT", title]);
        found["hits"][0]["id"].as_str().unwrap().to_owned()
    };
    let (kept, other, session) = (id("Kept to myself"), id("With my clinician"), id("Client A, session 1"));
    let also = ["export", "VAULT", "--html", "out.html", "--for", "appraisal", "--also", &kept, &other, &session];
    let report = coach.json(&also);
    let with = fs::read_to_string(coach.at("out.html")).unwrap();
    for words in ["Kept to myself", "With my clinician", "Afraid of the stairs"] {
        assert!(with.contains(words), "{words} was chosen for this once");
    }
    assert!(with.contains("Put forward"), "and the rest as before");
    assert!(!report["left_out"].to_string().contains("private"), "{}", report["left_out"]);
    assert!(!page(&coach, "appraisal").0.contains("Kept to myself"), "the next one begins anew");
    let nobody = "01900000-0000-7000-8000-000000000000";
    coach.refused(2, &["export", "VAULT", "--html", "out.html", "--for", "appraisal", "--also", nobody]);
}

#[test]
fn who_had_no_part_in_it_is_not_named() {
    let coach = Coach::with_vault();
    let person = |name: &str| {
        let name = format!("name={name}");
        coach.json(&["add", "VAULT", "person", "--set", &name, "--set", "title=A person", "--set", "role=observer"])["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let (seen, _) = (person("Agnieszka Wójcik"), person("Bronwen Pugh"));
    let observer = format!("observer={seen}");
    coach.does(&["add", "VAULT", "observation", "--set", "title=Seen", "--set", &observer, "--set", "source=live"]);
    coach.does(&["export", "VAULT", "--html", "out.html", "--for", "assessor"]);
    let page = fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(page.contains("Agnieszka") && !page.contains("Bronwen"));
}

#[test]
fn certificates_and_pictures_are_shown_and_what_cannot_be_is_named() {
    let coach = Coach::with_vault();
    coach.does(&["export", "VAULT", "--pdf", "course.pdf"]);
    let run = |tool: &str, arguments: &[&str]| {
        let done = Command::new(tool).args(arguments).current_dir(coach.at(".")).output().unwrap();
        assert!(done.status.success(), "{tool}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    run("qpdf", &["course.pdf", "--pages", ".", "2-3", "--", "two.pdf"]);
    run("qpdf", &["--encrypt", "open", "owner", "256", "--", "course.pdf", "locked.pdf"]);
    run("pdftoppm", &["-r", "40", "-f", "2", "-l", "2", "-png", "course.pdf", "photo"]);
    let photo = fs::read_dir(coach.at(".")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let photo = photo.into_iter().find(|name| name.starts_with("photo")).unwrap();
    coach.writes("phone.heic", "\0\0\0\u{18}ftypheic\0\0\0\0mif1heic");
    let add = ["add", "VAULT", "learning", "--set", "title=A course", "--set", "form=course", "--set", "minutes=60"];
    let files = ["--set", "certificate=two.pdf", "--attach", "two.pdf", "locked.pdf", "phone.heic", &photo];
    coach.does(&[&add[..], &files[..]].concat());
    let report = coach.json(&["export", "VAULT", "--pdf", "out.pdf"]);
    let not_shown: Vec<&str> =
        report["not_shown"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(not_shown.len(), 2, "{not_shown:?}");
    assert!(not_shown[0].contains("locked.pdf") && not_shown[0].contains("password"), "{not_shown:?}");
    assert!(not_shown[1].contains("phone.heic") && not_shown[1].contains("HEIC"), "{not_shown:?}");
    assert!(run("pdfimages", &["-list", "out.pdf"]).lines().count() == 3, "one picture");
    let text = crate::squeezed(&text_of(&coach.at("out.pdf")));
    assert!(text.contains("two.pdf,page1of2") && text.contains("Page2of2"));
    assert!(run("pdfinfo", &["-struct", "out.pdf"]).contains("Figure"));
    assert!(run("pdfdetach", &["-list", "out.pdf"]).contains("0 embedded files"));
    coach.does(&["export", "VAULT", "--pdf", "with.pdf", "--originals"]);
    assert!(run("pdfdetach", &["-list", "with.pdf"]).contains("4 embedded files"));
    run("pdfdetach", &["-savefile", "two.pdf", "-o", "back.pdf", "with.pdf"]);
    assert!(fs::read(coach.at("back.pdf")).unwrap() == fs::read(coach.at("two.pdf")).unwrap(), "every byte");
}

#[test]
fn what_is_kept_private_does_not_look_like_a_gap() {
    let coach = Coach::with_vault();
    let met = r#"{"kind":"supervision","date":"2026-05-07","title":"Between us","type":"health-coaching","format":"individual","minutes":60,"usefulness":2,"claims":[{"competency":"1.2"}]}"#;
    let said = r#"{"kind":"feedback","date":"2026-05-08","title":"Not to be used","from":"client","consent":false,"claims":[{"competency":"1.2"}]}"#;
    coach.writes("in.jsonl", format!("{met}\n{said}\n"));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    let page = |whom: &str| {
        coach.does(&["export", "VAULT", "--html", "out.html", "--for", whom]);
        fs::read_to_string(coach.at("out.html")).unwrap()
    };
    let clinical = page("clinical");
    assert!(clinical.contains("1 record, not in this copy") && !clinical.contains("Between us"));
    let supervision = page("supervision");
    assert!(supervision.contains("Between us") && !supervision.contains("How useful"));
    assert!(!supervision.contains("Not to be used"), "who said it did not agree");
    assert!(page("full").contains("How useful"));
}

#[test]
fn a_period_is_counted_to_its_last_day() {
    let coach = Coach::with_vault();
    let session = |date: &str| {
        format!(
            r#"{{"kind":"session","date":"{date}","title":"Held","minutes":600,"format":"one-to-one","mode":"video"}}"#
        )
    };
    coach.writes("in.jsonl", format!("{}\n{}\n", session("2025-03-01"), session("2026-03-01")));
    coach.does(&["import", "VAULT", "in.jsonl"]);
    coach.does(&["export", "VAULT", "--html", "out.html", "--from", "2025-01-01", "--to", "2025-12-31"]);
    let page = fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(page.contains("10 hours") && !page.contains("20 hours"), "hours until the period's last day");
    let err = coach.refused(2, &["export", "VAULT", "--html", "x.html", "--from", "2031-01-01"]);
    assert!(err.contains("still to come"), "{err}");
    let id = coach.json(&["list", "VAULT"])[0]["id"].as_str().unwrap().to_owned();
    let err = coach.refused(2, &["export", "VAULT", "--html", "x.html", "--to", "2025-12-31", "--only", &id]);
    assert!(err.contains("outside the period"), "{err}");
}
