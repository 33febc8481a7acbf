//! `moisson dump`: the current catalogue, out of the ledger, as RDF.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use oxigraph::model::Quad;

use super::Usage;
use crate::config::Config;
use crate::dcat::quality::metrics;
use crate::graph::{Records, catalogue_date, provenance};
use crate::ledger::{Reader, Resolved};
use crate::operate::fixed;
use crate::publish::{Layout, Snapshot};
use crate::rdf::syntax::Syntax;
use crate::rdf::write::Writer;
use crate::record::PortalId;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// nq, trig, nt, ttl, rdf, jsonld or n3; what has no named graphs leaves out the origin graph.
    #[arg(long, value_name = "F", default_value = "nq")]
    format: String,
    /// Compress with gzip, as it is anyway in a file whose name ends in `.gz`.
    #[arg(long)]
    gzip: bool,
    /// Only the records of this portal.
    #[arg(long, value_name = "ID")]
    portal: Option<String>,
    /// The file to write; stdout when none is named.
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let syntax = Syntax::from_name(&arguments.format).ok_or_else(|| {
        Usage(format!(
            "`{}` is no RDF format; known: nq, trig, nt, ttl, rdf, jsonld, n3",
            arguments.format
        ))
    })?;
    let portal = arguments
        .portal
        .as_deref()
        .map(|id| PortalId::new(id).map_err(|error| Usage(error.to_string())))
        .transpose()?;
    if let Some(portal) = &portal {
        known(config, portal)?;
    }
    let gzip = arguments.gzip || arguments.output.as_deref().is_some_and(is_gzip);
    match &arguments.output {
        None => write(
            config,
            syntax,
            portal.as_ref(),
            gzip,
            std::io::stdout().lock(),
        )?,
        Some(path) => {
            let refused = || format!("cannot write {}", path.display());
            let put = |file: &File| write(config, syntax, portal.as_ref(), gzip, file);
            if let Some(stream) = stream(path).with_context(refused)? {
                put(&stream)?;
                return Ok(ExitCode::SUCCESS);
            }
            // Behind a link, the file that it leads to is replaced, and the link stays.
            let target = path.canonicalize().unwrap_or_else(|_| path.clone());
            // Written beside and renamed: whoever reads the file sees an old dump or a new one. What
            // fails leaves nothing.
            let partial = partial(&target).with_context(refused)?;
            put(partial.as_file())?;
            partial.as_file().sync_all().with_context(refused)?;
            partial.persist(&target).with_context(refused)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a file's name promises gzip.
fn is_gzip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// What is no ordinary file (a device, a pipe, this process's own output), opened to be written into.
/// Nothing can be put beside it or in its place.
fn stream(path: &Path) -> std::io::Result<Option<File>> {
    let is_process = ["/dev", "/proc"].iter().any(|root| path.starts_with(root));
    match std::fs::metadata(path) {
        Ok(about) if is_process || !(about.is_file() || about.is_dir()) => {
            File::options().write(true).open(path).map(Some)
        }
        _ => Ok(None),
    }
}

/// A file beside `target`, with the rights of any new file, that is removed unless it is kept.
fn partial(target: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    tempfile::Builder::new()
        .prefix(".moisson-dump-")
        .suffix(".partial")
        .permissions(std::fs::Permissions::from_mode(0o666))
        .tempfile_in(folder)
}

/// Refuses a portal that is neither configured nor was ever published: an empty answer would tell its
/// reader that everything is gone.
pub(super) fn known(config: &Config, portal: &PortalId) -> anyhow::Result<()> {
    let reader = Reader::open(&config.store.path, &config.base_uri)?;
    let iri = config.base_uri.portal(portal);
    let published = reader.resolve(iri.as_str(), reader.sequence()?)?;
    if config.portal(portal.as_str()).is_some() || !matches!(published, Resolved::Unknown) {
        return Ok(());
    }
    let names: Vec<&str> = config.portals.iter().map(|one| one.id.as_str()).collect();
    Err(Usage(format!(
        "there is no portal `{portal}`; there are: {}",
        names.join(", ")
    ))
    .into())
}

fn write(
    config: &Config,
    syntax: Syntax,
    portal: Option<&PortalId>,
    gzip: bool,
    sink: impl Write,
) -> anyhow::Result<()> {
    if gzip {
        let mut encoder =
            flate2::write::GzEncoder::new(BufWriter::new(sink), flate2::Compression::default());
        write_plain(config, syntax, portal, &mut encoder)?;
        encoder.finish()?.flush()?;
    } else {
        let mut plain = BufWriter::new(sink);
        write_plain(config, syntax, portal, &mut plain)?;
        plain.flush()?;
    }
    Ok(())
}

fn write_plain(
    config: &Config,
    syntax: Syntax,
    portal: Option<&PortalId>,
    sink: impl Write,
) -> anyhow::Result<()> {
    let reader = Reader::open(&config.store.path, &config.base_uri)?;
    let at = match Snapshot::current(&Layout::new(&config.store.path))? {
        Some(snapshot) => snapshot.manifest().sequence,
        None => reader.sequence()?,
    };
    let mut writer = Writer::new(syntax, sink)?;
    for record in Records::new(&reader, portal, at) {
        writer.write(&record?)?;
    }
    if portal.is_none() {
        writer.write(catalogue_date(&reader, at)?.as_slice())?;
        writer.write(&provenance::quads(&reader, None, at)?)?;
    }
    let own = metrics(&config.base_uri);
    let concepts: Vec<Quad> = fixed(&own).quads().collect();
    writer.write(&concepts)?;
    writer.finish()?;
    Ok(())
}
