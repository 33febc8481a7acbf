use super::super::xml::parse;
use super::*;

fn results(text: &str) -> Results {
    match read(text.as_bytes(), None).unwrap() {
        Answer::Results(results) => results,
        Answer::Exception(exception) => panic!("{exception}"),
    }
}

/// A page around `records`.
fn page(records: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:gmd="urn:gmd" xmlns:gco='urn:gco'
  xmlns="urn:plain" xmlns:unused="urn:unused" version="2.0.2">
  <csw:RequestId>1</csw:RequestId>
  <csw:SearchStatus timestamp="2025-01-01T00:00:00Z"><x/></csw:SearchStatus>
  <csw:SearchResults xmlns:gmd="urn:inner" numberOfRecordsMatched="9" numberOfRecordsReturned="2" nextRecord="3" elementSet="full">{records}</csw:SearchResults>
</csw:GetRecordsResponse>"#
    )
}

#[test]
fn records_are_cut_out_with_the_namespaces_in_scope() {
    let page = results(&page(
        "<!-- one --><gmd:MD_Metadata xmlns:x='urn:x'><gco:C x:a='1'>1 &gt; 0</gco:C><b/></gmd:MD_Metadata>\n<gmd:MD_Metadata xmlns:gmd=\"urn:own\"/>",
    ));
    assert_eq!((page.matched, page.next), (Some(9), Some(3)));
    assert_eq!(
        page.records,
        [
            "<gmd:MD_Metadata xmlns=\"urn:plain\" xmlns:gco='urn:gco' xmlns:gmd=\"urn:inner\" xmlns:x='urn:x'><gco:C x:a='1'>1 &gt; 0</gco:C><b/></gmd:MD_Metadata>",
            "<gmd:MD_Metadata xmlns=\"urn:plain\" xmlns:gmd=\"urn:own\"/>",
        ]
    );
    let first = parse(&page.records[0]).unwrap();
    assert!(
        first
            .root_element()
            .has_tag_name(("urn:inner", "MD_Metadata"))
    );
}

#[test]
fn a_broken_record_costs_itself() {
    let sound = |n: u8| format!("<gmd:MD_Metadata><gmd:id>{n}</gmd:id></gmd:MD_Metadata>");
    for broken in [
        "<gmd:MD_Metadata><gmd:id>2</gmd:MD_Metadata>",
        "<gmd:MD_Metadata><gmd:id>2 &nbsp; & <</gmd:id></gmd:MD_Metadata>",
        "<gmd:MD_Metadata><gmd:id a='2></gmd:id></gmd:MD_Metadata>",
        "<gmd:MD_Metadata><gmd:id>2</gmd:id></gmd:id></gmd:MD_Metadata>",
        "<gmd:MD_Metadata><undeclared:id>2</undeclared:id></gmd:MD_Metadata>",
        "<gmd:MD_Metadata><gmd:id>2</gmd:id>",
        "<gmd:MD_Metadata><gmd:id>2</gmd:id></gmd:MD_Metadata></gmd:MD_Metadata>",
    ] {
        let records = results(&page(&[sound(1), broken.to_owned(), sound(3)].concat())).records;
        assert_eq!(records.len(), 3, "{broken}: {records:#?}");
        for (index, n) in [(0, 1), (2, 3)] {
            assert!(
                records[index].contains(&format!("<gmd:id>{n}<")),
                "{broken}"
            );
            assert!(parse(&records[index]).is_ok(), "{broken}");
        }
        assert!(records[1].contains('2'), "{broken}");
    }
}

#[test]
fn an_answer_that_is_cut_off_anywhere_is_an_error() {
    let whole = page("<gmd:MD_Metadata><gmd:id>é</gmd:id></gmd:MD_Metadata><gmd:MD_Metadata/>");
    let first = whole.find("SearchResults").unwrap();
    let last = whole.rfind("</csw:GetRecordsResponse>").unwrap();
    for length in first..last + 20 {
        let cut = &whole.as_bytes()[..length];
        assert!(
            matches!(read(cut, None), Err(Unusable::NotXml(_))),
            "{}",
            String::from_utf8_lossy(cut)
        );
    }
}

