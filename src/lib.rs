//! Obsada: workforce management for contact centres.
//!
//! A folder of plain files in, a folder of plain files out. The stages stand in the order in which data flow:
//!
//! | module | from → to |
//! |---|---|
//! | [`domain`] | the nouns all stages share |
//! | [`math`], [`solver`] | special functions; the one doorway to linear and integer programming |
//! | [`workspace`] | a folder → a validated workspace, scenarios laid over it |
//! | [`ingest`] | contact files → history |
//! | [`forecast`] | history + events → forecast |
//! | [`staffing`] | forecast → requirement, and the price of cover |
//! | [`roster`] | requirement + prices + workforce → roster with its lower bound; the checker |
//! | [`generate`] | workspaces that look like life, with their truth |
//! | [`plan`] | the pipeline as a page |
//! | [`scenario`] | what-if: plans compared |
//! | [`output`] | plan → files |
//! | `cli` | what may be typed; only with the feature `cli` |

pub mod domain;
pub mod math;
pub mod solver;
pub mod workspace;
pub mod ingest;
pub mod forecast;
pub mod staffing;
pub mod roster;
pub mod generate;
pub mod plan;
pub mod scenario;
pub mod output;
#[cfg(feature = "cli")]
pub mod cli;
