//! How long a portfolio takes: 500 entries of 250 words, and ten times as many.

#[path = "../samples/mod.rs"]
#[allow(dead_code, missing_docs, reason = "tests use the rest")]
mod samples;

use std::ops::ControlFlow;

use criterion::{Criterion, criterion_group, criterion_main};
use portfolio::{outline, render};

fn pdf(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pdf");
    group.sample_size(10);
    for count in [500, 5_000] {
        let sample = samples::Sample::many(count);
        group.bench_function(format!("pdf_{count}"), |bencher| {
            bencher.iter(|| {
                let document = outline(&sample.source());
                render(&document, &mut |_| ControlFlow::Continue(()))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, pdf);
criterion_main!(benches);
