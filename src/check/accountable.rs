//! RB311: a row of the RACI matrix with nobody responsible, or with none or several accountable.

use super::subject::Subject;
use super::words::list;
use crate::diag::{Finding, Lint};

/// A row of the RACI matrix with nobody responsible, or with none or several accountable.
pub const ACCOUNTABLE: Lint = Lint::process(
    "RB311",
    "accountable",
    "a RACI row with nobody responsible, or with none or several accountable",
    include_str!("accountable.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let rows = subject.record.plan().map_or(&[][..], |plan| &plan.raci);
    let idle = rows.iter().enumerate().filter(|(_, row)| row.responsible.is_empty()).map(|(number, row)| {
        let message = format!("nobody is responsible for `{}`", row.activity);
        let finding = subject.finding(&ACCOUNTABLE, &format!("raci.{number}"), message);
        finding.label("who does it?").help("name those who do the work under `responsible`")
    });
    let unclear = rows.iter().enumerate().filter(|(_, row)| row.accountable.len() != 1);
    let unclear = unclear.map(|(number, row)| {
        let message = match row.accountable.as_slice() {
            [] => format!("nobody is accountable for `{}`", row.activity),
            several => format!("{} are accountable for `{}`", list(several), row.activity),
        };
        subject
            .finding(&ACCOUNTABLE, &format!("raci.{number}.accountable"), message)
            .label("expected one name under `accountable`")
            .help("name the one who answers for the activity; those who do the work are `responsible`, those who are asked `consulted`")
    });
    idle.chain(unclear).collect()
}
