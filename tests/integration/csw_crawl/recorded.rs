//! Answers that were recorded from real services, where they are at hand (`MOISSON_SHARED`).

use moisson::config::PortalKind;
use moisson::record::{Base, PortalId};
use moisson::source::{self, Context};
use url::Url;

#[test]
fn recorded_answers_are_split_and_every_sound_record_is_described() {
    let Some(shared) = std::env::var_os("MOISSON_SHARED") else {
        return;
    };
    let (base, portal) = (
        Base::new("https://d.example/").unwrap(),
        PortalId::new("p").unwrap(),
    );
    let root = Url::parse("https://portal.example/").unwrap();
    let context = Context {
        base: &base,
        portal: &portal,
        root: &root,
        language: Some("fr"),
        licence: None,
    };
    let source = source::of(PortalKind::Csw);
    let folder = std::path::Path::new(&shared).join("portals/csw");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let (mut split, mut described) = (0, 0);
    let mut wrong = Vec::new();
    for path in files
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "xml"))
    {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let body = std::fs::read(path).unwrap();
        let Ok(records) = (source.split)(&body).map(|split| split.records) else {
            // Answers to other questions, and those that the collection says are broken.
            let is_other = ["capabilities", "getdomain"]
                .iter()
                .any(|it| name.to_lowercase().contains(it));
            assert!(is_other || name.contains(".broken."), "{name}");
            continue;
        };
        split += records.len();
        for record in records {
            match (source.describe)(record.collection, &record.payload, &context) {
                Ok(_) => described += 1,
                Err(_) if name.contains(".broken.") => {}
                Err(why) => wrong.push(format!("{name} {}: {why}", record.key)),
            }
        }
    }
    assert!(
        split > 300 && described > 300,
        "{split} split, {described} described, {wrong:#?}"
    );
    assert_eq!(wrong, [""; 0]);
}
