//! `moisson publish`, `moisson reconvert` and `moisson rebuild`.

use std::process::ExitCode;

use super::harvest::publish_now;
use super::{now, open_ledger, output};
use crate::config::Config;
use crate::harvest;
use crate::publish::Build;
use crate::vocabulary::Vocabularies;

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

pub(super) fn run(config: &Config, what: What) -> anyhow::Result<ExitCode> {
    let vocabularies = Vocabularies::builtin();
    let mut ledger = open_ledger(config)?;
    harvest::describe_self(&mut ledger, config, vocabularies, now())?;
    if what == What::Reconverted {
        for report in harvest::reconvert(&mut ledger, config, vocabularies, now())? {
            output::print(&super::harvest::text(&report))?;
        }
    }
    let build = match what {
        What::Rebuilt => Build::Anew,
        What::Catalogue | What::Reconverted => Build::CatchUp,
    };
    let published = publish_now(&mut ledger, config, build)?;
    if what == What::Reconverted {
        let hidden = harvest::hide(&mut ledger, config)?;
        if hidden.rewritten > 0 {
            output::print(&format!(
                "{} stored texts had credentials of a portal's address: taken out",
                hidden.rewritten
            ))?;
        }
        if hidden.current > 0 {
            publish_now(&mut ledger, config, Build::Anew)?;
        }
    }
    output::print(&format!(
        "published: sequence {}, graph {:?}",
        published.sequence, published.change
    ))?;
    Ok(ExitCode::SUCCESS)
}
