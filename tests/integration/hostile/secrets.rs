//! Credentials in addresses.
