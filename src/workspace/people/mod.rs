//! The people of a workspace, and how they look to one plan: blocked times, minutes owed, wishes, skill groups.
//!
//! | file | what it does |
//! |---|---|
//! | `model` | people as data; the dates on which a plan sees them |
//! | `spans`, `blocks` | times in which somebody cannot work |
//! | `weeks`, `settlement` | minutes owed by week, and by weeks settled together |
//! | `wishes`, `groups`, `headcounts` | wishes with their prices, skill groups, heads wanted on a site or of a group |
//! | `learning` | what newcomers' work is worth while they learn |
//! | `learners` | who still learns, said once |
//! | `burdens` | what each has had of nights and the like, and what more of them costs |
//! | `sessions` | sessions of activities, and who owes them |
//! | `absent` | who is away where a scenario says that a share is |
//! | `seen_by_plan` | all of it: the workforce of a plan |

mod model;
mod spans;
mod blocks;
mod weeks;
mod settlement;
mod wishes;
mod learning;
mod groups;
mod learners;
mod headcounts;
mod burdens;
mod sessions;
mod absent;
mod seen_by_plan;

pub(super) use model::{People, Person};
