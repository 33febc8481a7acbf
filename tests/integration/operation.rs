//! What whoever runs the program day by day meets: odd places to write to, folders that cannot be written,
//! damaged files, killed harvests, faulty configurations.

mod authority;
mod check;
mod online;
mod sealed;
mod standing;
mod status;
mod targets;
