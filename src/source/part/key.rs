//! Which IRI a distribution has: by its identifier, or by what it points to, never by its position.

use std::collections::HashMap;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::Key;

/// Keys of the distributions of one dataset.
#[derive(Default)]
pub(in crate::source) struct Keys {
    seen: HashMap<String, usize>,
    /// Of identifiers that come more than once, which of their distributions has it as its key.
    owners: HashMap<String, String>,
}

/// What tells distributions of one identifier apart.
fn content(points_to: &str, format: &str) -> String {
    format!("{points_to}\n{format}")
}

impl Keys {
    /// The keys of distributions whose identifiers, with what they point to and their formats, are these.
    /// Of several with one identifier the key does not depend on the order in which the portal has them.
    pub(in crate::source) fn of<'a>(
        all: impl IntoIterator<Item = (Option<&'a str>, &'a str, &'a str)>,
    ) -> Self {
        let mut owners = HashMap::new();
        for (id, points_to, format) in all {
            let Some(id) = id else { continue };
            let content = content(points_to, format);
            let owner = owners.entry(id.to_owned());
            owner
                .and_modify(|first: &mut String| {
                    *first = content.clone().min(std::mem::take(first));
                })
                .or_insert(content);
        }
        let seen = HashMap::new();
        Self { seen, owners }
    }

    /// The key of one more distribution of `dataset`: the source's identifier, or without one a hash of
    /// what it points to and in which format. `field` is where the identifier stands.
    pub(in crate::source) fn mint(
        &mut self,
        id: Option<&str>,
        points_to: &str,
        format: &str,
        dataset: &str,
        field: &str,
        about: &mut Describe<'_>,
    ) -> Key {
        let content = content(points_to, format);
        let Some(id) = id else {
            // The dataset is part of the hash: two datasets may link to one file, and each owns its distribution.
            let count = self.count(content.clone());
            return Key::hashed(&format!("{dataset}\n{content}\n{count}"));
        };
        let is_owner = self.owners.get(id).is_none_or(|owner| *owner == content);
        let count = self.count(if is_owner {
            id.to_owned()
        } else {
            format!("{id}\n{content}")
        });
        if is_owner && count == 1 {
            return Key::new(id);
        }
        let message = "another resource of the dataset has it";
        about.find(Code::DuplicateIdentifier, field, message, id);
        Key::hashed(&format!("{dataset}\n{id}\n{content}\n{count}"))
    }

    /// How often a name has come by now.
    fn count(&mut self, name: String) -> usize {
        let count = self.seen.entry(name).or_insert(0);
        *count += 1;
        *count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dcat::RecordGraph;

    #[test]
    fn keys_of_one_identifier_do_not_depend_on_the_order() {
        let files = [
            ("7", "https://e.example/b", "WMS"),
            ("7", "https://e.example/a", "WFS"),
            ("7", "https://e.example/b", "CSV"),
            ("8", "https://e.example/b", "WMS"),
        ];
        let minted = |order: [usize; 4]| {
            let files = order.map(|position| files[position]);
            let mut keys = Keys::of(files.map(|(id, url, format)| (Some(id), url, format)));
            let iri = oxigraph::model::NamedNode::new_unchecked("https://e.example/d");
            let (mut graph, mut findings) = (RecordGraph::new(iri), Vec::new());
            let mut about = Describe::main(&mut graph, &mut findings);
            let mut minted: Vec<_> = order
                .into_iter()
                .zip(files)
                .map(|(position, (id, url, format))| {
                    let key = keys.mint(Some(id), url, format, "d", "id", &mut about);
                    (position, key.to_string())
                })
                .collect();
            minted.sort();
            (minted, findings.len())
        };
        let (keys, findings) = minted([0, 1, 2, 3]);
        assert_eq!(findings, 2);
        assert_eq!((keys[1].1.as_str(), keys[3].1.as_str()), ("7", "8"));
        let distinct: std::collections::HashSet<_> = keys.iter().map(|(_, key)| key).collect();
        assert_eq!(distinct.len(), 4);
        for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]] {
            assert_eq!(minted(order), (keys.clone(), 2));
        }
    }
}
