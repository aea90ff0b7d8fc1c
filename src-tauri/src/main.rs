//! The shell: one window around `app`. It asks, shows and passes on; it holds no rules.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod bindings;
mod commands;
mod desk;
#[cfg(target_os = "linux")]
mod desktop;
mod dialogs;
mod events;
mod held;
mod offline;
mod recent;
mod voice;
mod window;
mod zoom;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    app::keep_memory_out_of_dumps();
    if app::is_rehearsal() {
        return Ok(());
    }
    offline::prepare()?;
    window::run()?;
    Ok(())
}
