//! Texts in the encodings of Europe, rightly and wrongly called.

use encoding_rs::Encoding;

use super::*;

fn told(findings: &[Finding]) -> Vec<String> {
    let each = findings
        .iter()
        .map(|finding| format!("{} ({})", finding.message, finding.value));
    each.collect()
}

/// A text and what is told of it, read whole, and read in portions of some bytes.
fn read(bytes: &[u8], sent: Option<&str>) -> (String, Vec<String>) {
    let whole = text(bytes, sent);
    for portion in [512, 1 << 16] {
        let mut decoder = Decoder::with_portion(bytes, sent, portion).unwrap();
        let mut streamed = String::new();
        decoder.read_to_string(&mut streamed).unwrap();
        assert_eq!(streamed, whole.text, "in portions of {portion}");
        assert_eq!(decoder.report().findings(), whole.findings, "{portion}");
    }
    (whole.text.into_owned(), told(&whole.findings))
}

fn bytes(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, used, lossy) = encoding.encode(text);
    assert!(used == encoding && !lossy, "{label} has not all of {text}");
    bytes.into_owned()
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// What people write in each encoding.
const TEXTS: [(&str, &str); 10] = [
    ("windows-1250", "Główny rejestr żłobków „Praha“ Šumava"),
    ("windows-1251", "Реестр организаций № 5"),
    ("windows-1252", "été – cœur €"),
    ("windows-1253", "Θέσεις στάθμευσης Ώρες"),
    ("windows-1257", "Žemės ūkio naudmenos ķēķis"),
    ("iso-8859-1", "été à Orléans"),
    ("iso-8859-2", "Główny rejestr żłobków"),
    ("iso-8859-5", "Реестр организаций"),
    ("iso-8859-7", "Θέσεις στάθμευσης"),
    ("iso-8859-15", "cœur à 5 €"),
];

#[test]
fn a_text_is_read_in_the_encoding_that_it_declares_or_was_sent_in() {
    for (label, text) in TEXTS {
        let xml = format!("<?xml version=\"1.0\" encoding='{label}'?><a>{text}</a>");
        assert_eq!(read(&bytes(label, &xml), None), (xml, vec![]), "{label}");
        let turtle = format!("<a> <b> \"{text}\" .");
        let sent = read(&bytes(label, &turtle), Some(&label.to_uppercase()));
        assert_eq!(sent, (turtle, vec![]), "{label}");
    }
}

#[test]
fn what_was_sent_with_a_text_counts_before_what_it_declares() {
    let (greek, polish) = ("iso-8859-7", "iso-8859-2");
    let xml = format!("<?xml version='1.0' encoding='{polish}'?><a>Θέσεις</a>");
    let (text, told) = read(&bytes(greek, &xml), Some(greek));
    assert_eq!(text, xml);
    let why =
        "read as ISO-8859-7, as it was sent: the document declares another encoding (iso-8859-2)";
    assert_eq!(told, [why]);
}

