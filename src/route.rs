//! Where each thing lives on the site, and the way from one page to another.

mod machines;

use std::fmt::Write;

use jiff::civil::Date;

use crate::record::{Kind, address};
use crate::source::is_for_hosts;

/// The address of a file below the site's root: `releases/REL-2026-014.html`.
///
/// It is made of parts that [`address`] made safe and of the fixed parts of this file, so that it holds no
/// `..`, no device's name and no part that a file system refuses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

/// Endings of what a browser, or the host itself, would run.
const RUN_BY_BROWSERS: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "hta", "xml", "xsl", "xslt", "svg", "svgz", "js", "mjs",
    "php", "cgi", "asp", "aspx", "jsp", "swf", "wasm",
];

impl Route {
    /// The home page.
    pub fn home() -> Route {
        Route("index.html".to_owned())
    }

    /// A fixed file at the root: `404.html`, `robots.txt`.
    pub fn root(name: &str) -> Route {
        Route(name.to_owned())
    }

    /// The search.
    pub fn search() -> Route {
        Route("search/index.html".to_owned())
    }

    /// A file of the theme.
    pub fn asset(path: &str) -> Route {
        Route(format!("assets/{path}"))
    }

    /// The list of a kind.
    pub fn list(kind: Kind) -> Route {
        Route(format!("{}/index.html", kind.folder()))
    }

    /// The list of a kind in one year.
    pub fn year_list(kind: Kind, year: i16) -> Route {
        Route(format!("{}/{year:04}/index.html", kind.folder()))
    }

    /// A record's page.
    pub fn record(kind: Kind, id: &str) -> Route {
        let (folder, address) = (kind.folder(), address(id));
        let mut route = String::with_capacity(folder.len() + address.len() + "/.html".len());
        for part in [folder, "/", &address, ".html"] {
            route.push_str(part);
        }
        Route(route)
    }

    /// A file that goes with a record.
    ///
    /// `report.html.zst` becomes `report-html.zst`: a host that does not know the last ending serves a file by the one
    /// before it (Apache's `mod_mime`), and a page could run.
    pub fn artefact(kind: Kind, id: &str, file: &str) -> Route {
        let mut parts: Vec<String> = file.split('/').map(address).collect();
        if let Some((stem, ending)) = parts.last().and_then(|name| name.rsplit_once('.')) {
            let is_run = |part: &str| RUN_BY_BROWSERS.contains(&part.to_lowercase().as_str());
            let mut name = String::new();
            for (number, part) in stem.split('.').enumerate() {
                name.push_str(if number == 0 {
                    ""
                } else if is_run(part) {
                    "-"
                } else {
                    "."
                });
                name.push_str(part);
            }
            let name = format!("{name}.{ending}");
            parts.pop();
            parts.push(name);
        }
        Route(format!("{}/{}/files/{}", kind.folder(), address(id), parts.join("/")))
    }

    /// The notice to customers of a release.
    pub fn notice(id: &str) -> Route {
        Route(format!("{}/{}/notice.html", Kind::Release.folder(), address(id)))
    }

    /// A list that goes on beneath a record's page; its pages count from 2, for the first stands on the record's.
    pub fn related(kind: Kind, id: &str, group: &str, page: usize) -> Route {
        Route(format!("{}/{}/{group}/page/{page}.html", kind.folder(), address(id)))
    }

    /// The same list's further page; the first page is the route itself.
    pub fn page(&self, page: usize) -> Route {
        match page {
            1 => self.clone(),
            _ => {
                let stem = self.0.strip_suffix(".html").unwrap_or(&self.0);
                let stem = stem.strip_suffix("/index").unwrap_or(stem);
                Route(format!("{stem}/page/{page}.html"))
            }
        }
    }

    /// The calendar's year.
    pub fn year(year: i16) -> Route {
        Route(format!("calendar/{year:04}.html"))
    }

    /// The calendar's month.
    pub fn month(first: Date) -> Route {
        Route(format!("calendar/{:04}/{:02}.html", first.year(), first.month()))
    }

    /// The calendar's day, which has pages of its own where much happens on it.
    pub fn day(day: Date) -> Route {
        Route(format!("calendar/{:04}/{:02}/{:02}.html", day.year(), day.month(), day.day()))
    }

    /// The calendar's ISO week.
    pub fn week(day: Date) -> Route {
        let week = day.iso_week_date();
        Route(format!("calendar/{:04}/W{:02}.html", week.year(), week.week()))
    }

    /// The lessons-learned index.
    pub fn lessons() -> Route {
        Route("lessons/index.html".to_owned())
    }

    /// The lessons of a theme.
    pub fn theme(theme: &str) -> Route {
        match address(theme).as_str() {
            name @ ("index" | "actions") => Route(format!("lessons/{name}-theme.html")),
            name => Route(format!("lessons/{name}.html")),
        }
    }

    /// The lessons about a configuration item.
    pub fn item_lessons(id: &str) -> Route {
        Route(format!("lessons/items/{}.html", address(id)))
    }

    /// The lessons of a year.
    pub fn year_lessons(year: i16) -> Route {
        Route(format!("lessons/years/{year:04}.html"))
    }

