//! What the buttons copy that stand beside workarounds and notices.

use super::harness::{site, use_in_browser};

#[test]
fn copied_text_keeps_what_the_page_shows() {
    let site = site(
        r#"
-- known-errors/KE-1.md --
---
title: Labels come out blank
configuration_items: [printer]
---
## Workaround

Before you begin:

3. Stop the spooler:
   ```
   net stop spooler
   rem  and wait

   del *.spl
   ```
4. Empty the tray, then\
   close it:
   - the upper one
     1. pull
     2. push
   - the [lower one](KE-2.md)
5. Start *it*
   again & print

> Do not pull the plug.

| Step | Seconds |
| ---- | ------- |
| Stop | 20      |

A line\
and another.
-- known-errors/KE-2.md --
---
title: Jam
configuration_items: [printer]
workaround: |
  Press twice.
  Then wait.
---
-- releases/REL-1.md --
---
title: One
audience: customer
configuration_items: [printer]
windows: [{start: 2026-11-28T22:00, end: 2026-11-28T23:00}]
---
"#,
    );
    use_in_browser("copy.mjs", &site);
}
