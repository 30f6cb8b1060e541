// Uses the calendar of a built site as readers do: node calendar.mjs SITE CHROMIUM
import assert from "node:assert/strict";
import { Chromium, run, serve } from "./chromium.mjs";

const [site, program] = process.argv.slice(2);
const server = await serve(site);
const chromium = new Chromium(program);
const month = `${server.address}/calendar/2026/11.html`;
const said = `document.querySelector(".filter output").textContent`;
const query = `decodeURIComponent(location.search.replaceAll("+", " "))`;
const shown = `[...document.querySelectorAll(".month li[data-f] > a")].filter((a) => a.checkVisibility()).map((a) => a.textContent.split(" ").at(-1))`;
const choose = (page, name, text) => page.run(`(() => {
  const list = document.querySelector(".filter [name=${name}]");
  list.value = [...list.options].find((option) => option.text === ${JSON.stringify(text)}).value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
})()`);
/** Lets the clock of the pages that are opened next stand still. */
const stop = (page, at) => page.send("Page.addScriptToEvaluateOnNewDocument", { source: `
  const Clock = Date;
  Date = class extends Clock { constructor(...of) { super(...(of.length ? of : [${JSON.stringify(at)}])); } };
` });

const tests = {
  async "entries are found by service, item, type and status, and counted"(page) {
    await page.open(month);
    assert.equal(await page.run(`document.querySelector(".filter").checkVisibility()`), true);
    assert.equal(await page.run(said), "");
    const all = ["Alpha", "Beta", "Gamma", "Delta", "Rest"];
    assert.deepEqual((await page.run(shown)).sort(), [...all].sort());
    await choose(page, "service", "Shop");
    // The freeze is for all services.
    assert.deepEqual((await page.run(shown)).sort(), ["Alpha", "Beta", "Rest"]);
    assert.equal(await page.run(said), "3 of the 5 entries on this page");
    await choose(page, "status", "Rolled back");
    assert.deepEqual(await page.run(shown), ["Beta"]);
    await choose(page, "service", "All");
    await choose(page, "status", "All");
    await choose(page, "item", "ledger");
    assert.deepEqual((await page.run(shown)).sort(), ["Gamma", "Rest"]);
    await choose(page, "item", "All");
    await choose(page, "type", "Change: emergency");
    assert.deepEqual(await page.run(shown), ["Delta"]);
    assert.equal(await page.run(said), "1 of the 5 entries on this page");
  },

  async "the address keeps what is chosen, and the way to other pages does"(page) {
    await page.open(month);
    await choose(page, "service", "Shop");
    assert.equal(await page.run(query), "?service=Shop");
    await page.run(`[...document.querySelectorAll(".month tbody th a")].find((a) => a.textContent === "W47").click()`);
    await page.until(`location.pathname.endsWith("W47.html") && document.querySelector(".filter")?.checkVisibility()`);
    assert.equal(await page.run(query), "?service=Shop");
    const inWeek = `[...document.querySelectorAll(".week [data-f]")].filter((e) => e.checkVisibility()).map((e) => e.querySelector("a")?.textContent)`;
    assert.deepEqual(await page.run(inWeek), ["Beta"]);
    const drawn = `[...document.querySelectorAll(".hours g:not(.band)")].filter((e) => getComputedStyle(e).display !== "none").length`;
    assert.equal(await page.run(drawn), 1);
    const other = await chromium.page();
    await other.open(`${month}?status=Rolled+back&item=nonsense`);
    assert.deepEqual(await other.run(shown), ["Beta"]);
  },

  async "the keyboard is enough"(page) {
    await page.open(month);
    await page.run(`document.querySelector(".filter [name=service]").focus()`);
    await page.key("ArrowDown", { virtual: 40 });
    await page.until(`${said} !== ""`);
    assert.equal(await page.run(query), "?service=Bank");
    await page.key("ArrowDown", { virtual: 40 });
    await page.until(`${query} === "?service=Shop"`);
    await page.key("Tab", { virtual: 9 });
    assert.equal(await page.run("document.activeElement.name"), "item");
    await page.key("ArrowDown", { virtual: 40 });
    await page.until(`/item=/.test(${query})`);
  },

  async "today is that of the site's zone, and is marked in words for those who listen"(page) {
    await stop(page, "2026-11-18T12:30:00Z");
    await page.open(month);
    const marked = `[...document.querySelectorAll("[aria-current=date]")].map((cell) => cell.querySelector("time").dateTime)`;
    assert.deepEqual(await page.run(marked), ["2026-11-19"]);
    await page.open(`${server.address}/calendar/2026/W47.html`);
    assert.deepEqual(await page.run(marked), ["2026-11-19"]);
    // Half past one in the night of Thursday: three days and an hour and a half, six units an hour.
    assert.match(await page.run(`document.querySelector(".hours .now").getAttribute("d")`), /^M441 /);
    await page.open(`${server.address}/calendar/2026/W45.html`);
    assert.equal(await page.run(`document.querySelectorAll("[aria-current=date], .now").length`), 0);
  },

  async "a reader elsewhere sees the own time beside the site's, in its words and its form"(page) {
    await page.send("Emulation.setTimezoneOverride", { timezoneId: "Europe/Amsterdam" });
    await page.open(`${server.address}/calendar/2026/W47.html`);
    assert.match(await page.run(`document.querySelector(".head .lead").textContent`), /Your own zone is Europe\/Amsterdam/);
    const own = `[...document.querySelectorAll(".own")].map((text) => text.textContent)`;
    // Auckland is twelve hours ahead: 08:00 to 09:00 and 20:00 to 23:00 of the 19th.
    assert.deepEqual(await page.run(own), [
      "Wed 18 Nov, 20:00 – 21:00 your time", "Thu 19 Nov, 08:00 – 11:00 your time",
    ]);
    const times = `[...document.querySelectorAll(".week li .when")].map((when) => when.firstElementChild.dateTime)`;
    assert.deepEqual(await page.run(times), ["2026-11-19T08:00:00+13:00", "2026-11-19T20:00:00+13:00"]);
    await page.open(`${server.address}/releases/REL-2.html`);
    assert.equal((await page.run(own))[0], "Thu 19 Nov, 08:00 – 11:00 your time");
    await page.open(`${server.address}/changes/CHG-2.html`);
    assert.equal((await page.run(own))[0], "Thu 26 Nov, 20:00 – 21:00 your time");
  },

  async "where the reader's clocks show the same, no time stands twice"(page) {
    await page.send("Emulation.setTimezoneOverride", { timezoneId: "Pacific/Auckland" });
    for (const path of ["calendar/2026/W47.html", "releases/REL-2.html", "changes/CHG-2.html"]) {
      await page.open(`${server.address}/${path}`);
      assert.equal(await page.run(`document.querySelectorAll(".own").length`), 0);
      assert.ok(await page.run(`document.querySelectorAll(".when").length > 0`));
    }
  },

  async "without scripts there is no filter, and nothing claims to be today"(page) {
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.open(month);
    const { root } = await page.send("DOM.getDocument", { depth: -1 });
    const one = async (selector) => (await page.send("DOM.querySelector", { nodeId: root.nodeId, selector })).nodeId;
    assert.notEqual(await one(".filter[hidden]"), 0);
    assert.equal(await one("[aria-current=date]"), 0);
  },
};

await run(tests, chromium, server);
