//! <https://schema.org/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://schema.org/";
/// `schema:startDate`
pub const START_DATE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/startDate");
/// `schema:endDate`
pub const END_DATE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/endDate");
/// `schema:softwareVersion`
pub const SOFTWARE_VERSION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/softwareVersion");
/// `schema:image`
pub const IMAGE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/image");
/// `schema:genre`
pub const GENRE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/genre");
/// `schema:itemListElement`
pub const ITEM_LIST_ELEMENT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/itemListElement");
/// `schema:ListItem`
pub const LIST_ITEM: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/ListItem");
/// `schema:item`
pub const ITEM: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/item");
/// `schema:additionalProperty`
pub const ADDITIONAL_PROPERTY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/additionalProperty");
/// `schema:PropertyValue`
pub const PROPERTY_VALUE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://schema.org/PropertyValue");
/// `schema:name`
pub const NAME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/name");
/// `schema:value`
pub const VALUE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://schema.org/value");
