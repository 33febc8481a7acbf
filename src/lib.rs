//! Moisson harvests open data portals and publishes what it finds as DCAT-AP linked data.

pub mod fetch;
