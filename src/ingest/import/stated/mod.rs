//! What is said of an export, by the user or by what is known of systems, and what is said back.

pub(super) mod causes;
pub(super) mod roles;
pub(super) mod layouts;
pub(super) mod systems;
pub(super) mod said;
pub(super) mod declared;
