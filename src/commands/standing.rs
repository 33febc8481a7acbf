//! `moisson withdraw` and `moisson readmit`: the operator takes a portal's records out of the catalogue, and
//! back.

use std::process::ExitCode;

use clap::Args;

use super::{Usage, dump, harvest, interrupt, output};
use crate::config::Config;
use crate::ledger::Standing;
use crate::operate::Moisson;
use crate::record::PortalId;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The portal, in the configuration or not.
    #[arg(long, value_name = "ID")]
    portal: String,
}

pub(super) fn run(
    config: Config,
    arguments: &Arguments,
    standing: Standing,
) -> anyhow::Result<ExitCode> {
    let portal = PortalId::new(&arguments.portal).map_err(|error| Usage(error.to_string()))?;
    dump::known(&config, &portal)?;
    let moisson = Moisson::new(config);
    interrupt::watch(&moisson, interrupt::STAGED, || {})?;
    let (report, published) = moisson.set_standing(&portal, standing)?;
    output::print(&harvest::text(&report))?;
    output::print(&format!("published: sequence {}", published.sequence))?;
    Ok(ExitCode::SUCCESS)
}
