//! `moisson query`, and the hidden worker that the server starts.

use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use super::Usage;
use crate::config::Config;
use crate::graph::query::{Form, evaluate, explain, form};
use crate::graph::query::{Format, Limits, Overflow, Query, QueryError, ResultsSyntax};
use crate::graph::worker;
use crate::publish::{Layout, Snapshot};
use crate::rdf::syntax::Syntax;
use crate::search::Deferred;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// json, xml, csv or tsv for tables; ttl, nt, jsonld… for graphs.
    #[arg(long, value_name = "F")]
    format: Option<String>,
    /// Print how the query would be answered, instead of its answer.
    #[arg(long)]
    explain: bool,
    /// A file with the query, or - for stdin.
    #[arg(value_name = "FILE.rq|-")]
    input: String,
}

pub(super) fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut text = String::new();
    if arguments.input == "-" {
        std::io::stdin()
            .lock()
            .read_to_string(&mut text)
            .context("cannot read stdin")?;
    } else {
        text = std::fs::read_to_string(&arguments.input)
            .with_context(|| format!("cannot read {}", arguments.input))?;
    }
    let asked = form(&text).map_err(|error| Usage(error.to_string()))?;
    let format = format(asked, arguments.format.as_deref())?;
    let snapshot =
        Snapshot::current(&Layout::new(&config.store.path))?.context("nothing is published yet")?;
    let graph = snapshot.open()?;
    let search = Deferred::beside(&snapshot.graph());
    let mut out = BufWriter::new(std::io::stdout().lock());
    let limits = Limits {
        rows: u64::MAX,
        bytes: u64::MAX,
        overflow: Overflow::Abort,
    };
    let query = Query {
        text: &text,
        base: None,
        default_graphs: &[],
        named_graphs: &[],
        format,
        limits,
        search: Some(&search),
    };
    if arguments.explain {
        let plan = explain(&graph, &query).map_err(refused)?;
        writeln!(out, "{}", plan.trim_end())?;
    } else {
        evaluate(&graph, &query, &mut out).map_err(refused)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A query that is none is the caller's fault.
fn refused(error: QueryError) -> anyhow::Error {
    match error {
        QueryError::Syntax(_) | QueryError::Update => Usage(error.to_string()).into(),
        other => other.into(),
    }
}

fn format(asked: Form, name: Option<&str>) -> anyhow::Result<Format> {
    let name = name.map(str::to_ascii_lowercase);
    let is_table = matches!(asked, Form::Select | Form::Ask);
    let found = match (is_table, name.as_deref()) {
        (true, None | Some("tsv")) => Some(Format::Results(ResultsSyntax::Tsv)),
        (true, Some("json")) => Some(Format::Results(ResultsSyntax::Json)),
        (true, Some("xml")) => Some(Format::Results(ResultsSyntax::Xml)),
        (true, Some("csv")) => Some(Format::Results(ResultsSyntax::Csv)),
        (true, Some(_)) => None,
        (false, name) => Syntax::from_name(name.unwrap_or("ttl")).map(Format::Graph),
    };
    let known = if is_table {
        "tsv, csv, json, xml"
    } else {
        "ttl, nt, jsonld, rdf, trig, nq, n3"
    };
    Ok(found.ok_or_else(|| {
        Usage(format!(
            "`{}` is no format for this form of query; known: {known}",
            name.unwrap_or_default()
        ))
    })?)
}

/// Answers queries over stdin and stdout until stdin ends.
pub(super) fn worker(graph: &Path) -> anyhow::Result<ExitCode> {
    worker::confine(graph)?;
    worker::run(graph, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}