    /// The lessons of work that ended like this, by the outcome's word.
    pub fn outcome_lessons(outcome: &str) -> Route {
        Route(format!("lessons/outcomes/{}.html", address(outcome)))
    }

    /// The register of actions.
    pub fn actions() -> Route {
        Route("lessons/actions.html".to_owned())
    }

    /// Whom to tell, by when.
    pub fn customers() -> Route {
        Route("customers/index.html".to_owned())
    }

    /// The page of checks.
    pub fn checks() -> Route {
        Route("checks/index.html".to_owned())
    }

    /// All findings, record by record.
    pub fn checked_records() -> Route {
        Route("checks/records.html".to_owned())
    }

    /// What the records silence.
    pub fn waivers() -> Route {
        Route("checks/waivers.html".to_owned())
    }

    /// The findings of a lint, by its code.
    pub fn rule(code: &str) -> Route {
        Route(format!("checks/{code}.html"))
    }

    /// What was done otherwise than the process and the calendar say.
    pub fn deviations() -> Route {
        Route("deviations/index.html".to_owned())
    }

    /// The deviations of a year, or of those without a day.
    pub fn year_deviations(year: Option<i16>) -> Route {
        Route(format!("deviations/{}.html", year_or_none(year)))
    }

    /// The releases of a year, or of those without a day, that were carried out.
    pub fn audited_releases(year: Option<i16>) -> Route {
        Route(format!("deviations/{}/releases.html", year_or_none(year)))
    }

    /// The metrics of all records.
    pub fn metrics() -> Route {
        Route("metrics/index.html".to_owned())
    }

    /// The metrics of a year.
    pub fn year_metrics(year: i16) -> Route {
        Route(format!("metrics/{year:04}.html"))
    }

    /// The list of services with metrics.
    pub fn metrics_services() -> Route {
        Route("metrics/services.html".to_owned())
    }

    /// The metrics of a service.
    pub fn service_metrics(name: &str) -> Route {
        Route(format!("metrics/services/{}.html", address(name)))
    }

    /// A former address. `None` where it is not a path below the site's root.
    pub fn alias(path: &str) -> Option<Route> {
        let path = path.trim().trim_start_matches('/');
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        let safe = parts.iter().all(|part| !part.is_empty() && address(part) == **part);
        if !safe {
            return None;
        }
        match path.ends_with(".html") {
            true => Some(Route(path.to_owned())),
            false => Some(Route(format!("{}/index.html", parts.join("/")))),
        }
    }

    /// A file of the folder `static`. `None` where its name is none that every host can serve.
    pub fn file(path: &str) -> Option<Route> {
        let is_safe = |part: &str| {
            let name = part.strip_prefix('.').filter(|_| is_for_hosts(part)).unwrap_or(part);
            address(name) == name
        };
        path.split('/').all(is_safe).then(|| Route(path.to_owned()))
    }

    /// The address below the site's root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders it lies below the site's root.
    pub fn depth(&self) -> usize {
        self.0.bytes().filter(|&byte| byte == b'/').count()
    }

    /// The way from a page up to the site's root: empty, or `../` once for each folder.
    pub fn to_root(&self) -> &'static str {
        const UP: &str = "../../../../../../../../";
        &UP[..3 * self.depth().min(8)]
    }

    /// The address as it stands in a link, below the site's root: letters beyond ASCII percent-encoded (RFC 3986).
    pub fn href(&self) -> String {
        self.href_from("")
    }

    /// The same behind the way up to the root.
    pub fn href_from(&self, root: &str) -> String {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
        let mut href = String::with_capacity(root.len() + self.0.len());
        href.push_str(root);
        if self.0.bytes().all(is_plain) {
            href.push_str(&self.0);
            return href;
        }
        for byte in self.0.bytes() {
            match is_plain(byte) {
                true => href.push(byte as char),
                // Writing to a String cannot fail.
                false => write!(href, "%{byte:02X}").unwrap_or_default(),
            }
        }
        href
    }
}

/// A year in an address, or that there is none.
fn year_or_none(year: Option<i16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_go_on_beneath_their_page() {
        assert_eq!(Route::list(Kind::Release).page(2).as_str(), "releases/page/2.html");
        assert_eq!(Route::week(jiff::civil::date(2027, 1, 1)).as_str(), "calendar/2026/W53.html");
        assert_eq!(Route::day(jiff::civil::date(2027, 1, 1)).page(3).as_str(), "calendar/2027/01/01/page/3.html");
        assert_eq!(Route::record(Kind::Change, "CHG-1").to_root(), "../");
        assert_eq!(Route::record(Kind::Change, "\u{dc}-1").href(), "changes/%C3%9C-1.html");
    }

    #[test]
    fn aliases_stay_on_the_site() {
        assert_eq!(Route::alias("/old/rel-1").unwrap().as_str(), "old/rel-1/index.html");
        assert_eq!(Route::alias("old/rel-1.html").unwrap().as_str(), "old/rel-1.html");
        for path in ["../x", "a//b", "/", "", "a/../b", "con", "a b"] {
            assert_eq!(Route::alias(path), None, "{path}");
        }
    }
}
