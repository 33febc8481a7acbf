//! `moisson publish`, `moisson reconvert` and `moisson rebuild`.

use std::process::ExitCode;

use super::{interrupt, output};
use crate::config::Config;
use crate::operate::{Moisson, Reconverted};
use crate::publish::{Build, Published};

/// What is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// What the ledger holds.
    Catalogue,
    /// The same, every stored payload described again first.
    Reconverted,
    /// The same, in projections made anew.
    Rebuilt,
}

pub(super) fn run(config: Config, what: What) -> anyhow::Result<ExitCode> {
    let moisson = Moisson::new(config);
    let left = match what {
        What::Reconverted => interrupt::STAGED,
        What::Catalogue | What::Rebuilt => "what was published before it is still there",
    };
    interrupt::watch(&moisson, left, || {})?;
    let published = match what {
        What::Reconverted => reconverted(&moisson)?,
        What::Catalogue | What::Rebuilt => {
            moisson.describe_self()?;
            moisson.publish(match what {
                What::Rebuilt => Build::Anew,
                What::Catalogue | What::Reconverted => Build::CatchUp,
            })?
        }
    };
    output::print(&format!(
        "published: sequence {}, graph {:?}",
        published.sequence, published.change
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn reconverted(moisson: &Moisson) -> anyhow::Result<Published> {
    let Reconverted {
        reports,
        published,
        hidden,
    } = moisson.reconvert()?;
    for report in &reports {
        output::print(&super::harvest::text(report))?;
    }
    if hidden.rewritten > 0 {
        output::print(&format!(
            "{} stored texts had credentials of a portal's address: taken out",
            hidden.rewritten
        ))?;
    }
    Ok(published)
}
