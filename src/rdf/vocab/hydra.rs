//! <https://www.hydra-cg.com/spec/latest/core/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://www.w3.org/ns/hydra/core#";
/// `hydra:Collection`
pub const COLLECTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#Collection");
/// `hydra:PartialCollectionView`
pub const PARTIAL_COLLECTION_VIEW: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#PartialCollectionView");
/// `hydra:PagedCollection`
pub const PAGED_COLLECTION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#PagedCollection");
/// `hydra:view`
pub const VIEW: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#view");
/// `hydra:first`
pub const FIRST: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#first");
/// `hydra:last`
pub const LAST: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#last");
/// `hydra:next`
pub const NEXT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#next");
/// `hydra:previous`
pub const PREVIOUS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#previous");
/// `hydra:totalItems`
pub const TOTAL_ITEMS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#totalItems");
/// `hydra:member`
pub const MEMBER: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#member");
/// `hydra:itemsPerPage`
pub const ITEMS_PER_PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#itemsPerPage");
/// `hydra:firstPage`
pub const FIRST_PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#firstPage");
/// `hydra:lastPage`
pub const LAST_PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#lastPage");
/// `hydra:nextPage`
pub const NEXT_PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#nextPage");
/// `hydra:previousPage`
pub const PREVIOUS_PAGE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/ns/hydra/core#previousPage");
