//! Colours after Okabe and Ito, "Color Universal Design" (2008): told apart with any common colour blindness.

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

pub(super) const PAPER: Colour = Colour(255, 255, 255);
pub(super) const INK: Colour = Colour(31, 41, 55);
pub(super) const QUIET: Colour = Colour(95, 104, 117);
pub(super) const GRID: Colour = Colour(226, 230, 236);
pub(super) const SHADE: Colour = Colour(244, 246, 249);
pub(super) const PAST: Colour = Colour(176, 184, 196);
pub(super) const PAST_MEAN: Colour = Colour(92, 100, 112);
pub(super) const BLUE: Colour = Colour(0, 114, 178);
pub(super) const SKY: Colour = Colour(140, 200, 236);
pub(super) const BAND: Colour = Colour(199, 224, 240);
pub(super) const VERMILION: Colour = Colour(213, 94, 0);
pub(super) const ORANGE: Colour = Colour(230, 159, 0);
pub(super) const GREEN: Colour = Colour(0, 158, 115);
pub(super) const PURPLE: Colour = Colour(94, 60, 140);
pub(super) const YELLOW: Colour = Colour(240, 228, 66);
pub(super) const PINK: Colour = Colour(204, 121, 167);
/// What is taken away.
pub(super) const TAKEN: Colour = Colour(243, 214, 200);
/// The part of a requirement that is met.
pub(super) const MET: Colour = Colour(214, 220, 228);
