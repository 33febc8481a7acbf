//! `moisson serve --demo`: the bundled sample portals, harvested into a temporary folder.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use super::harvest::{Bars, text};
use super::output;
use crate::config::{Config, Localised, Portal, PortalKind};
use crate::demo;
use crate::harvest::Request;
use crate::ledger::{Filter, Position, Reader};
use crate::operate::Moisson;
use crate::publish::Build;
use crate::record::{Base, Kind, PortalId};

/// Serves the sample portals on loopback until the program ends, harvests them and publishes what came of
/// it: the configuration to serve.
pub(super) async fn prepare(address: SocketAddr, folder: &Path) -> anyhow::Result<Config> {
    let mut config = Config {
        base_uri: Base::new(&format!("http://{address}/"))?,
        ..Config::default()
    };
    config.server.listen = address;
    folder.clone_into(&mut config.store.path);
    config.catalogue.licence = Some("lov2".to_owned());
    for sample in &demo::SAMPLES {
        let (at, _until_the_end) = demo::spawn(sample.routes(), 0).await?;
        config.portals.push(portal(sample, at)?);
    }
    harvest_all(&config).await?;
    let page = {
        let reader = Reader::open(&config.store.path, &config.base_uri)?;
        let filter = Filter {
            kinds: vec![Kind::Dataset],
            ..Filter::default()
        };
        reader.page(&filter, Position::Offset(0), 1, reader.sequence()?)?
    };
    let first = page.records.first().map(|dataset| dataset.iri.as_str());
    output::complain(&invitation(address, first, page.total));
    Ok(config)
}

fn portal(sample: &demo::Sample, at: SocketAddr) -> anyhow::Result<Portal> {
    let kind: PortalKind = sample.kind.parse().map_err(anyhow::Error::msg)?;
    let names = ["fr", "en"].into_iter().zip(sample.title);
    let title = names.map(|(language, name)| (language.to_owned(), name.to_owned()));
    let url = format!("http://{at}{}", sample.path);
    Ok(Portal {
        title: Some(Localised::ByLanguage(title.collect())),
        language: sample.language.map(ToOwned::to_owned),
        allow_private: true,
        ..Portal::new(PortalId::new(sample.id)?, kind, &url)
    })
}

async fn harvest_all(config: &Config) -> anyhow::Result<()> {
    let moisson = Moisson::new(config.clone());
    let portals: Vec<&Portal> = config.portals.iter().collect();
    let bars = Arc::new(Bars::of(&portals));
    for report in moisson
        .harvest_all(&portals, Request::default(), bars)
        .await?
    {
        output::complain(&text(&report?));
    }
    tokio::task::block_in_place(|| moisson.publish(Build::CatchUp))?;
    Ok(())
}

fn invitation(address: SocketAddr, dataset: Option<&str>, total: u64) -> String {
    let dataset = dataset.unwrap_or_default();
    format!(
        "
{total} datasets are served on http://{address}/   (Ctrl-C stops; nothing is kept)

  a page             http://{address}/catalog        in a browser
  a dataset          {dataset}
  as Turtle          curl -L -H 'Accept: text/turtle' {dataset}
  as JSON-LD         curl {dataset}.jsonld
  the DCAT feed      curl http://{address}/catalog.ttl
  a query            curl http://{address}/sparql --data-urlencode 'query=
                       PREFIX dcat: <http://www.w3.org/ns/dcat#>
                       SELECT ?theme (COUNT(?dataset) AS ?count) {{ ?dataset a dcat:Dataset ; dcat:theme ?theme }}
                       GROUP BY ?theme ORDER BY DESC(?count)'
"
    )
}
