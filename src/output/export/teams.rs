//! Microsoft Teams: one `shift` of Microsoft Graph for each shift, as `POST /teams/ID/schedule/shifts` takes it.
//!
//! What agents have been told is the shared shift, what they have not the draft that only managers see.

use serde::Serialize;
use tr::tr;

use crate::domain::roster::{Activity, Piece, ShiftStatus};
use crate::output::artifact::{Artifact, OutputError};
use crate::output::export::exported::Exported;
use crate::output::local_time;
use crate::output::records;
use crate::output::results::{Results, RosteredShift};
use crate::output::shift_kind::ShiftKind;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GraphShift<'a> {
    user_id: &'a str,
    scheduling_group_id: &'a str,
    shared_shift: Option<ShiftItem>,
    draft_shift: Option<ShiftItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShiftItem {
    display_name: String,
    notes: String,
    start_date_time: String,
    end_date_time: String,
    theme: &'static str,
    activities: Vec<ShiftActivity>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShiftActivity {
    is_paid: bool,
    start_date_time: String,
    end_date_time: String,
    code: &'static str,
    display_name: &'static str,
    theme: &'static str,
}

/// The file: a list of shifts; of a split one each part.
pub(super) fn export(results: &Results) -> Result<Exported, OutputError> {
    let shifts: Vec<GraphShift<'_>> = results.shifts.iter().flat_map(|of| graph_shifts(results, of)).collect();
    let notes = vec![tr!(
        "teams: userId is our id of an agent and schedulingGroupId our name of a site; put in the ids of your tenant"
    )];
    Ok(Exported { files: vec![Artifact::new("teams/shifts.json", records::write_document(&shifts)?)], notes })
}

fn graph_shifts<'a>(results: &'a Results, of: &RosteredShift) -> Vec<GraphShift<'a>> {
    let theme = match ShiftKind::of(&of.shift, results.zone_of(of)) {
        ShiftKind::Early => "yellow",
        ShiftKind::Late => "blue",
        ShiftKind::Night => "purple",
    };
    let item = |pieces: &[Piece]| ShiftItem {
        display_name: results.site(of).id.clone(),
        notes: of.queues.join(", "),
        start_date_time: local_time::utc(pieces[0].span.from),
        end_date_time: local_time::utc(pieces[pieces.len() - 1].span.until),
        theme,
        activities: pieces.iter().map(activity).collect(),
    };
    let (user_id, scheduling_group_id) = (results.agent(of).id.as_str(), results.site(of).id.as_str());
    let shift = |item: ShiftItem| match of.shift.status {
        ShiftStatus::Published => {
            GraphShift { user_id, scheduling_group_id, shared_shift: Some(item), draft_shift: None }
        }
        ShiftStatus::Draft => GraphShift { user_id, scheduling_group_id, shared_shift: None, draft_shift: Some(item) },
    };
    of.shift.parts().map(item).map(shift).collect()
}

fn activity(piece: &Piece) -> ShiftActivity {
    ShiftActivity {
        is_paid: piece.activity.is_paid(),
        start_date_time: local_time::utc(piece.span.from),
        end_date_time: local_time::utc(piece.span.until),
        code: piece.activity.name(),
        display_name: piece.activity.name(),
        theme: if piece.activity == Activity::Work { "white" } else { "gray" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::sample;

    #[test]
    fn a_draft_is_seen_by_managers_alone() {
        let file = export(&sample::rostered()).expect("JSON").files.remove(0);
        let shifts: serde_json::Value = serde_json::from_slice(&file.bytes).expect("JSON");
        assert_eq!(shifts.as_array().map(Vec::len), Some(3), "the night, and two parts");
        let night = &shifts[0];
        assert!(night["sharedShift"].is_null());
        assert_eq!(night["draftShift"]["startDateTime"], "2026-10-24T20:00:00Z");
        assert_eq!((night["userId"].as_str(), night["draftShift"]["theme"].as_str()), (Some("a1"), Some("purple")));
        assert_eq!(night["draftShift"]["activities"][1]["isPaid"], true);
    }
}
