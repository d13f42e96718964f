//! Identifiers as people write them, one type per kind, so that a site is never taken for a queue.

use std::fmt;
use std::sync::Arc;

use internment::Intern;

macro_rules! identifier {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the text as it stands; uniqueness is the workspace's to check.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// The text as the user wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "`{}`", self.0)
            }
        }
    )+};
}

identifier! {
    /// A queue of contacts.
    QueueId,
    /// A region of customers within a queue.
    RegionId,
    /// A skill that queues ask for and agents hold.
    SkillId,
    /// A site where agents sit.
    SiteId,
    /// A contract agents work under.
    ContractId,
    /// An agent.
    AgentId,
    /// A campaign, recall or announcement.
    EventId,
    /// A kind of absence.
    AbsenceKindId,
    /// A shift in a roster; it survives replanning.
    ShiftId,
}

/// A kind of activity beside serving queues, or the plain work and breaks of a shift, as files call it. There are few of
/// them and every piece of a shift has one, so equal names are one name, kept for as long as the program runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActivityId(Intern<str>);

impl ActivityId {
    /// Takes the text as it stands; uniqueness is the workspace's to check.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Intern::from(text.as_ref()))
    }

    /// The text as the user wrote it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Intern::as_ref(self.0)
    }
}

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

macro_rules! index {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);
    )+};
}

index! {
    /// Position of a queue in the workspace's list; every per-queue vector is in this order.
    QueueIx,
    /// Position of a site in the workforce's list.
    SiteIx,
    /// Position of a contract in the workforce's list.
    ContractIx,
    /// Position of an agent in the workforce's list.
    AgentIx,
    /// Position of a skill group in the workforce's list.
    GroupIx,
}
