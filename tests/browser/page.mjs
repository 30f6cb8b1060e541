// Uses the search page of a built site as readers do: node page.mjs SITE CHROMIUM
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Chromium, run, serve } from "./chromium.mjs";

const [site, program] = process.argv.slice(2);
const server = await serve(site);
const chromium = new Chromium(program);
const search = `${server.address}/search/index.html`;
const said = `(document.querySelector("#found")?.textContent ?? "")`;
const titles = `[...document.querySelectorAll("#results li > a")].map((a) => a.textContent)`;
const query = `decodeURIComponent(location.search.replaceAll("+", " "))`;

const tests = {
  async "what is typed is looked for, and stands in the address"(page) {
    await page.open(search);
    await page.until(`document.activeElement?.name === "q"`);
    await page.type("spool");
    await page.until(`${said} === "2 records found."`);
    assert.deepEqual((await page.run(titles)).sort(), ["Browser 133.0", `Labels come out <b>blank</b> & "wrong"`]);
    assert.equal(await page.run(query), "?q=spool");
    await page.type("er refused");
    await page.until(`${said} === "1 record found."`);
    assert.equal(await page.run(query), "?q=spooler refused");
  },

  async "a title is text, words are marked, and the workaround is there"(page) {
    await page.open(`${search}?q=E-417`);
    await page.until(`${said}`);
    const first = `document.querySelector("#results li")`;
    assert.equal(await page.run(`${first}.querySelector("a").textContent`), `Labels come out <b>blank</b> & "wrong"`);
    assert.equal(await page.run(`${first}.querySelectorAll("a b").length`), 0);
    assert.equal(await page.run(`${first}.querySelector(".remedy").textContent`), "Workaround Switch the printer off and on.");
    assert.deepEqual(await page.run(`[...${first}.querySelectorAll("mark")].map((m) => m.textContent)`), ["E", "417"]);
    assert.match(await page.run(`${first}.textContent`), /1 Mar 2026.*Resolved.*Known error KE-101 · Shipping/);
    await page.run(`${first}.querySelector("a").click()`);
    await page.until(`location.pathname.endsWith("known-errors/KE-101.html")`);
  },

  async "facets count, several narrow, and the address keeps them"(page) {
    await page.open(`${search}?q=gateway`);
    await page.until(`${said} === "26 records found."`);
    const count = (name, value) => `document.querySelector('#facets [name=${name}][value="${value}"]').closest("label").querySelector("small").textContent`;
    const click = (name, value) => page.run(`document.querySelector('#facets [name=${name}][value="${value}"]').click()`);
    assert.equal(await page.run(count("type", "change")), "25");
    assert.equal(await page.run(count("status", "closed")), "12");
    await click("status", "closed");
    await page.until(`${said} === "12 records found."`);
    assert.equal(await page.run(count("status", "scheduled")), "13", "what another choice would give");
    await click("year", "2024");
    await page.until(`${said} === "4 records found."`);
    await click("year", "2025");
    await page.until(`${said} === "8 records found."`);
    assert.equal(await page.run(query), "?q=gateway&status=closed&year=2024&year=2025");
    await page.run(`document.querySelector('[data-key=tag] summary').click()`);
    await page.until(`document.querySelector('#facets [name=tag][value=n0]')`);
    await click("tag", "n0");
    await page.until(`${said} === "4 records found."`);
    const address = await page.run("location.href");
    const other = await chromium.page();
    await other.open(address);
    await other.until(`${said} === "4 records found."`);
    assert.equal(await other.run(`document.querySelectorAll("#facets :checked").length`), 4);
    assert.deepEqual(await other.run(titles), await page.run(titles));
  },

  async "the way back leads through what was looked for"(page) {
    await page.open(search);
    await page.until(`document.activeElement?.name === "q"`);
    await page.type("gateway");
    await page.until(`${said} === "26 records found."`);
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.run(`document.querySelector("#facets [name=status][value=closed]").click()`);
    await page.until(`${said} === "12 records found."`);
    await page.run("history.back()");
    await page.until(`${said} === "26 records found."`);
    assert.equal(await page.run(`document.querySelectorAll("#facets :checked").length`), 0);
    await page.run("history.back()");
    await page.until(`${said} === "" && document.querySelector("#q").value === ""`);
    await page.run("history.forward()");
    await page.until(`${said} === "26 records found." && document.querySelector("#q").value === "gateway"`);
  },

  async "newest first, and more than ten"(page) {
    await page.open(`${search}?q=gateway&sort=date`);
    await page.until(`${said} === "26 records found."`);
    const days = await page.run(`[...document.querySelectorAll("#results time")].map((t) => t.dateTime)`);
    assert.equal(days.length, 10);
    assert.deepEqual(days, [...days].sort().reverse());
    await page.run(`document.querySelector("#more").click()`);
    await page.until(`document.querySelectorAll("#results li").length === 20`);
    await page.until(`document.activeElement === document.querySelectorAll("#results li > a")[10]`);
    assert.match(await page.run(query), /sort=date&n=20/);
  },

  async "the keyboard is enough"(page) {
    await page.open(`${server.address}/releases/REL-133.html`);
    await page.key("/", { text: "/", virtual: 191 });
    assert.equal(await page.run("document.activeElement.name"), "q");
    await page.run("document.activeElement.blur()");
    await page.key("k", { code: "KeyK", modifiers: 2, virtual: 75 });
    assert.equal(await page.run("document.activeElement.name"), "q");
    await page.type("spooler");
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.until(`location.pathname.endsWith("search/index.html") && ${said} === "2 records found."`);
    await page.key("/", { text: "/", virtual: 191 });
    assert.equal(await page.run("document.activeElement.id"), "q");
    await page.key("ArrowDown", { virtual: 40 });
    await page.key("ArrowDown", { virtual: 40 });
    assert.equal(await page.run(`document.activeElement === document.querySelectorAll("#results li > a")[1]`), true);
    await page.key("ArrowUp", { virtual: 38 });
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.until(`/(KE-101|REL-133).html$/.test(location.pathname)`);
  },

  async "nothing found is said, and the lists are offered"(page) {
    await page.open(`${search}?q=zzzz`);
    await page.until(`${said}.startsWith("No record has any of these words.")`);
    assert.equal(await page.run(`document.querySelector("#found").getAttribute("role")`), "status");
    assert.equal(await page.run(`document.querySelector("#help").checkVisibility()`), true);
    assert.equal(await page.run(`document.querySelector('#help a[href="../releases/index.html"]').checkVisibility()`), true);
    assert.deepEqual(await page.run(`["#how", "#facets", "#order"].map((part) => document.querySelector(part).checkVisibility())`), [false, false, false]);
  },

  async "words in quotation marks follow one another"(page) {
    const apart = `document.querySelector("#apart").checkVisibility()`;
    await page.open(`${search}?q=${encodeURIComponent('"start the witness"')}`);
    await page.until(`${said} === "1 record found."`);
    assert.deepEqual(await page.run(titles), ["Twin error"]);
    assert.equal(await page.run(apart), false);
    await page.open(`${search}?q=${encodeURIComponent('"witness the start"')}`);
    await page.until(`${said} === "In no record do the quoted words follow one another. 1 record has the words."`);
    assert.deepEqual(await page.run(titles), ["Twin error"]);
    assert.equal(await page.run(apart), true);
    assert.equal(await page.run(`document.querySelector("#apart").textContent`), "Not as quoted, but with the words");
    await page.open(`${search}?q=${encodeURIComponent('"gateway the of"')}&status=closed`);
    await page.until(`${said} === "In no record do the quoted words follow one another. 12 records have the words."`);
  },

  async "what is found only nearly is said to be so"(page) {
    for (const [typed, expected] of [
      ["paper hanlding", "No record has all of these words as typed; 1 record has words spelled nearly so."],
      ["paper tray handling zzzz", "No record has all of these words; 1 record comes nearest."],
      ["zzzz qqqq", "No record has any of these words. Look for fewer or other words, or go through the lists."],
      ["?!", "There is nothing to look for in that: a query has letters or digits."],
      ["timeout", "1 record found."],
      [`valve ${Array.from({ length: 40 }, (_, at) => `zz${at}`).join(" ")}`, "No record has all of these words; 3 records come nearest. Only the first 32 words were looked for."],
    ]) {
      await page.open(`${search}?q=${encodeURIComponent(typed)}`);
      await page.until(`${said} === ${JSON.stringify(expected)}`);
    }
  },

  async "Enter on an id leads to its record, from every page"(page) {
    for (const [typed, expected] of [["ke 101", "KE-101"], ["KE-0101", "KE-101"], ["ke101", "KE-101"], ["CHG-7", "CHG-7"], ["chg-007", "CHG-007"], ["chg 31", "CHG-031"]]) {
      await page.open(search);
      await page.until(`document.activeElement?.name === "q"`);
      await page.type(typed);
      await page.key("Enter", { text: "\r", virtual: 13 });
      await page.until(`location.pathname.endsWith("/${expected}.html")`);
    }
    await page.open(`${server.address}/releases/REL-133.html`);
    await page.key("/", { text: "/", virtual: 191 });
    await page.type("ke101");
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.until(`location.pathname.endsWith("/KE-101.html")`);
    // The answer comes before the page goes.
    await page.run("void setTimeout(() => history.back())");
    await page.until(`location.pathname.endsWith("/REL-133.html")`);
  },

  async "where several ids are meant, or words are, the results are shown"(page) {
    await page.open(search);
    await page.until(`document.activeElement?.name === "q"`);
    await page.type("chg 07");
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.until(`${said} !== ""`);
    assert.deepEqual((await page.run(titles)).slice(0, 2).sort(), ["Change 7 of the gateway", "Valve one"]);
    await page.open(`${server.address}/index.html`);
    await page.key("/", { text: "/", virtual: 191 });
    await page.type("gateway");
    await page.key("Enter", { text: "\r", virtual: 13 });
    await page.until(`${said} === "26 records found."`);
    assert.equal(await page.run(query), "?q=gateway", "the address that is shared shows the results");
    await page.open(`${search}?q=KE-101`);
    await page.until(`${said} !== ""`);
    assert.equal((await page.run(titles))[0], `Labels come out <b>blank</b> & "wrong"`);
  },

  async "what was rolled back says so and is a filter"(page) {
    await page.open(`${search}?q=valve`);
    await page.until(`${said} === "3 records found."`);
    const box = `document.querySelector("#facets [name=outcome][value=rolled-back]")`;
    assert.equal(await page.run(`${box}.closest("label").textContent`), "Was rolled back2");
    const count = (value) => page.run(`document.querySelector('#facets [name=status][value="${value}"]').closest("label").querySelector("small").textContent`);
    assert.deepEqual([await count("closed"), await count("rolled-back")], ["2", "1"]);
    await page.run(`${box}.click()`);
    await page.until(`${said} === "2 records found."`);
    assert.equal(await page.run(query), "?q=valve&outcome=rolled-back");
    const rows = await page.run(`[...document.querySelectorAll("#results li")].map((li) => li.textContent).sort()`);
    assert.match(rows[0], /^Valve oneClosedChange CHG-007 \u00b7 was rolled back/);
    assert.match(rows[1], /^Valve twoRolled backChange CHG-031(?!.*was rolled back)/);
  },

  async "without scripts the page says so and leads to the lists"(page) {
    await page.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.open(`${search}?q=spooler`);
    const { root } = await page.send("DOM.getDocument", { depth: -1 });
    const { nodeId } = await page.send("DOM.querySelector", { nodeId: root.nodeId, selector: "#help" });
    const { outerHTML } = await page.send("DOM.getOuterHTML", { nodeId });
    assert.match(outerHTML, /with scripts, and they are off/);
    assert.match(outerHTML, /href="..\/known-errors\/index.html"/);
    assert.doesNotMatch(outerHTML.slice(0, 40), /hidden/);
  },

  async "opened from disk the page says how it is used"(page) {
    await page.open(pathToFileURL(join(resolve(site), "search/index.html")).href);
    assert.match(await page.run(`document.querySelector("#help").innerText`), /Pages opened from disk cannot read its index/);
    assert.equal(await page.run(`document.querySelector("#found-part").checkVisibility()`), false);
    page.complaints = [];
  },
};

await run(tests, chromium, server);
