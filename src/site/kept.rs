//! A site that is kept: one address of it is asked for at a time, and parts of it change.

use std::sync::OnceLock;

use super::plan::{of_checks, plan};
use super::recipe::{Addresses, Recipe};
use super::render::Site;
use crate::book::Move;
use crate::pages::{Checks, Fragments};
use crate::route::Route;

impl Site {
    /// What stands at an address below the root.
    pub fn find(&self, path: &str) -> Option<&(Route, Recipe)> {
        let at = self.recipes().binary_search_by(|(route, _)| route.as_str().cmp(path)).ok()?;
        Some(&self.recipes()[at])
    }

    /// A file of the search index, which is made when its first file is asked for.
    pub fn index_file(&self, path: &str) -> Option<&[u8]> {
        let folder = Route::search().as_str().rsplit_once('/')?.0.to_owned();
        let is_below = path.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/'));
        self.index().files.get(path).filter(|_| is_below).map(Vec::as_slice)
    }

    /// Forgets whatever was made of records before these changed. All addresses stay.
    pub fn forget_made(&mut self) {
        self.fragments = Fragments::new(self.parts.edition.tables.len());
        self.index = OnceLock::new();
    }

    /// Makes the pages of records whose numbers are others now from these. All other addresses are those of before.
    pub fn move_record(&mut self, of: Move) {
        if of.is_none() {
            return;
        }
        for (_, recipe) in &mut self.addresses.recipes {
            match recipe {
                Recipe::Record(index) => *index = of.number(*index),
                Recipe::Document(document) => document.move_record(of),
                _ => {}
            }
        }
    }

    /// Holds what was carried out against the process and the calendar again, when records have changed.
    pub fn hold_anew(&mut self) {
        self.addresses.deviations = self.parts.deviations();
    }

    /// All addresses as the parts are now.
    pub fn plan(&self) -> Addresses {
        plan(&self.parts, None)
    }

    /// Takes addresses that were worked out of the parts as they are now.
    pub fn readdress(&mut self, addresses: Addresses) {
        self.addresses = addresses;
    }

    /// Shows what the checks found, in the place of what they had found before.
    pub fn show_checks(&mut self, checks: Checks) {
        let is_of_checks = |recipe: &Recipe| match recipe {
            Recipe::Checks | Recipe::CheckedRule { .. } | Recipe::CheckedRecords { .. } | Recipe::Waivers { .. } => {
                true
            }
            Recipe::Document(document) => document.is_found(),
            _ => false,
        };
        let recipes = &mut self.addresses.recipes;
        recipes.retain(|(_, recipe)| !is_of_checks(recipe));
        recipes.extend(of_checks(&checks));
        // Two sorted runs: this sort takes them as such.
        recipes.sort();
        self.parts.checks = Some(checks);
    }
}
