//! Killed at any moment, nothing that is published is lost, and the next run completes.
