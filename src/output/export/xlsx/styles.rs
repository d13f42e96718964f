//! How cells look: one place for colours and number formats.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::language::{Language, spoken};
use crate::output::shift_kind::ShiftKind;

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) quiet: Format,
    pub(super) heading: Format,
    pub(super) heading_date: Format,
    pub(super) plain: Format,
    /// Text of more than a line.
    pub(super) wrapped: Format,
    pub(super) date: Format,
    pub(super) moment: Format,
    pub(super) hours: Format,
    pub(super) count: Format,
    pub(super) agents: Format,
    pub(super) missing: Format,
    pub(super) money: Format,
    pub(super) share: Format,
    /// To be filled in.
    pub(super) input: Format,
    pub(super) total: Format,
    pub(super) total_money: Format,
    /// A day without a shift.
    pub(super) free: Format,
    early: Format,
    late: Format,
    night: Format,
}

/// Colours after the charts', light enough for text on them.
const EARLY: u32 = 0x00FC_E4A8;
const LATE: u32 = 0x00BF_DFF2;
const NIGHT: u32 = 0x00D5_CBE8;
const HEADING: u32 = 0x001F_2937;
const INPUT: u32 = 0x00FF_FBD6;
const MISSING: u32 = 0x00F6_CDB8;
const LINE: u32 = 0x00C9_CFD8;
const QUIET: u32 = 0x005F_6875;

/// Day and month in the words of the language spoken, whatever the workbook's reader has set.
fn day_format() -> &'static str {
    match spoken() {
        Language::English => "[$-809]ddd d mmm",
        Language::Polish => "[$-415]ddd d mmm",
    }
}

impl Styles {
    pub(super) fn new() -> Self {
        let cell = Format::new().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top);
        let figure = |format: &str| cell.clone().set_num_format(format);
        let heading = Format::new()
            .set_bold()
            .set_font_color(0x00FF_FFFF)
            .set_background_color(HEADING)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let shift =
            |colour: u32| cell.clone().set_background_color(colour).set_align(FormatAlign::Center).set_text_wrap();
        let total = cell.clone().set_bold();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            quiet: Format::new().set_font_color(QUIET),
            heading_date: heading.clone().set_num_format(day_format()).set_align(FormatAlign::Center),
            heading,
            date: figure("yyyy-mm-dd"),
            moment: figure("yyyy-mm-dd hh:mm"),
            hours: figure("0.00"),
            count: figure("0.0"),
            agents: figure("0.0"),
            missing: figure("0.0").set_background_color(MISSING),
            money: figure("#,##0.00"),
            share: figure("0.0%"),
            input: cell.clone().set_background_color(INPUT),
            total_money: total.clone().set_num_format("#,##0.00"),
            total,
            free: cell.clone().set_align(FormatAlign::Center),
            early: shift(EARLY),
            late: shift(LATE),
            night: shift(NIGHT),
            wrapped: cell.clone().set_text_wrap(),
            plain: cell,
        }
    }

    /// A shift by the clock on which it starts.
    pub(super) const fn of_kind(&self, kind: ShiftKind) -> &Format {
        match kind {
            ShiftKind::Early => &self.early,
            ShiftKind::Late => &self.late,
            ShiftKind::Night => &self.night,
        }
    }
}
