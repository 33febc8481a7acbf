//! Whose certificates are believed: the system's authorities, or those that the environment names in their
//! place (`SSL_CERT_FILE`, `SSL_CERT_DIR`), as the TLS stack reads them. It says nothing of a variable that
//! leads to nothing; this does.

use std::path::Path;
use std::sync::Once;

/// Warns of them, the first time in a process.
pub(super) fn warn_once() {
    static WARNED: Once = Once::new();
    WARNED.call_once(|| {
        for (variable, message) in faults() {
            tracing::warn!("{variable}: {message}");
        }
    });
}

/// The variables that lead to no certificate, each with what is wrong.
#[must_use]
pub fn faults() -> Vec<(&'static str, String)> {
    read(|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
}

fn read(variable: impl Fn(&str) -> Option<String>) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if let Some(file) = variable("SSL_CERT_FILE") {
        match std::fs::read(&file) {
            Err(error) => faults.push((
                "SSL_CERT_FILE",
                format!("the certificates in `{file}` cannot be read: {error}"),
            )),
            Ok(bytes) if memchr::memmem::find(&bytes, b"BEGIN CERTIFICATE").is_none() => {
                faults.push((
                    "SSL_CERT_FILE",
                    format!("`{file}` has no certificate (PEM)"),
                ));
            }
            Ok(_) => {}
        }
    }
    for folder in variable("SSL_CERT_DIR")
        .iter()
        .flat_map(|all| all.split(':'))
    {
        if !Path::new(folder).is_dir() {
            faults.push(("SSL_CERT_DIR", format!("`{folder}` is no folder")));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_lead_to_nothing_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(path("ca.pem"), "-----BEGIN CERTIFICATE-----\n").unwrap();
        std::fs::write(path("ca.der"), [0x30, 0x82]).unwrap();
        let faults = |file: Option<&str>, folders: Option<&str>| -> Vec<&'static str> {
            let found = read(|name| match name {
                "SSL_CERT_FILE" => file.map(path),
                _ => folders.map(path),
            });
            found.into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(faults(None, None), [""; 0]);
        assert_eq!(faults(Some("ca.pem"), Some("")), [""; 0]);
        assert_eq!(faults(Some("ca.der"), None), ["SSL_CERT_FILE"]);
        assert_eq!(faults(Some("none.pem"), None), ["SSL_CERT_FILE"]);
        assert_eq!(faults(None, Some("none")), ["SSL_CERT_DIR"]);
    }
}
