//! Small files and texts that ask for more than anyone has: each is shown as far as can be, or refused by name, and the rest
//! goes on.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::json;

use crate::{Coach, Said};

/// A PDF of one page whose contents are these operators, packed.
fn pdf(operators: &str) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(operators.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>";
    let length = format!("<< /Length {} /Filter /FlateDecode >>", packed.len());
    let objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, &length];
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        write!(file, "{number} 0 obj\n{object}\n").unwrap();
        if number == 4 {
            file.extend([b"stream\n".as_slice(), &packed, b"\nendstream\n"].concat());
        }
        file.extend(b"endobj\n");
    }
    let table = file.len();
    write!(file, "xref\n0 5\n0000000000 65535 f \n").unwrap();
    places.iter().for_each(|place| writeln!(file, "{place:010} 00000 n ").unwrap());
    write!(file, "trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file
}

/// A command in 4 GB of memory, of which what is mapped and not used counts too.
fn bounded(coach: &Coach, arguments: &[&str]) -> Said {
    let inner = coach.command(arguments);
    let mut bounded = Command::new("sh");
    bounded.current_dir(coach.home.path()).args(["-c", "ulimit -v 4000000; exec \"$0\" \"$@\""]);
    bounded.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    Said::of(&bounded.arg(inner.get_program()).args(inner.get_args()).output().unwrap())
}

#[test]
fn a_pdf_that_unpacks_to_more_than_there_is_memory_is_named_and_the_rest_goes_out() {
    let coach = Coach::with_vault();
    let bomb = pdf(&"q Q ".repeat(6_000_000));
    assert!(bomb.len() < 65_000, "{}", bomb.len());
    coach.writes("bomb.pdf", bomb);
    coach.writes("good.pdf", pdf("0 0 100 100 re f"));
    let add = ["add", "VAULT", "reflection", "--set", "title=One", "--attach", "bomb.pdf", "good.pdf"];
    coach.does(&[&add[..], &["--claim", "1.3"]].concat());
    for (target, file) in [("--pdf", "out.pdf"), ("--html", "out.html")] {
        let said = bounded(&coach, &["export", "VAULT", target, file]);
        assert_eq!(said.status, 0, "{target} {}", said.err);
        let named = said.out.contains("bomb.pdf is too large") || said.out.contains("bomb.pdf takes too long");
        assert!(named && !said.out.contains("good.pdf is too"), "{}", said.out);
    }
    let left: Vec<_> = fs::read_dir(coach.home.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left.len(), 6, "nothing else was left: {left:?}");
}

#[test]
fn a_text_that_is_nested_or_spread_out_beyond_measure_goes_everywhere() {
    let coach = Coach::with_vault();
    let row = |cell: &str, columns: usize| format!("{}|\n", format!("|{cell}").repeat(columns));
    let texts = [
        "> ".repeat(8_000) + "deep word",
        "- ".repeat(4_000) + "deep word",
        "> - ".repeat(3_000) + "deep word",
        row("a", 1_000) + &row("-", 1_000) + &"|word\n".repeat(1_300),
        format!("> {}> {}{}\nafter it", row("a", 200), row("-", 200), format!("> {}", row("word", 200)).repeat(200)),
        "[".repeat(20_000) + "word",
        "*a **b ".repeat(5_000) + "word",
        (0..2_000).map(|n| format!("[^{n}]: [^{}] word\n\n", n + 1)).collect(),
    ];
    let mut lines = String::new();
    for (number, body) in (1..).zip(&texts) {
        let id = format!("01890000-0000-7000-8000-{number:012}");
        let line = json!({ "id": id, "kind": "reflection", "date": "2026-03-01", "title": format!("Text {number}"),
                           "body": body });
        lines += &format!("{line}\n");
    }
    coach.writes("in.jsonl", lines);
    assert_eq!(bounded(&coach, &["import", "VAULT", "in.jsonl"]).status, 0);
    assert_eq!(coach.json(&["search", "VAULT", "word"])["total"], texts.len());
    for arguments in [
        ["export", "VAULT", "--html", "out.html"].as_slice(),
        &["export", "VAULT", "--pdf", "out.pdf"],
        &["export", "VAULT", "--jsonl", "out"],
        &["show", "VAULT", "01890000-0000-7000-8000-000000000001"],
        &["verify", "VAULT"],
    ] {
        let said = bounded(&coach, arguments);
        assert_eq!(said.status, 0, "{arguments:?} {}", said.err);
    }
    let html = fs::read_to_string(coach.at("out.html")).unwrap();
    assert!(html.len() < 3_000_000 && html.contains("after it"), "{}", html.len());
}