#[test]
fn files_of_one_record_and_of_several_are_read() {
    for (text, count) in [
        ("<g:MD_Metadata xmlns:g='urn:g'><a/></g:MD_Metadata>", 1),
        ("<?xml version='1.0'?>\n<Record/>", 1),
        (
            "<list xmlns='urn:l'><MD_Metadata/><MD_Metadata><a/></MD_Metadata></list>",
            2,
        ),
        (
            "<c:GetRecordByIdResponse xmlns:c='urn:c'><c:Record/></c:GetRecordByIdResponse>",
            1,
        ),
        ("<c:GetRecordByIdResponse xmlns:c='urn:c' />", 0),
        (
            "<e:Envelope xmlns:e='urn:e'><e:Body><GetRecordsResponse><SearchResults><Record/></SearchResults></GetRecordsResponse></e:Body></e:Envelope>",
            1,
        ),
        (
            "<GetRecordsResponse><SearchResults numberOfRecordsMatched='3'/></GetRecordsResponse>",
            0,
        ),
        ("<GetRecordsResponse></GetRecordsResponse>", 0),
    ] {
        assert_eq!(results(text).records.len(), count, "{text}");
    }
}

#[test]
fn numbers_that_are_none_are_not_there() {
    let text = "<GetRecordsResponse><SearchResults numberOfRecordsMatched='many' nextRecord='-1'><Record/></SearchResults></GetRecordsResponse>";
    assert_eq!(
        results(text),
        Results {
            records: vec!["<Record/>".to_owned()],
            ..Results::default()
        }
    );
}

#[test]
fn every_encoding_gives_the_same_record() {
    let text = |encoding: &str| {
        format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><Record>été</Record>")
    };
    let latin: Vec<u8> = text("ISO-8859-1").chars().map(|c| c as u8).collect();
    let wrong: Vec<u8> = text("UTF-8").chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = text("UTF-16")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [b"\xFF\xFE".to_vec(), wide.clone()].concat();
    for body in [latin, wrong, wide, marked, text("utf-8").into_bytes()] {
        let Answer::Results(results) = read(&body, None).unwrap() else {
            panic!()
        };
        assert_eq!(results.records, ["<Record>été</Record>"]);
    }
}

#[test]
fn refusals_say_why() {
    let text = r#"<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="InvalidParameterValue" locator="sortby">
        <ows:ExceptionText>
          cannot sort  by &apos;x&apos;</ows:ExceptionText><ows:ExceptionText><![CDATA[at <line> 1]]></ows:ExceptionText></ows:Exception></ows:ExceptionReport>"#;
    let Ok(Answer::Exception(exception)) = read(text.as_bytes(), None) else {
        panic!()
    };
    assert_eq!(
        exception.to_string(),
        "InvalidParameterValue sortby: cannot sort by 'x'; at <line> 1"
    );
}

#[test]
fn what_is_no_answer_is_told_apart() {
    for text in [
        "",
        "{}",
        "Service unavailable",
        "<html><body></body></html>",
    ] {
        assert!(
            matches!(read(text.as_bytes(), None), Err(Unusable::NotXml(_))),
            "{text}"
        );
    }
    for text in [
        "<!DOCTYPE html><html></html>",
        "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><GetRecordsResponse/>",
    ] {
        let Err(Unusable::NotXml(why)) = read(text.as_bytes(), None) else {
            panic!("{text}")
        };
        assert!(why.contains("DOCTYPE"), "{why}");
    }
    assert!(matches!(
        read(b"<Capabilities><a/></Capabilities>", None),
        Err(Unusable::Shape(_))
    ));
}
