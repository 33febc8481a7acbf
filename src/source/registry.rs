//! The kinds of portals, a row each: the only place that names them all. It imports them, and nothing
//! below imports it.

use serde::Deserialize;

use super::contract::{Context, Described, Rejected, Source};
use super::kind::{self, ckan, csw, dcat, ods, transport, udata};

/// The kinds, from a row each: what the software is, the kind, and the module that it lives in.
macro_rules! kinds {
    ($($(#[$software:meta])+ $kind:ident: $module:ident,)+) => {
        /// The software that a portal runs.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(try_from = "String")]
        pub enum PortalKind {
            $($(#[$software])+ $kind,)+
        }

        impl PortalKind {
            /// Every kind.
            pub const ALL: [Self; [$(stringify!($kind)),+].len()] = [$(Self::$kind),+];
        }

        /// What a kind of portal brings.
        #[must_use]
        pub fn of(kind: PortalKind) -> &'static Source {
            match kind {
                $(PortalKind::$kind => &$module::SOURCE,)+
            }
        }
    };
}

kinds! {
    /// <https://github.com/opendatateam/udata>
    Udata: udata,
    /// <https://ckan.org/>, and DKAN (<https://getdkan.org/>)
    Ckan: ckan,
    /// Opendatasoft's Explore API
    Ods: ods,
    /// Catalogue Service for the Web 2.0.2 (<https://www.ogc.org/standards/cat/>): GeoNetwork, pycsw
    Csw: csw,
    /// Any DCAT feed
    Dcat: dcat,
    /// <https://transport.data.gouv.fr/>
    Transport: transport,
}

/// Describes one record of a collection of a portal, with what was told of its encoding when it was read.
///
/// # Errors
/// [`Rejected`] when it cannot be described at all.
pub fn describe(
    kind: PortalKind,
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    kind::describe(of(kind), collection, payload, context)
}

impl PortalKind {
    /// Its name in the configuration and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        of(self).name
    }

    /// The names of all kinds, as a sentence lists them.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

impl std::str::FromStr for PortalKind {
    type Err = String;
    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| format!("`{name}` is no kind of portal; known: {}", Self::names()))
    }
}

impl TryFrom<String> for PortalKind {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        name.parse()
    }
}
