//! Which parameters of an address hold a secret, by their names.
//!
//! Portals name their keys as they like (`API_TOKEN`, `x-api-key`, `Ocp-Apim-Subscription-Key`,
//! `SharedAccessSignature`), so names are compared word by word, and what is written in one word by what it
//! contains. A mask too many costs nothing in an address that is only shown; a key too few is published.

use percent_encoding::percent_decode_str;

/// Words that make a secret of the whole name.
const WORDS: [&str; 48] = [
    "auth",
    "authentication",
    "authorisation",
    "authorization",
    "bearer",
    "cle",
    "clef",
    "cookie",
    "cred",
    "creds",
    "csrf",
    "hmac",
    "identifiant",
    "jeton",
    "jwt",
    "key",
    "login",
    "mdp",
    "nonce",
    "oauth",
    "oauth2",
    "otp",
    "pass",
    "password",
    "passwd",
    "pin",
    "psk",
    "pswd",
    "pw",
    "pwd",
    "sas",
    "secret",
    "secrets",
    "session",
    "sid",
    "sig",
    "signature",
    "ticket",
    "tkn",
    "tok",
    "token",
    "user",
    "username",
    "usr",
    "xsrf",
    "keyid",
    "userid",
    "userpass",
];

/// Names that are one as a whole, the words put together; the words alone say nothing.
const NAMES: [&str; 3] = ["appid", "clientid", "code"];

/// What makes one of a name wherever it stands, the words put together.
const PARTS: [&str; 15] = [
    "accesskey",
    "apikey",
    "credential",
    "hmac",
    "motdepasse",
    "motpasse",
    "passcode",
    "passphrase",
    "passw",
    "secret",
    "sessid",
    "sessionid",
    "signature",
    "token",
    "username",
];

/// Names that look like one and are none, the words put together: where a list goes on, what is sorted by,
/// what everybody may know.
const HARMLESS: [&str; 18] = [
    "continuationtoken",
    "donkey",
    "facetkey",
    "foreignkey",
    "hockey",
    "jockey",
    "keyword",
    "keywords",
    "monkey",
    "nextpagetoken",
    "nexttoken",
    "pagetoken",
    "publickey",
    "resumptiontoken",
    "secretariat",
    "sortkey",
    "turkey",
    "whiskey",
];

/// Beginnings of such names: signed addresses of stores.
const BEGINNINGS: [&str; 3] = ["x-amz-", "x-goog-", "x-oss-"];

/// Whether the value of a parameter of this name, as an address writes it, is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let name = percent_decode_str(name).decode_utf8_lossy();
    let lower = name.to_lowercase();
    if BEGINNINGS.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    let words = words(&name);
    let whole = words.concat();
    if HARMLESS.contains(&whole.as_str()) {
        return false;
    }
    NAMES.contains(&whole.as_str())
        || words.iter().any(|word| is_secret_word(word))
        || PARTS.iter().any(|part| whole.contains(part))
}

fn is_secret_word(word: &str) -> bool {
    WORDS.contains(&word) || (word.ends_with("key") && !HARMLESS.contains(&word))
}

/// The words of a name in small letters: it is cut at what is no letter or figure, and where a small letter
/// is followed by a capital one, or the last of several capital ones by a small one (`APIKey`).
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut letters = name.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_next_small = letters.peek().is_some_and(|next| next.is_lowercase());
        let begins = letter.is_uppercase()
            && (before.is_lowercase()
                || before.is_numeric()
                || (before.is_uppercase() && is_next_small));
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_by_its_name() {
        for name in [
            "API_TOKEN",
            "x-api-key",
            "X-API-Key",
            "auth_key",
            "access-key",
            "oauth_token",
            "refresh_token",
            "id_token",
            "api_secret",
            "secretkey",
            "app_key",
            "appKey",
            "APPKEY",
            "ckan_api_key",
            "Ocp-Apim-Subscription-Key",
            "SharedAccessSignature",
            "accountkey",
            "sharedkey",
            "code",
            "credential",
            "credentials",
            "passphrase",
            "mdp",
            "motdepasse",
            "mot_de_passe",
            "cle",
            "clef",
            "cleApi",
            "user",
            "username",
            "userName",
            "user_id",
            "login",
            "hmac",
            "sid",
            "session",
            "sessionid",
            "jsessionid",
            "PHPSESSID",
            "apikey",
            "APIKey",
            "api.key",
            "apiKeyValue",
            "AWSAccessKeyId",
            "X-Amz-Credential",
            "Key-Pair-Id",
            "bearer",
            "authorization",
            "ticket",
            "pw",
            "pass",
            "Password",
            "userpassword",
            "csrf",
            "otp",
            "nonce",
            "sp_token",
            "jwt",
            "tok",
            "tkn",
            "tokens",
            "dataverse_token",
            "licence_key",
            "client_secret",
            "clientSecret",
            "app_id",
            "appid",
            "client_id",
            "auth[token]",
            "%61pikey",
            "%41PI%5FTOKEN",
            "authcodekey",
            "private_token",
            "sig",
            "Signature",
        ] {
            assert!(is_secret(name), "{name}");
        }
    }

    #[test]
    fn what_portals_call_their_questions_is_no_secret() {
        for name in [
            "keyword",
            "keywords",
            "keyWord",
            "key_words",
            "monkey",
            "publickey",
            "public_key",
            "format",
            "layer",
            "layers",
            "q",
            "fq",
            "rows",
            "start",
            "page",
            "page_size",
            "pageSize",
            "sort",
            "sortKey",
            "organization",
            "groups",
            "tags",
            "resumptionToken",
            "pageToken",
            "next_page_token",
            "author",
            "authors",
            "authority",
            "assignee",
            "code_insee",
            "codeCommune",
            "postcode",
            "encoding",
            "limit",
            "offset",
            "lang",
            "service",
            "request",
            "version",
            "typename",
            "outputFormat",
            "srsname",
            "bbox",
            "map",
            "geofilter",
            "compass",
            "passage",
            "article",
            "cycle",
            "siren",
            "design",
            "side",
            "residence",
            "secretariat",
            "id",
            "dataset_id",
            "uid",
            "pinned",
            "spin",
            "users",
            "reuse",
            "refine",
            "where",
            "select",
            "f",
            "tag",
            "verb",
            "metadataPrefix",
            "license",
            "topic",
            "schema",
            "",
            "_",
            "-",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
