//! `moisson convert`: portal records to DCAT-AP on stdout, findings on stderr, no store. A compressed
//! file is read like any other.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use oxigraph::model::{GraphName, Quad};

use super::{Usage, output, runtime};
use crate::address::public_text;
use crate::config::{Config, Portal, PortalKind};
use crate::fetch::{Fetcher, Options, Proxies, Reach, Request, unpacked};
use crate::harvest::{Recipe, describe};
use crate::rdf::blank::apart;
use crate::rdf::syntax::Syntax;
use crate::rdf::write::Writer;
use crate::record::{Base, PortalId};
use crate::salvage::sniff;
use crate::source;
use crate::vocabulary::Vocabularies;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(long, help = format!("The portal's software: {}", PortalKind::names()))]
    kind: PortalKind,
    /// Prefix of the IRIs.
    #[arg(long, value_name = "IRI", default_value = "http://127.0.0.1:8080/")]
    base: String,
    /// The portal's id in the IRIs; the kind when none is given.
    #[arg(long, value_name = "ID")]
    portal: Option<String>,
    /// The language of the portal's texts.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// ttl, jsonld, rdf, nt, trig, nq or n3.
    #[arg(long, value_name = "F", default_value = "ttl")]
    format: String,
    /// Lets a URL lead to a private or loopback address.
    #[arg(long)]
    allow_private: bool,
    /// A file, a URL, or - for stdin.
    #[arg(value_name = "FILE|URL|-")]
    input: String,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let syntax = Syntax::from_name(&arguments.format).ok_or_else(|| {
        Usage(format!(
            "`{}` is no RDF format; known: ttl, jsonld, rdf, nt, trig, nq, n3",
            arguments.format
        ))
    })?;
    let base = Base::new(&arguments.base).map_err(|error| Usage(error.to_string()))?;
    let (body, root, content_type) = read(arguments)?;
    let body = unpacked(body, &Options::default())
        .with_context(|| format!("cannot read {}", public_text(&arguments.input)))?;
    let portal = portal(
        arguments,
        root.as_ref().map_or(base.as_str(), url::Url::as_str),
    )?;
    let config = Config {
        base_uri: base,
        ..Config::default()
    };
    let vocabularies = Vocabularies::builtin();
    let recipe = Recipe::new(&config, &portal, vocabularies).map_err(Usage)?;
    let claimed = sniff::claimed(content_type.as_deref(), Some(&arguments.input));
    let split = (source::of(arguments.kind).split)(&body, claimed)
        .with_context(|| format!("cannot read {}", public_text(&arguments.input)))?;
    for why in &split.skipped {
        output::complain(why);
    }
    let mut writer = Writer::new(syntax, std::io::BufWriter::new(std::io::stdout().lock()))?;
    let mut rejected = 0;
    let mut written = std::collections::HashSet::new();
    for record in &split.records {
        let described = match describe(&recipe, record.collection, &record.payload) {
            Ok(described) => described,
            Err(why) => {
                rejected += 1;
                output::complain(&format!(
                    "{}/{}: record-rejected: {why}",
                    record.collection, record.key
                ));
                continue;
            }
        };
        for finding in &described.findings {
            output::complain(&format!(
                "{}/{}: {} {}: {} ({})",
                record.collection,
                record.key,
                finding.code.as_str(),
                finding.field,
                finding.message,
                finding.value
            ));
        }
        for (index, part) in described.parts.into_iter().enumerate() {
            // An organization that a list mentions a thousand times is written once if it reads the same.
            let canonical = crate::rdf::canon::canonicalise(part.graph.triples())
                .map(|canonical| canonical.digest);
            let Ok(digest) = canonical else {
                output::complain(&format!(
                    "{}/{}: its graph has no canonical form",
                    record.collection, record.key
                ));
                continue;
            };
            if index > 0 && !written.insert(digest) {
                continue;
            }
            // Labels mean something only within their part.
            let prefix: String = format!("b{digest}").chars().take(17).collect();
            let triples = part.graph.into_triples().into_iter();
            let quads: Vec<Quad> = triples
                .map(|triple| apart(triple, &prefix).in_graph(GraphName::DefaultGraph))
                .collect();
            writer.write(&quads)?;
        }
    }
    writer.finish()?.flush()?;
    if split.records.is_empty() {
        output::complain(&format!(
            "{}: no record in it",
            public_text(&arguments.input)
        ));
    }
    Ok(if rejected > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn read(arguments: &Arguments) -> anyhow::Result<(Vec<u8>, Option<url::Url>, Option<String>)> {
    let input = arguments.input.as_str();
    if input == "-" {
        let mut body = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut body)
            .context("cannot read stdin")?;
        return Ok((body, None, None));
    }
    if input.starts_with("http://") || input.starts_with("https://") {
        let url = url::Url::parse(input)
            .map_err(|error| Usage(format!("`{}` is no URL: {error}", public_text(input))))?;
        let reach = if arguments.allow_private {
            Reach::and_host_of(&url)
        } else {
            Reach::PublicOnly
        };
        let fetcher = Fetcher::new(Options {
            reach,
            proxies: Proxies::of(None),
            ..Options::default()
        })?;
        let response = runtime()?
            .block_on(fetcher.get(&Request::new(url.clone(), "application/json, */*;q=0.1")))?;
        let root = url.join("/").ok();
        return Ok((response.body.to_vec(), root, response.content_type));
    }
    Ok((
        std::fs::read(input).with_context(|| format!("cannot read {}", public_text(input)))?,
        None,
        None,
    ))
}

fn portal(arguments: &Arguments, root: &str) -> anyhow::Result<Portal> {
    let name = arguments.portal.as_deref().unwrap_or(arguments.kind.name());
    let id = PortalId::new(name).map_err(|error| Usage(error.to_string()))?;
    Ok(Portal {
        language: arguments.language.clone(),
        ..Portal::new(id, arguments.kind, root)
    })
}
