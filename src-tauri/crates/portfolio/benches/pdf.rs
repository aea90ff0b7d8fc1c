//! How long a portfolio takes: 500 entries of 250 words, and ten times as many; which part of that each stage takes; and
//! how soon the work stops when it is stopped, at moments spread over all of it.

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

#[path = "../samples/mod.rs"]
#[allow(dead_code, missing_docs, reason = "tests use the rest")]
mod samples;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use portfolio::document::{Block, Document, Inline, Voice};
use portfolio::{outline, render};

fn pdf(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pdf");
    group.sample_size(10);
    for count in [500, 5_000] {
        let sample = samples::many(count);
        group.bench_function(format!("pdf_{count}"), |bencher| {
            bencher.iter(|| {
                let document = outline(&sample);
                render(&document, &mut |_| ControlFlow::Continue(()))
            });
        });
    }
    group.finish();
}

fn stopping(_: &mut Criterion) {
    let long = |document: &Document, words: &str| {
        let mut document = document.clone();
        let blocks = vec![Block::Paragraph(Voice::Body, vec![Inline::plain(words)])];
        document.parts.iter_mut().for_each(|part| part.blocks.clone_from(&blocks));
        document.parts.truncate(1);
        document
    };
    let few = outline(&samples::many(500));
    for (name, document) in [
        ("500 entries", few.clone()),
        ("5,000 entries", outline(&samples::many(5_000))),
        ("a paragraph of 100,000 words", long(&few, &"when the person had said it, we were quiet ".repeat(11_111))),
        ("a paragraph of 100,000 words in Bengali", long(&few, &"আমি ভালো আছি, ক্ষমা করবেন। ".repeat(20_000))),
    ] {
        let stages = stages(&document);
        let whole: Duration = stages.iter().map(|(_, took)| *took).sum();
        let longest = (0..40).map(|part| stopped(&document, whole * part / 40)).max().unwrap_or_default();
        println!("{name}: {whole:.2?}, longest until stopped {longest:.0?}");
        for (stage, took) in stages {
            println!("  {stage} {:.2}", took.as_secs_f32() / whole.as_secs_f32());
        }
    }
}

/// How long each stage takes.
fn stages(document: &Document) -> Vec<(String, Duration)> {
    let mut stages: Vec<(String, Duration)> = Vec::new();
    let mut from = Instant::now();
    let _ = render(document, &mut |progress| {
        let name = format!("{:?}", progress.stage);
        if stages.last().is_none_or(|(last, _)| *last != name) {
            stages.push((name, Duration::ZERO));
        }
        if let Some((_, took)) = stages.last_mut() {
            *took += from.elapsed();
            from = Instant::now();
        }
        ControlFlow::Continue(())
    });
    stages
}

/// How long the work still goes on after somebody stops it at `moment`.
fn stopped(document: &Document, moment: Duration) -> Duration {
    let from = Instant::now();
    let done = render(document, &mut |_| {
        if from.elapsed() >= moment { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if done.is_ok() { Duration::ZERO } else { from.elapsed().saturating_sub(moment) }
}

criterion_group!(benches, pdf, stopping);
criterion_main!(benches);
