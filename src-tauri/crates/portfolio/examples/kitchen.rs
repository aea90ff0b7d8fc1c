//! Renders Markdown files to a PDF, for looking at.
use portfolio::document::*;
use std::ops::ControlFlow;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let n: usize = args.get(3).and_then(|a| a.parse().ok()).unwrap_or(1);
    let source = std::fs::read_to_string(&args[1]).unwrap();
    let mut blocks = vec![];
    let mut toc = vec![Block::heading(1, "Contents"), Block::Contents];
    toc.truncate(2);
    for i in 0..n {
        blocks.push(Block::Heading(Heading { level: 2, text: vec![Inline::plain(format!("Record {i}"))], anchor: Some(Anchor(format!("r{i}"))), in_contents: true, bookmark: true }));
        blocks.push(Block::Paragraph(Voice::Note, vec![Inline::plain("See page\u{a0}"), Inline::PageOf(Anchor(format!("r{}", n - 1 - i)))]));
        blocks.extend(portfolio::markdown::blocks(&source, 2));
    }
    let d = Document { title: "Portfolio of evidence".into(), author: "Amira Osei".into(), language: "en-GB".into(), made: chrono::NaiveDate::from_ymd_opt(2026, 6, 12).unwrap(), running_head: "Amira Osei · Portfolio of evidence · May 2025 to April 2026".into(),
        parts: vec![Part { cover: false, band: None, blocks: toc }, Part { cover: false, band: Some(Colour(0, 94, 184)), blocks }] };
    let t = std::time::Instant::now();
    let mut last = portfolio::pdf::Stage::Writing;
    let (bytes, report) = portfolio::pdf::render(&d, &mut |p| { if p.stage != last { last = p.stage; eprintln!("{:?} {:?}", p.stage, t.elapsed()); } ControlFlow::Continue(()) }).unwrap();
    eprintln!("{:?} {} bytes {:?}", t.elapsed(), bytes.len(), report.pages);
    let mut m = report.missing; m.truncate(4); eprintln!("{m:?}");
    std::fs::write(&args[2], bytes).unwrap();
}
