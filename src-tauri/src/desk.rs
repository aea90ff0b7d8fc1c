//! What lies open: at most one vault, used by one command at a time, away from the main thread.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use app::{Clock, Code, Example, Failure, OpenVault};

use crate::recent::Recent;

/// The shell's only state.
#[derive(Clone)]
pub(crate) struct Desk {
    open: Arc<Mutex<Option<Open>>>,
    stop: Arc<AtomicBool>,
    /// The vaults opened recently.
    pub(crate) recent: Recent,
    /// What day it is.
    pub(crate) clock: Clock,
    /// Told whenever a vault was opened.
    opened: Arc<dyn Fn() + Send + Sync>,
}

/// An open vault: the coach's own, or the invented one that is thrown away again.
pub(crate) enum Open {
    /// The coach's own.
    Own(OpenVault),
    /// With invented data, in a folder of its own that goes with it.
    Example(Example),
}

impl Open {
    /// The vault itself.
    pub(crate) fn vault(&mut self) -> &mut OpenVault {
        match self {
            Open::Own(vault) => vault,
            Open::Example(example) => &mut example.vault,
        }
    }

    fn close(self) -> Result<(), Failure> {
        match self {
            Open::Own(vault) => vault.close(),
            Open::Example(example) => example.close(),
        }
    }
}

/// The folder that lies open, for the page that has just loaded.
pub(crate) struct OpenFolder {
    /// The vault's folder, when one is open.
    pub(crate) folder: Option<PathBuf>,
    /// Whether it is the example.
    pub(crate) example: bool,
}

impl Desk {
    /// A desk with nothing on it.
    pub(crate) fn new(recent: Recent, opened: impl Fn() + Send + Sync + 'static) -> Desk {
        let opened = Arc::new(opened);
        Desk { open: Arc::default(), stop: Arc::default(), recent, clock: Clock::default(), opened }
    }

    /// Whether a command is using the vault just now.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.open.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Does something with the open vault.
    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut OpenVault) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let desk = self.clone();
        away(move || desk.on(work)).await
    }

    /// The same for work that is away already.
    pub(crate) fn on<T>(&self, work: impl FnOnce(&mut OpenVault) -> Result<T, Failure>) -> Result<T, Failure> {
        match self.held().as_mut() {
            Some(open) => work(open.vault()),
            None => Err(Failure::new("The vault is locked.").hint("Unlock it to go on.").code(Code::Locked)),
        }
    }

    /// Opens a vault in place of the one that was open, and says what came with it.
    pub(crate) async fn open<T: Send + 'static>(
        &self,
        opening: impl FnOnce(Clock) -> Result<(Open, T), Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let desk = self.clone();
        away(move || {
            let mut held = desk.held();
            if let Some(before) = held.take() {
                before.close()?;
            }
            let (open, answer) = opening(desk.clock)?;
            if let Open::Own(vault) = &open {
                desk.recent.add(&shown(vault.folder()));
            }
            *held = Some(open);
            (desk.opened)();
            Ok(answer)
        })
        .await
    }

    /// Closes what is open; nothing open is fine too.
    pub(crate) async fn lock(&self) -> Result<(), Failure> {
        let desk = self.clone();
        away(move || desk.held().take().map_or(Ok(()), Open::close)).await
    }

    /// The same at the very end, when there is nobody left to report to.
    pub(crate) fn put_away(&self) {
        let _ = self.held().take().map(Open::close);
    }

    /// What is open.
    pub(crate) fn open_folder(&self) -> OpenFolder {
        let mut held = self.held();
        OpenFolder {
            example: matches!(*held, Some(Open::Example(_))),
            folder: held.as_mut().map(|open| open.vault().folder().to_owned()),
        }
    }

    /// What stops an export; set back to "go on" here, at its beginning.
    pub(crate) fn stopper(&self) -> Arc<AtomicBool> {
        self.stop.store(false, Ordering::Relaxed);
        Arc::clone(&self.stop)
    }

    /// Stops the export that is running.
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// A command that panicked leaves the vault as its last transaction did, so what it held can still be used.
    fn held(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs long work on a thread where it holds nobody up.
pub(crate) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tauri::async_runtime::spawn_blocking(work).await.map_err(|problem| of_the_window(&problem))?
}

/// A failure of the shell's own: the window, a dialog, a thread.
pub(crate) fn of_the_window(problem: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("The window could not do that: {problem}.")).hint("Close Coachfolio and start it again.")
}

/// A path as the page and the list of recent folders hold it.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
