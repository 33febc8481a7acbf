//! Checksums as others write them.

use super::{becomes, distribution};
use crate::finding::Code;

const SHA1: &str = "<http://spdx.org/rdf/terms#checksumAlgorithm_sha1>";

#[test]
fn digits_without_a_type_are_hexadecimal_and_the_node_has_its_class() {
    let after = distribution(&format!(
        "spdx:checksum [ a spdx:Checksum ; spdx:algorithm {SHA1} ;
             spdx:checksumValue 'AB12'^^xsd:hexBinary ]"
    ));
    let before = format!("spdx:checksum [ spdx:algorithm {SHA1} ; spdx:checksumValue 'AB12' ]");
    becomes(distribution(&before), &after, "", &[]);
}

#[test]
fn what_is_no_hexadecimal_number_gets_no_type() {
    for value in ["abc", "2jmj7l5rSw0yVb/vlWAYkK/YBwk=", ""] {
        let said = format!(
            "spdx:checksum [ a spdx:Checksum ; spdx:algorithm {SHA1} ;
                 spdx:checksumValue '{value}' ]"
        );
        becomes(distribution(&said), &distribution(&said), "", &[]);
    }
}

#[test]
fn the_algorithms_of_dcat_ap_de_are_those_of_spdx() {
    let german = "<https://www.dcat-ap.de/def/hashAlgorithms/sha/1>";
    let node = |algorithm: &str| {
        distribution(&format!(
            "spdx:checksum [ a spdx:Checksum ; spdx:algorithm {algorithm} ;
                 spdx:checksumValue 'ab'^^xsd:hexBinary ]"
        ))
    };
    let origin = format!("<distribution/p/1> spdx:algorithm {german} .");
    becomes(node(german), &node(SHA1), &origin, &[]);
    // One that SPDX does not have stays what it is.
    let other = "<https://www.dcat-ap.de/def/hashAlgorithms/odd/7>";
    becomes(node(other), &node(other), "", &[]);
}

#[test]
fn a_text_with_its_algorithm_is_a_checksum_and_any_other_stays_a_text() {
    becomes(
        distribution("spdx:checksum 'SHA-1: ab12'"),
        &distribution(&format!(
            "spdx:checksum [ a spdx:Checksum ; spdx:algorithm {SHA1} ;
                 spdx:checksumValue 'ab12'^^xsd:hexBinary ]"
        )),
        "<distribution/p/1> spdx:checksum 'SHA-1: ab12' .",
        &[],
    );
    for text in ["ab12", "rot13:ab12", "sha1:no digits"] {
        let said = format!("spdx:checksum '{text}'");
        becomes(
            distribution(&said),
            &distribution(&said),
            "",
            &[] as &[Code],
        );
    }
}
