//! The modules of `web`, and those within them: none leads back to itself by way of its siblings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{below, code, files, source};

/// Folders whose modules are looked at.
const FOLDERS: [&str; 7] = [
    "web",
    "web/connections",
    "web/html",
    "web/pages",
    "web/pages/one",
    "web/sparql",
    "web/workers",
];

/// Each module with those siblings that it imports.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// Adds what a file imports of the siblings of its module. Its path is given below the folder, without
/// extension; `parent` is the path of the folder's own module.
fn add(imports: &mut Imports, inner: &Path, code: &str, parent: &str) {
    let mut found = below(code, parent);
    found.extend(below(code, &"super::".repeat(inner.iter().count())));
    let module = inner.iter().next().unwrap().to_str().unwrap();
    imports.entry(module.to_owned()).or_default().extend(found);
}

/// The modules that lead back to themselves.
fn circles(mut imports: Imports) -> Vec<String> {
    loop {
        let known: BTreeSet<String> = imports.keys().cloned().collect();
        for (module, found) in &mut imports {
            found.retain(|import| import != module && known.contains(import));
        }
        let before = imports.len();
        imports.retain(|_, found| !found.is_empty());
        if imports.len() == before {
            return imports.into_keys().collect();
        }
    }
}

#[test]
fn no_module_of_web_leads_back_to_itself() {
    for name in FOLDERS {
        let folder = source().join(name);
        let parent = format!("crate::{}::", name.replace('/', "::"));
        let mut imports = Imports::new();
        for path in files(&folder) {
            let inner = path.strip_prefix(&folder).unwrap().with_extension("");
            add(&mut imports, &inner, &code(&path), &parent);
        }
        assert!(imports.len() > 2, "{name} has modules");
        assert_eq!(circles(imports), [] as [String; 0], "{name}");
    }
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let found = |second: &str| {
        let mut imports = Imports::new();
        let mut file = |path: &str, code: &str| {
            add(&mut imports, Path::new(path), code, "crate::web::");
        };
        file("a", "use super::{b, error};");
        file("b/inner", second);
        file("error", "");
        circles(imports)
    };
    for back in [
        "use super::super::a::Asked;",
        "fn a(b: crate::web::a::Asked) {}",
        "use crate::web::{error, a};",
    ] {
        assert_eq!(found(back), ["a", "b"], "{back}");
    }
    for down in ["use super::other;", "use crate::web::error::WebError;"] {
        assert_eq!(found(down), [] as [String; 0], "{down}");
    }
}
