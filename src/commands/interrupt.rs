//! Ctrl-C and its like, for the commands that may have much under way.
//!
//! Who only wants a harvest to end must not make it look as if its portal had ended it: what is being read
//! and described is cleared before the process ends.

use std::process;
use std::thread;

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::output;
use crate::causes::causes;
use crate::operate::Moisson;

/// What becomes of a run that a signal ends.
pub(super) const STAGED: &str =
    "nothing published is lost, and the next run goes on with what is staged";

/// Ends the process at the first SIGINT, SIGTERM or SIGHUP, with 128 and the signal's number as its status:
/// `left` says on stderr how things stand then, and `tidy` tidies up.
///
/// # Errors
/// Where signals cannot be waited for.
pub(super) fn watch(
    moisson: &Moisson,
    left: &'static str,
    tidy: impl FnOnce() + Send + 'static,
) -> anyhow::Result<()> {
    const WAITED: &str = "cannot wait for signals";
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context(WAITED)?;
    let mut signals = Vec::new();
    {
        let _inside = runtime.enter();
        for (name, kind) in [
            ("SIGINT", SignalKind::interrupt()),
            ("SIGTERM", SignalKind::terminate()),
            ("SIGHUP", SignalKind::hangup()),
        ] {
            // `nohup` means what it says.
            if kind != SignalKind::hangup() || !is_ignored(kind) {
                signals.push((name, kind, signal(kind).context(WAITED)?));
            }
        }
    }
    let moisson = moisson.clone();
    let wait = move || {
        let (name, kind) = runtime.block_on(first(signals));
        let cleared = moisson.interrupt();
        tidy();
        output::complain(&match cleared {
            Ok(()) => format!("moisson: ended by {name}: {left}"),
            Err(error) => format!(
                "moisson: ended by {name}: {left}; but what was being read is taken for its cause: {}",
                causes(&error)
            ),
        });
        process::exit(128 + kind.as_raw_value());
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(wait)
        .context(WAITED)?;
    Ok(())
}

/// The first of the signals to come.
async fn first(signals: Vec<(&'static str, SignalKind, Signal)>) -> (&'static str, SignalKind) {
    let waits = signals.into_iter().map(|(name, kind, mut signals)| {
        Box::pin(async move {
            if signals.recv().await.is_none() {
                std::future::pending::<()>().await;
            }
            (name, kind)
        })
    });
    futures_util::future::select_all(waits).await.0
}

/// Whether this process was started with a signal ignored.
fn is_ignored(kind: SignalKind) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let bit = u32::try_from(kind.as_raw_value() - 1).unwrap_or_default();
    mask.unwrap_or_default()
        .checked_shr(bit)
        .is_some_and(|bits| bits & 1 == 1)
}
