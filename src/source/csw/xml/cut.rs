//! One element of a document as a document of its own.

use std::fmt::Write as _;

use roxmltree::Node;

/// The element as it stands in `text`, the document's own text, with the namespaces that it inherits
/// declared on it. `None` for what is no element of that text.
pub(in crate::source) fn cut(node: Node<'_, '_>, text: &str) -> Option<String> {
    let source = text.get(node.range())?;
    // The name of the start tag ends where a space, a slash or a bracket is.
    let end = source.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))?;
    let (name, rest) = source.split_at_checked(end)?;
    let tag = rest.get(..tag_end(rest)?)?;
    let mut cut = String::with_capacity(source.len() + 64);
    cut.push_str(name);
    for namespace in node.namespaces() {
        let attribute = match namespace.name() {
            Some("xml") => continue,
            Some(prefix) => format!("xmlns:{prefix}"),
            None if namespace.uri().is_empty() => continue,
            None => "xmlns".to_owned(),
        };
        if !declares(tag, &attribute) {
            let uri = escape(namespace.uri());
            let _ = write!(cut, " {attribute}=\"{uri}\"");
        }
    }
    cut.push_str(rest);
    Some(cut)
}

/// Where a start tag ends: brackets may stand in its attributes.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(index),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

fn declares(tag: &str, attribute: &str) -> bool {
    tag.match_indices(attribute).any(|(start, found)| {
        let before = tag.get(..start).and_then(|t| t.chars().next_back());
        let after = tag.get(start + found.len()..).map(str::trim_start);
        before.is_none_or(char::is_whitespace) && after.is_some_and(|t| t.starts_with('='))
    })
}

fn escape(uri: &str) -> String {
    uri.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn an_element_takes_the_namespaces_in_scope_with_it() {
        let text = r#"<c:page xmlns:c="urn:c" xmlns="urn:d" xmlns:x='urn:x&amp;"'>
            <r xmlns:x = "urn:own" a="1 > 0"><x:t/></r><c:s/></c:page>"#;
        let document = parse(text).unwrap();
        let element = |name: &str| {
            let mut all = document.descendants();
            let node =
                all.find(|n| n.has_tag_name(("urn:d", name)) || n.has_tag_name(("urn:c", name)));
            cut(node.unwrap(), text).unwrap()
        };
        let record = element("r");
        assert!(
            record.contains(r#"xmlns:c="urn:c""#) && !record.contains("urn:x"),
            "{record}"
        );
        let alone = parse(&record).unwrap();
        assert!(alone.root_element().has_tag_name(("urn:d", "r")));
        assert!(
            alone
                .root_element()
                .first_child()
                .unwrap()
                .has_tag_name(("urn:own", "t"))
        );
        let empty = element("s");
        assert!(
            parse(&empty)
                .unwrap()
                .root_element()
                .has_tag_name(("urn:c", "s"))
        );
        assert_eq!(
            parse(&empty)
                .unwrap()
                .root_element()
                .lookup_namespace_uri(Some("x")),
            Some("urn:x&\"")
        );
    }
}
