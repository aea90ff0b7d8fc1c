//! Other people's PDFs are read once by a process of its own before they are read here. The crates that read and draw them
//! know no bounds, and a file of a few kilobytes can ask for all the memory there is; the system holds a process to some, and
//! whatever happens in it ends there.

use std::env;
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::refusal::Reason;

/// The program that can be started for it.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
/// What it is started with, and on which sheet after that.
const ARGUMENT: &str = "--rehearse";
/// What reading may take, in bytes: several times what the largest file takes that is shown.
#[cfg(unix)]
const MEMORY: u64 = 2 << 30;
/// How long it may take, in seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// To be called first of all in `main`. Where this process was started to rehearse, `read` does that with what comes in and
/// the word that was handed over, and the answer is yes: then there is nothing else to do. Otherwise this program can be
/// started for it from now on.
pub(crate) fn is_one(read: impl FnOnce(Vec<u8>, &str)) -> bool {
    let mut arguments = env::args_os().skip(1);
    if arguments.next().is_none_or(|first| first != ARGUMENT) {
        if let Ok(program) = env::current_exe() {
            // A program that was replaced while it runs is still there under this name.
            let same = PathBuf::from("/proc/self/exe");
            PROGRAM.set(if same.exists() { same } else { program }).ok();
        }
        return false;
    }
    bound();
    let mut content = Vec::new();
    let on = arguments.next().unwrap_or_default();
    if io::stdin().read_to_end(&mut content).is_ok() {
        read(content, &on.to_string_lossy());
    }
    true
}

/// Holds this process to its bounds: nothing is written to the disk, not even what would be left of it after a crash.
fn bound() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limits =
            [(Resource::Data, MEMORY), (Resource::Cpu, PATIENCE.as_secs()), (Resource::Core, 0), (Resource::Fsize, 0)];
        for (resource, most) in limits {
            // What a system does not know it cannot hold to.
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok();
        }
    }
}

/// Reads a file for `on` in a process of its own. `go_on` is asked all the while and may stop it. Where none can be started,
/// such as in tests, nothing is known beforehand.
///
/// # Errors
/// Why it should not be read here.
pub(crate) fn go(content: Arc<[u8]>, on: &str, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<(), Reason> {
    let Some(program) = PROGRAM.get() else { return Ok(()) };
    let mut command = Command::new(program);
    // Nothing of this process goes along but the file: the passphrase may stand in a variable.
    command.args([ARGUMENT, on]).env_clear().stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return Ok(()) };
    if let Some(mut pipe) = child.stdin.take() {
        // One that ended early reads no further.
        std::thread::spawn(move || drop(pipe.write_all(&content)));
    }
    let ended = watched(&mut child, go_on);
    if ended.is_err() {
        child.kill().ok();
        child.wait().ok();
    }
    judged(ended?)
}

fn watched(child: &mut Child, go_on: &mut dyn FnMut() -> ControlFlow<()>) -> Result<ExitStatus, Reason> {
    let (begun, mut pause) = (Instant::now(), Duration::from_millis(1));
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if begun.elapsed() > PATIENCE => return Err(Reason::TooSlow),
            Ok(None) if go_on().is_break() => return Err(Reason::Stopped),
            Ok(None) => std::thread::sleep(pause),
            Err(_) => return Err(Reason::TooLarge),
        }
        pause = (pause * 2).min(Duration::from_millis(40));
    }
}

/// Whoever was out of time ended otherwise than whoever was out of memory.
fn judged(status: ExitStatus) -> Result<(), Reason> {
    if status.success() {
        return Ok(());
    }
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status).is_some_and(|signal| [9, 24].contains(&signal)) {
        return Err(Reason::TooSlow);
    }
    Err(Reason::TooLarge)
}
