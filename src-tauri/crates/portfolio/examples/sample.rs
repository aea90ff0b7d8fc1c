//! Writes a sample portfolio to look at: `cargo run --release -p portfolio --example sample -- out.pdf [entries]`.

#[path = "../samples/mod.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod samples;

use std::ops::ControlFlow;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "sample.pdf".to_owned());
    let sample = match arguments.next().map(|count| count.parse()).transpose()? {
        None => samples::believable(),
        Some(0) => samples::empty(),
        Some(count) => samples::many(count),
    };
    let document = portfolio::outline(&sample);
    let (bytes, _) = portfolio::render(&document, &mut |_| ControlFlow::Continue(()))?;
    std::fs::write(path, bytes)?;
    Ok(())
}
