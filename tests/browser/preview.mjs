// Writes records while their preview is open: node preview.mjs FOLDER CHROMIUM RELBOOK
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chromium, run } from "./chromium.mjs";

const [folder, program, relbook] = process.argv.slice(2);
const preview = spawn(relbook, ["serve", folder, "--port", "0", "--today", "2026-11-22"], { stdio: ["ignore", "pipe", "ignore"] });
const address = await new Promise((done) => preview.stdout.once("data", (url) => done(url.toString().trim())));
const chromium = new Chromium(program);
const server = { close: () => preview.kill("SIGINT") };

const change = (path, edit) => writeFileSync(join(folder, path), edit(readFileSync(join(folder, path), "utf8")));
const told = `document.querySelector("#relbook-preview[data-state=told][data-follows]")`;
const has = (words) => `document.body?.innerText.includes(${JSON.stringify(words)})`;

const tests = {
  async "a page follows a save, and keeps its place, folds and fields"(page) {
    await page.send("Emulation.setDeviceMetricsOverride", { width: 700, height: 240, deviceScaleFactor: 1, mobile: false });
    await page.open(`${address}calendar/2026/11.html`);
    await page.until(told);
    await page.run(`(() => {
      const list = document.querySelector(".filter [name=service]");
      list.value = [...list.options].find((option) => option.text === "Shop").value;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      document.querySelectorAll("main details").forEach((fold) => (fold.open = !fold.open));
      scrollTo({ top: 180, behavior: "instant" });
    })()`);
    const state = `({
      folds: [...document.querySelectorAll("main details")].map((fold) => fold.open),
      service: document.querySelector(".filter [name=service]").selectedOptions[0].text,
      shown: [...document.querySelectorAll(".month li[data-f] > a")].filter((a) => a.checkVisibility()).map((a) => a.textContent.split(" ").at(-1)),
      place: scrollY,
    })`;
    const before = await page.run(state);
    await page.run(`(window.mark = 1)`);
    assert.equal(before.place, 180);
    assert.deepEqual(before.shown, ["Alpha"]);
    change("releases/REL-1.md", (text) => text.replace("Alpha", "Omega"));
    await page.until(`${has("Omega")} && ${told} && scrollY === 180`);
    assert.deepEqual(await page.run(state), { ...before, shown: ["Omega"] });
    assert.equal(await page.run(`window.mark`), 1, "the page was not loaded again");
  },

  async "buttons and times of the theme's own scripts are there after a save, once"(page) {
    await page.open(`${address}releases/REL-1/notice.html`);
    await page.until(told);
    const state = `JSON.stringify([document.querySelectorAll(".copy").length, document.querySelectorAll(".own").length])`;
    const before = await page.run(state);
    assert.match(before, /^\[[1-9]/);
    change("releases/REL-1.md", (text) => text.replace("Omega", "Psi"));
    await page.until(`${has("Psi")} && ${told}`);
    assert.equal(await page.run(state), before);
    change("releases/REL-1.md", (text) => text.replace("Psi", "Omega"));
    await page.until(`${has("Omega")} && ${told}`);
  },

  async "a page with a script that the site has written is loaded anew"(page) {
    await page.open(`${address}releases/REL-1.html`);
    await page.until(told);
    await page.run(`(window.mark = 1)`);
    change("theme/assets/own.css", (text) => `${text}\n/* */`);
    writeFileSync(join(folder, "theme/assets/times.js"), "document.documentElement.dataset.runs = (Number(document.documentElement.dataset.runs) || 0) + 1;");
    await page.until(`document.documentElement?.dataset.runs === "1" && ${told}`);
    assert.equal(await page.run(`window.mark ?? null`), null);
    await page.run(`(window.mark = 1)`);
    change("releases/REL-1.md", (text) => `${text}\nAnew.\n`);
    await page.until(`${has("Anew.")} && ${told}`);
    assert.equal(await page.run(`[window.mark ?? null, document.documentElement.dataset.runs].join()`), ",1");
    rmSync(join(folder, "theme/assets/times.js"));
    await page.until(`document.documentElement?.dataset.runs === undefined && ${told}`);
  },

  async "a style sheet is exchanged in place"(page) {
    await page.open(address);
    await page.until(told);
    await page.run(`(window.mark = 1)`);
    change("theme/assets/own.css", () => "body { letter-spacing: 3px }");
    await page.until(`getComputedStyle(document.body).letterSpacing === "3px"`);
    assert.equal(await page.run(`window.mark`), 1, "the page was not loaded again");
  },

  async "what was found stands in the corner of the record's page, as text"(page) {
    await page.open(`${address}releases/REL-2.html`);
    await page.until(told);
    assert.match(await page.run(`${told}.innerText`), /Nothing found here/);
    change("releases/REL-2.md", (text) => text.replace("service:", "\"<img src=x onerror=document.title='ran'>\": x\nservice:"));
    await page.until(`${told} && ${told}.querySelector("li.error")`);
    assert.match(await page.run(`${told}.innerText`), /1 error here[\s\S]*<img src=x[\s\S]*releases\/REL-2\.md:3/);
    assert.equal(await page.run(`${told}.querySelectorAll("img").length`), 0);
    assert.match(await page.run(`${told}.querySelector("a[href^=vscode]").href`), /^vscode:\/\/file\/.*REL-2\.md:3:1$/);
    // Whoever folds it up has read it.
    await page.run(`${told}.querySelector("summary").click()`);
    change("releases/REL-2.md", (text) => `${text}\nMore words.\n`);
    await page.until(`${has("More words.")} && ${told}`);
    assert.equal(await page.run(`${told}.querySelector("details").open`), false);
    assert.match(await page.run(`${told}.innerText`), /1 error here/);
    assert.notEqual(await page.run(`document.title`), "ran");
    change("releases/REL-2.md", (text) => text.replace(/^"<img.*\n/m, ""));
    await page.until(`${told} && ${told}.querySelector("summary.clean")`);
  },

  async "more pages than a browser has connections all follow"(page) {
    const pages = [page];
    for (let number = 1; number < 9; number += 1) pages.push(await chromium.page({ beside: page }));
    for (const each of pages) {
      await each.send("Page.bringToFront");
      await each.open(`${address}releases/REL-1.html`);
      await each.until(told);
    }
    change("releases/REL-1.md", (text) => `${text}\nFor all of them.\n`);
    // A page that nobody sees follows when it is seen again.
    for (const each of pages) {
      await each.send("Page.bringToFront");
      await each.until(has("For all of them."));
    }
    for (const each of pages) assert.deepEqual(each.complaints, []);
  },

  async "the search finds what was just written"(page) {
    await page.open(`${address}search/index.html?q=zanzibar`);
    await page.until(told);
    change("releases/REL-1.md", (text) => `${text}\nZanzibar.\n`);
    await page.until(`document.querySelector("main")?.innerText.includes("REL-1")`);
    // The page before this one may still have asked for files of the index before.
    page.complaints = page.complaints.filter((complaint) => !/404.*\/search\/[^/]*\.bin/.test(complaint));
  },
};

await run(tests, chromium, server);
