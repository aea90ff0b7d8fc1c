//! What becomes of the program's memory when it ends badly: it holds what the coach wrote, and the keys.

/// Keeps the memory out of a file that the system would write after a crash. What cannot be asked of a system is left.
pub fn keep_memory_out_of_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        setrlimit(Resource::Core, none).ok();
    }
}
