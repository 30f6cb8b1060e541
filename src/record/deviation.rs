//! How work can have been done otherwise than the process and the calendar say.

use super::vocabulary::vocabulary;

vocabulary! {
    /// A way in which work was done otherwise than the process and the calendar say.
    pub enum DeviationKind {
        /// An attempt shared some time with a freeze that did not let its record through, and with no hard one.
        InFreeze = "in-freeze", "Inside a freeze", Bad;
        /// An attempt shared some time with a hard freeze.
        InHardFreeze = "in-hard-freeze", "Inside a hard freeze", Bad;
        /// Some part of an attempt lay in no maintenance time of one of its items that had any by then.
        OutsideMaintenance = "outside-maintenance", "Outside the maintenance times", Bad;
        /// An attempt shared some time with one of other work on the same item, or on one that it hangs together with.
        BesideOtherWork = "beside-other-work", "Beside other work on the same items", Bad;
        /// The actual start or the actual end of an attempt is not within its planned window.
        OutsideWindow = "outside-window", "Outside its own window", Bad;
        /// An approval was wanted before the work, and the first that holds is later than the start.
        ApprovedLate = "approved-late", "Approved late", Bad;
        /// An approval was wanted, and none that holds is recorded.
        NotApproved = "not-approved", "Not approved", Bad;
        /// Whoever approved, as far as that is named, asked for the work or did it.
        ApprovedByInvolved = "approved-by-involved", "Approved by those involved alone", Bad;
        /// The first approval of an emergency that holds is later than the days that it may take.
        EmergencyApprovedLate = "emergency-approved-late", "Emergency approved too late", Bad;
        /// A security or operational review was wanted before the work, and is later than the start.
        ReviewedLate = "reviewed-late", "Reviewed late", Bad;
        /// A security or operational review was wanted, and none with an outcome and a day is recorded.
        NotReviewed = "not-reviewed", "Not reviewed", Bad;
        /// Somebody had to be told before the work, and an audience was told too late.
        ToldLate = "told-late", "Told late", Bad;
        /// Somebody had to be told before the work, and to an audience no message that was sent is recorded.
        NotTold = "not-told", "Not told", Bad;
        /// A passed test was wanted before the work, and none is recorded that is not later than the start.
        UntestedBefore = "untested-before", "Untested before", Bad;
        /// A test after the work failed.
        FailedAfter = "failed-after", "A failed test after", Bad;
        /// A post-implementation review was wanted, and none with a day is recorded.
        NotReviewedAfter = "not-reviewed-after", "Not reviewed after", Bad;
        /// The record silences a finding.
        Waived = "waived", "A waived finding", Idle;
    }
}
