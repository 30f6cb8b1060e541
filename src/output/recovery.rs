//! Finishes or clears what a killed run left. The caller holds the lock.

use std::fs;

use super::exchange;
use super::manifest::OWN_FOLDER;
use super::place::{Place, Seat};
use super::staging::Staging;
use super::stepwise;

/// Brings the output folder to the state of one build, and removes what lies about.
pub(super) fn recover(place: &Place, seat: Seat, is_synced: bool) -> anyhow::Result<()> {
    if seat == Seat::Inside {
        return recover_at(place, Seat::Inside, is_synced);
    }
    recover_at(place, Seat::Beside, is_synced)?;
    // A run for which the folder was a mount point, say, worked inside.
    let lock = place.lock_left_inside()?;
    recover_at(place, Seat::Inside, is_synced)?;
    drop(lock);
    // A first run inside that failed leaves the program's own folder empty; else this does nothing.
    let _ = fs::remove_dir(place.out.join(OWN_FOLDER));
    Ok(())
}

fn recover_at(place: &Place, seat: Seat, is_synced: bool) -> anyhow::Result<()> {
    let Some(staging) = Staging::left_at(&place.staging(seat), is_synced)? else {
        return Ok(());
    };
    exchange::restore(&staging, &place.out)?;
    if Staging::has_journal(&staging.folder) {
        stepwise::complete(&staging, &place.out)?;
    }
    staging.clear(&place.out)
}
