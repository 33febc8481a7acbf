//! The pages of the French register of schemas, <https://schema.data.gouv.fr/>.

use oxigraph::model::NamedNode;

/// The page of a schema in the register, whose names are `owner/name`.
pub(in crate::source) fn registered(name: &str) -> Option<NamedNode> {
    let is_word = |word: &str| {
        !word.is_empty()
            && !word.starts_with('.')
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let (owner, schema) = name.split_once('/')?;
    (is_word(owner) && is_word(schema))
        .then(|| NamedNode::new_unchecked(format!("https://schema.data.gouv.fr/{name}/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_register_have_an_owner() {
        let page = registered("etalab/schema-irve-statique");
        assert_eq!(
            page.as_ref().map(NamedNode::as_str),
            Some("https://schema.data.gouv.fr/etalab/schema-irve-statique/")
        );
        for bad in ["schema", "a/b/c", "/x", "a/../b", "a/ b"] {
            assert_eq!(registered(bad), None, "{bad}");
        }
    }
}
