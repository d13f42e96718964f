//! What a search for the cheapest line comes to: a path of choices, read back from its last label.

/// A shift of a line and the label before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) parent: u32,
    pub(crate) day: u32,
    pub(crate) choice: u32,
}

/// The shifts of a line: date and choice, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Path {
    /// Cost of the line less the worth of its slots.
    pub(crate) cost: f64,
    /// What no legal line costs less than: the same, unless there were too many lines to look at.
    pub(crate) least: f64,
    /// Date and choice.
    pub(crate) picks: Vec<(usize, usize)>,
}

/// The path that ends with a label.
pub(super) fn path_to(mut label: u32, cost: f64, labels: &[Label]) -> Path {
    let mut path = Path { cost, least: cost, picks: Vec::new() };
    while let Some(of) = labels.get(label as usize) {
        path.picks.push((of.day as usize, of.choice as usize));
        label = of.parent;
    }
    path.picks.reverse();
    path
}