#[test]
fn a_mark_counts_before_everything() {
    for (unit, mark) in [
        (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
        (u16::to_be_bytes, "UTF-16BE"),
    ] {
        let marked = wide("\u{FEFF}<a>é😀</a>", unit);
        assert_eq!(read(&marked, None), ("<a>é😀</a>".to_owned(), vec![]));
        assert_eq!(read(&marked, Some("utf-16")).1, [""; 0]);
        let told = read(&marked, Some("iso-8859-1")).1;
        let why = "the document is not in the encoding that it is said to be in (iso-8859-1)";
        assert_eq!(told, [format!("read as {mark}: {why}")]);
    }
    let utf8 = b"\xEF\xBB\xBF<a>\xC3\xA9</a>";
    assert_eq!(read(utf8, None), ("<a>é</a>".to_owned(), vec![]));
    assert_eq!(read(utf8, Some("windows-1252")).0, "<a>é</a>");
}

#[test]
fn utf16_without_a_mark_is_known_by_its_zeros() {
    for (unit, name) in [
        (u16::to_le_bytes as fn(u16) -> [u8; 2], "UTF-16LE"),
        (u16::to_be_bytes, "UTF-16BE"),
    ] {
        for text in ["<a>é</a>", "{\"a\": \"é\"}", "@prefix a: <b> . # é"] {
            let (read_as, told) = read(&wide(text, unit), None);
            assert_eq!(read_as, text);
            let why = "neither a byte order mark nor a label says so";
            assert_eq!(told, [format!("read as {name}: {why} ()")]);
            assert_eq!(
                read(&wide(text, unit), Some(name)),
                (text.to_owned(), vec![])
            );
        }
    }
}

#[test]
fn utf8_that_is_none_is_in_the_other_encoding_that_is_named_or_in_windows_1252() {
    let declared = b"<?xml version='1.0' encoding='UTF-8'?><a>\xE9t\xE9 \x80</a>";
    let (text, told) = read(declared, None);
    assert!(text.ends_with("<a>été €</a>"), "{text}");
    assert_eq!(
        told,
        ["bytes that are no UTF-8 were read as Windows-1252 ()"]
    );
    let mixed = read(b"\xC3\xA9 \xE9t\xE9 \x80 \xC3", Some("utf-8"));
    assert_eq!(mixed.0, "é été € Ã");
    let xml = "<?xml version='1.0' encoding='iso-8859-2'?><a>żłobków</a>";
    let (text, told) = read(&bytes("iso-8859-2", xml), Some("UTF-8"));
    assert_eq!(text, xml);
    let why = "the document is not in the encoding that it is said to be in (UTF-8)";
    assert_eq!(told, [format!("read as ISO-8859-2: {why}")]);
}

#[test]
fn utf8_under_another_name_is_read_as_what_it_is() {
    for name in ["ISO-8859-1", "iso-8859-2", "us-ascii", "windows-1251"] {
        let why = format!(
            "read as UTF-8: the document is not in the encoding that it is said to be in ({name})"
        );
        let xml = format!("<?xml version='1.0' encoding='{name}'?><a>été</a>");
        assert_eq!(read(xml.as_bytes(), None), (xml.clone(), vec![why.clone()]));
        let json = "{\"a\": \"été\"}";
        assert_eq!(
            read(json.as_bytes(), Some(name)),
            (json.to_owned(), vec![why])
        );
        assert_eq!(read(b"ete", Some(name)), ("ete".to_owned(), vec![]));
    }
    // What programs that write UTF-16 in memory say of what they then write to a file.
    let xml = "<?xml version='1.0' encoding='utf-16'?><a>é</a>";
    assert_eq!(read(xml.as_bytes(), None).0, xml);
    assert_eq!(read(xml.as_bytes(), None).1.len(), 1);
}

#[test]
fn a_name_that_nobody_knows_is_told() {
    let xml = "<?xml version=\"1.0\" encoding=\"klingon\"?><a>é</a>";
    let why = "read as UTF-8: nothing is known by the name of the document's encoding (klingon)";
    assert_eq!(
        read(xml.as_bytes(), None),
        (xml.to_owned(), vec![why.to_owned()])
    );
    let (text, told) = read(b"<?xml version='1.0' encoding='klingon'?><a>\xE9</a>", None);
    assert!(text.ends_with("<a>é</a>"));
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn a_byte_that_an_encoding_does_not_have_is_told() {
    let (text, told) = read(b"\xC8\xDD\xF3 \xFF", Some("iso-8859-7"));
    assert_eq!(text, "Θέσ \u{FFFD}");
    assert_eq!(
        told,
        ["bytes that ISO-8859-7 does not have became U+FFFD ()"]
    );
}

#[test]
fn characters_are_whole_wherever_a_portion_ends() {
    let long = "é".repeat(100_000);
    for shifted in ["", "a", "ab"] {
        let long = format!("{shifted}{long}");
        assert_eq!(read(long.as_bytes(), None), (long.clone(), vec![]));
        assert_eq!(read(long.as_bytes(), Some("latin1")).0, long);
        let marked = wide(&format!("\u{FEFF}{long}😀"), u16::to_le_bytes);
        assert_eq!(read(&marked, None).0, format!("{long}😀"));
    }
}

#[test]
fn a_content_type_says_its_charset_in_several_ways() {
    for (content_type, charset) in [
        ("text/xml; charset=ISO-8859-2", Some("ISO-8859-2")),
        ("text/turtle;Charset=\"utf-8\"; q=1", Some("utf-8")),
        ("application/json", None),
    ] {
        assert_eq!(of_media_type(content_type), charset);
    }
}
