//! Memory that a picture took goes back to the system when the picture is done.
//!
//! glibc gives large blocks back at once, but what is "large" grows with use up to 32 MB, and what lies below stays with the
//! process (mallopt(3), `M_MMAP_THRESHOLD`): after a dozen photographs 35 MB, after one large progressive JPEG 100 MB. A
//! threshold that is set does not grow. It can be set before the program begins, or by a call that is not safe Rust.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const THRESHOLD: &str = "MALLOC_MMAP_THRESHOLD_";
    const BYTES: &str = "131072";

    /// Begins anew as the same process with the threshold set. An operator who has set it knows better.
    pub fn give_back() {
        if env::var_os(THRESHOLD).is_some() {
            return;
        }
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let name = arguments.next().unwrap_or_default();
        // It returns only if it failed, and then the program goes on with more memory.
        let error = Command::new(program).arg0(name).args(arguments).env(THRESHOLD, BYTES).exec();
        log::debug!("memory is given back late: {error}");
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub use glibc::give_back;

/// Other systems need no help.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}
