//! No network, ever: what is closed before the window opens, beside the page's own policy in `tauri.conf.json`.

use tauri::Url;

/// A proxy at which nothing listens: a request that gets past the policy ends here.
pub(crate) const DEAD_PROXY: &str = "http://127.0.0.1:9";

/// Whether the window may go there: the app's own page, and nothing else.
#[must_use]
pub(crate) fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // On Windows the app's own scheme wears this name.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Sets up the process before any thread runs and before GTK starts.
#[cfg(not(target_os = "linux"))]
pub(crate) fn prepare() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

/// Sets up the process before any thread runs and before GTK starts.
#[cfg(target_os = "linux")]
pub(crate) fn prepare() -> Result<(), Box<dyn std::error::Error>> {
    linux::draw_without_dmabuf()?;
    linux::refuse_internet_sockets()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::env;
    use std::error::Error;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    };

    const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// WebKit's other way of drawing starts slower, takes 64 MB more and leaves the window blank with some drivers.
    ///
    /// Setting a variable of one's own process is unsafe in Rust, so the process starts itself once more with it set.
    pub(super) fn draw_without_dmabuf() -> Result<(), Box<dyn Error>> {
        if env::var_os(DMABUF).is_some() {
            return Ok(());
        }
        Err(Command::new(env::current_exe()?).args(env::args_os().skip(1)).env(DMABUF, "1").exec().into())
    }

    /// Makes the kernel refuse internet sockets to this process and to those of WebKit that it starts.
    ///
    /// A test drives the window through such a socket, so debug builds leave it out when they are driven.
    pub(super) fn refuse_internet_sockets() -> Result<(), Box<dyn Error>> {
        if cfg!(debug_assertions) && env::var_os("TAURI_AUTOMATION").is_some() {
            return Ok(());
        }
        let family = |family: libc::c_int| -> Result<SeccompRule, Box<dyn Error>> {
            let value = u64::try_from(family)?;
            let is = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)?;
            Ok(SeccompRule::new(vec![is])?)
        };
        let rules = BTreeMap::from([
            (libc::SYS_socket, vec![family(libc::AF_INET)?, family(libc::AF_INET6)?]),
            // A ring can open sockets that the rule above does not see.
            (libc::SYS_io_uring_setup, vec![]),
        ]);
        let refuse = SeccompAction::Errno(u32::try_from(libc::EACCES)?);
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, env::consts::ARCH.try_into()?)?;
        seccompiler::apply_filter(&BpfProgram::try_from(filter)?)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let ours = |text: &str| is_ours(&text.parse().unwrap());
        assert!(ours("tauri://localhost/index.html"));
        for elsewhere in ["https://example.org/", "http://localhost/", "file:///etc/hosts", "data:text/html,x"] {
            assert!(!ours(elsewhere), "{elsewhere}");
        }
    }
}
