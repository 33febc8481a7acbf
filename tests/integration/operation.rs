//! What whoever runs the program day by day meets: odd places to write to, folders that cannot be written,
//! damaged files, killed harvests, faulty configurations.

mod status;
mod targets;
