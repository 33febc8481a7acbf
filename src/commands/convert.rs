//! `moisson convert`: portal records to DCAT-AP on stdout, findings on stderr, no store. A compressed
//! file is read like any other.

mod document;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::{Usage, output, runtime};
use crate::address::public_text;
use crate::config::{Config, Portal, PortalKind};
use crate::fetch::{Fetcher, Options, Proxies, Reach, Request, unpacked};
use crate::finding::{Code, Finding};
use crate::harvest::{Recipe, describe, settle};
use crate::rdf::iri::NOWHERE;
use crate::rdf::syntax::Syntax;
use crate::record::{Base, PortalId};
use crate::salvage::sniff;
use crate::source::{self, Rejected};
use crate::vocabulary::Vocabularies;
use document::Document;

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
    /// The portal's address, of which addresses without a host are; the host of a URL when none is given.
    #[arg(long, value_name = "URL")]
    root: Option<String>,
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
    let input = read(arguments)?;
    let body = unpacked(input.body, &Options::default())
        .with_context(|| format!("cannot read {}", public_text(&arguments.input)))?;
    let root = input.root.as_ref().map_or(NOWHERE, url::Url::as_str);
    let portal = portal(arguments, root)?;
    let config = Config {
        base_uri: base,
        ..Config::default()
    };
    let recipe = Recipe::new(&config, &portal, Vocabularies::builtin()).map_err(Usage)?;
    let claimed = sniff::claimed(input.content_type.as_deref(), Some(&arguments.input));
    let split = (source::of(arguments.kind).split)(&body, claimed)
        .with_context(|| format!("cannot read {}", public_text(&arguments.input)))?;
    for why in &split.skipped {
        output::complain(why);
    }
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut document = Document::new(&recipe, syntax, out)?;
    let mut refused = 0;
    let mut records = Vec::with_capacity(split.records.len());
    let mut unmapped = Unmapped::default();
    for record in &split.records {
        let name = format!("{}/{}", record.collection, record.key);
        match describe(&recipe, record.collection, &record.payload) {
            Ok(described) => records.push((name, described)),
            Err(why @ Rejected::Hidden(_)) => output::complain(&format!("{name}: {why}")),
            Err(why) => {
                refused += 1;
                output::complain(&format!("{name}: record-rejected: {why}"));
            }
        }
    }
    let mut together: Vec<_> = records.iter_mut().map(|(_, one)| one).collect();
    settle(&mut together, &recipe);
    for (name, described) in records {
        for finding in &described.findings {
            unmapped.count(finding);
            output::complain(&format!(
                "{name}: {} {}: {} ({})",
                finding.code.as_str(),
                finding.field,
                finding.message,
                finding.value
            ));
        }
        for (index, part) in described.parts.into_iter().enumerate() {
            if let Err(why) = document.write(part, index > 0)? {
                refused += usize::from(index == 0);
                output::complain(&format!("{name}: it was left out: {why}"));
            }
        }
    }
    document.finish()?.flush()?;
    unmapped.complain();
    if split.records.is_empty() {
        output::complain(&format!(
            "{}: no record in it",
            public_text(&arguments.input)
        ));
    }
    Ok(if refused > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The fields that no mapping reads: by path, in how many records, and an example.
#[derive(Debug, Default)]
struct Unmapped(BTreeMap<String, (u64, String)>);

impl Unmapped {
    fn count(&mut self, finding: &Finding) {
        if finding.code == Code::FieldUnmapped {
            let (records, _) = self
                .0
                .entry(finding.field.clone())
                .or_insert_with(|| (0, finding.value.clone()));
            *records += 1;
        }
    }

    fn complain(self) {
        for (path, (records, value)) in self.0 {
            let records = output::counted(records, "record", "records");
            output::complain(&format!(
                "{path}: no mapping reads it, in {records} ({value})"
            ));
        }
    }
}

/// What is to be read, and what is known of it.
struct Input {
    body: Vec<u8>,
    /// The root of the portal that it is from.
    root: Option<url::Url>,
    content_type: Option<String>,
}

fn read(arguments: &Arguments) -> anyhow::Result<Input> {
    let root = arguments.root.as_deref().map(root).transpose()?;
    let input = arguments.input.as_str();
    if input == "-" {
        let mut body = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut body)
            .context("cannot read stdin")?;
        return Ok(Input {
            body,
            root,
            content_type: None,
        });
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
        return Ok(Input {
            body: response.body.to_vec(),
            root: root.or_else(|| url.join("/").ok()),
            content_type: response.content_type,
        });
    }
    let body =
        std::fs::read(input).with_context(|| format!("cannot read {}", public_text(input)))?;
    Ok(Input {
        body,
        root,
        content_type: None,
    })
}

/// The root that was said.
fn root(text: &str) -> anyhow::Result<url::Url> {
    let url = url::Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| Usage(format!("`{}` is no http or https URL", public_text(text))).into())
}

fn portal(arguments: &Arguments, root: &str) -> anyhow::Result<Portal> {
    let name = arguments.portal.as_deref().unwrap_or(arguments.kind.name());
    let id = PortalId::new(name).map_err(|error| Usage(error.to_string()))?;
    Ok(Portal {
        language: arguments.language.clone(),
        ..Portal::new(id, arguments.kind, root)
    })
}
