//! The fetcher against small servers on loopback that misbehave in every way portals do.

mod bodies;
mod budget;
mod downloads;
mod limits;
mod manners;
mod proxies;
mod redirects;
mod retries;
mod robots;
mod secrets;
mod server;

use super::*;
use server::{Answer, Server, answer};

/// Patient limits, one attempt, loopback allowed: a test tightens what it is about.
fn options() -> Options {
    let patience = Duration::from_secs(20);
    Options {
        user_agent: "test/1".to_owned(),
        reach: Reach::AndHost("127.0.0.1".to_owned()),
        proxies: Proxies::default(),
        connect_timeout: patience,
        read_timeout: patience,
        total_timeout: patience,
        download_timeout: patience,
        max_bytes: 64 << 10,
        max_download: 256 << 10,
        max_ratio: 200,
        spool: std::env::temp_dir(),
        max_redirects: 3,
        attempts: 1,
        backoff: Duration::from_millis(1),
        max_wait: Duration::from_secs(2),
        delay: Duration::ZERO,
        robots: Robots::Ignore,
        budget: Budget::default(),
        patience,
    }
}

fn retrying() -> Options {
    Options {
        attempts: 3,
        ..options()
    }
}

/// Compresses as a portal would.
async fn packed(coding: &str, plain: &[u8]) -> Vec<u8> {
    use async_compression::tokio::bufread::{BrotliEncoder, GzipEncoder, ZstdEncoder};
    use tokio::io::AsyncReadExt as _;
    let mut packed = Vec::new();
    match coding {
        "gzip" => GzipEncoder::new(plain).read_to_end(&mut packed).await,
        "br" => {
            BrotliEncoder::with_quality(plain, async_compression::Level::Fastest)
                .read_to_end(&mut packed)
                .await
        }
        _ => ZstdEncoder::new(plain).read_to_end(&mut packed).await,
    }
    .unwrap();
    packed
}

async fn get(options: Options, url: &str) -> Result<Response, FetchError> {
    let request = Request::new(url.parse().unwrap(), "application/json");
    Fetcher::new(options).unwrap().get(&request).await
}
