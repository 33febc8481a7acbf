//! Files of other people's portals, where they are at hand (`MOISSON_SHARED`): whatever is there now.
//!
//! No test may know their names or how many there are; what one holds is decided by looking into it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A file of somebody's portal.
#[derive(Debug, Clone)]
pub(crate) struct SharedFile {
    /// Where it is below the shared folder.
    pub(crate) name: String,
    pub(crate) body: Vec<u8>,
}

impl SharedFile {
    /// The portal that it is of: the host that it names most often, or else the file itself.
    pub(crate) fn portal(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let mut hosts: BTreeMap<&str, usize> = BTreeMap::new();
        for scheme in ["http://", "https://"] {
            for address in text.split(scheme).skip(1) {
                let end = address.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')));
                let host = &address[..end.unwrap_or(address.len())];
                // Namespaces and vocabularies are named by all.
                if !["w3.org", "isotc211.org", "opengis.net", "purl.org"]
                    .iter()
                    .any(|known| host.ends_with(known))
                {
                    *hosts.entry(host).or_default() += 1;
                }
            }
        }
        let most = hosts.into_iter().max_by_key(|(_, count)| *count);
        most.map_or_else(|| self.name.clone(), |(host, _)| host.to_owned())
    }
}

/// The folder of this name among the shared ones, where there is one.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("MOISSON_SHARED")?;
    Some(Path::new(&shared).join(name)).filter(|folder| folder.is_dir())
}

/// The files in shared folders and in those below them, in order; none where nothing is shared.
pub(crate) fn files(folders: &[&str]) -> Vec<SharedFile> {
    let mut files = Vec::new();
    for name in folders {
        let Some(top) = folder(name) else {
            continue;
        };
        let mut open = vec![top.clone()];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(
                    std::fs::read_dir(&path)
                        .unwrap()
                        .map(|it| it.unwrap().path()),
                );
            } else {
                let below = path.strip_prefix(&top).unwrap().to_string_lossy();
                files.push(SharedFile {
                    name: format!("{name}/{below}"),
                    body: std::fs::read(&path).unwrap(),
                });
            }
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

#[test]
fn a_file_is_of_the_portal_that_it_names_most() {
    let file = |body: &str| SharedFile {
        name: "a.json".to_owned(),
        body: body.as_bytes().to_vec(),
    };
    let text = "https://www.w3.org/ns http://www.w3.org/ns https://a.example/x http://b.example/y \"http://b.example\"";
    assert_eq!(file(text).portal(), "b.example");
    assert_eq!(file("{}").portal(), "a.json");
}
