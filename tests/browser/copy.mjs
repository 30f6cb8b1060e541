// Copies from the pages of a built site as readers do: node copy.mjs SITE CHROMIUM
import assert from "node:assert/strict";
import { Chromium, run, serve } from "./chromium.mjs";

const [site, program] = process.argv.slice(2);
const server = await serve(site);
const chromium = new Chromium(program);
const knownError = `${server.address}/known-errors/KE-1.html`;
const status = `document.querySelector("[role=status]").textContent`;

/** What the element with this `data-copy` says when it is pasted as plain text. */
const TEXT = `Before you begin:

3. Stop the spooler:
   net stop spooler
   rem  and wait

   del *.spl
4. Empty the tray, then
   close it:
   - the upper one
     1. pull
     2. push
   - the lower one
5. Start it again & print

> Do not pull the plug.

Step\tSeconds
Stop\t20

A line
and another.`;

/** Presses the button with this label by keyboard, and pastes into a field of its own what was copied. */
async function copied(page, label) {
  const button = `[...document.querySelectorAll("button.copy")].find((b) => b.textContent === "${label}")`;
  await page.until(`${button}`);
  await page.run(`window.told = []; new MutationObserver(() => told.push(document.activeElement.textContent)).observe(${button}, { childList: true })`);
  await page.run(`${button}.focus()`);
  await page.key("Enter", { text: "\r", virtual: 13 });
  await page.until(`${status} !== ""`);
  assert.equal(await page.run(status), "Copied");
  assert.equal(await page.run(`told[0]`), "Copied", "the button says so too");
  await page.run(`document.body.append(document.createElement("textarea")); document.querySelector("textarea").focus()`);
  await page.send("Input.dispatchKeyEvent", { type: "keyDown", key: "v", code: "KeyV", modifiers: 2, commands: ["paste"] });
  await page.until(`document.querySelector("textarea").value`);
  return page.run(`document.querySelector("textarea").value`);
}

const tests = {
  async "the text keeps numbers, nesting, code and lines"(page) {
    await page.open(knownError);
    assert.equal(await copied(page, "Copy text"), TEXT);
  },

  async "the formatted text has the same words, and whole addresses"(page) {
    await page.open(knownError);
    assert.equal(await copied(page, "Copy formatted"), TEXT);
    await page.run(`document.body.append(Object.assign(document.createElement("div"), { id: "rich", contentEditable: true })); document.querySelector("#rich").focus()`);
    await page.send("Input.dispatchKeyEvent", { type: "keyDown", key: "v", code: "KeyV", modifiers: 2, commands: ["paste"] });
    await page.until(`document.querySelector("#rich li")`);
    assert.equal(await page.run(`document.querySelector("#rich ol").start`), 3);
    assert.equal(await page.run(`document.querySelector("#rich a").getAttribute("href")`), `${server.address}/known-errors/KE-2.html`);
  },

  async "without the browser's clipboard it copies the same"(page) {
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `Object.defineProperty(navigator, "clipboard", { value: undefined })` });
    await page.open(knownError);
    assert.equal(await copied(page, "Copy text"), TEXT);
  },

  async "where nothing can be copied, it says what to do"(page) {
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `Object.defineProperty(navigator, "clipboard", { value: undefined }); document.execCommand = () => false` });
    await page.open(knownError);
    await page.until(`document.querySelector("button.copy")`);
    await page.run(`document.querySelector("button.copy").click()`);
    await page.until(`${status} === "Select the text and copy it"`);
  },

  async "lines of a text in the front matter stay lines, and so do those of a notice"(page) {
    await page.open(`${server.address}/known-errors/KE-2.html`);
    assert.equal(await copied(page, "Copy text"), "Press twice.\nThen wait.");
    await page.open(`${server.address}/releases/REL-1/notice.html`);
    assert.match(await copied(page, "Copy text"), /^We are going to bring One into service\.\n\nWhen: .*\n\nWe will write again/);
  },

  async "the region that speaks is there before it speaks, and out of sight"(page) {
    await page.open(knownError);
    await page.until(`document.querySelector("button.copy")`);
    assert.equal(await page.run(status), "");
    assert.equal(await page.run(`document.querySelector("[role=status]").getBoundingClientRect().width <= 1`), true);
  },
};

await run(tests, chromium, server);
