// Measures how long it takes from a save to the changed page as it is painted:
//   node serve.mjs CHROMIUM ROUNDS KIND FOLDER PAGE FILE PROGRAM ARGUMENTS...
// KIND is `relbook` or `hugo`: it says where the program prints its address. PAGE is the page that is open, FILE its record
// below FOLDER. It prints a line of JSON: {"first": seconds from the address to the first page, and for each kind of edit
// the milliseconds of all rounds in order, without those that the page missed}. Megabytes are those of the server in the end.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Chromium } from "../browser/chromium.mjs";

const [program, rounds, kind, folder, path, file, command, ...more] = process.argv.slice(2);
const record = join(folder, file);
const original = readFileSync(record, "utf8");

const server = spawn(command, more, { stdio: ["ignore", "pipe", "inherit"] });
const address = await new Promise((done) => {
  let said = "";
  server.stdout.on("data", (bytes) => {
    said += bytes;
    const url = said.match(kind === "hugo" ? /available at (http:\S+)/ : /(http:\S+)\n/);
    if (url) done(url[1]);
  });
});
const started = performance.now();
await (await fetch(new URL(path, address))).text();
const first = (performance.now() - started) / 1000;

const chromium = new Chromium(program);
const page = await chromium.page();

/** Runs in every page: tells of each mark once it was painted. A task behind a frame's callbacks runs after its paint. */
function watch() {
  let last = null;
  const look = () => {
    const [mark] = document.body?.textContent.match(/mark-\d+/) ?? [null];
    if (mark !== null && mark !== last) {
      last = mark;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted(mark);
      port2.postMessage(null);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

let isPainted = () => {};
// Hugo's pages listen by a socket: a page does once it was greeted there.
const greeted = new Set();
let isGreeted = () => {};
chromium.listeners.add(({ method, params }) => {
  if (method === "Runtime.bindingCalled") isPainted(params.payload);
  if (method === "Network.webSocketFrameReceived") {
    greeted.add(params.requestId);
    isGreeted();
  }
});
await page.send("Runtime.addBinding", { name: "painted" });
await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})()` });
const listens = (pages) => kind === "hugo"
  ? new Promise((done) => {
      isGreeted = () => greeted.size >= pages && done();
      isGreeted();
    })
  : page.until(`document.querySelector("#relbook-preview[data-state=told][data-follows]")`);
await page.open(new URL(path, address).href);
await listens(1);

const EDITS = {
  body: (mark) => `${original}\n\n${mark}\n`,
  title: (mark) => original.replace(/^title: .*$/m, `title: "A title with ${mark}"`),
  date: (mark, round) => `${original.replace(/^(planned_date|date): .*$/m, `$1: 2026-0${1 + ((round + WARM_UP) % 8)}-11`)}\n\n${mark}\n`,
};

/** The first saves are not counted: a browser compiles a page's scripts while it runs them. */
const WARM_UP = 5;

/** A page that does not follow a save in this time does not follow it at all. */
const PATIENCE = 3000;
const late = (patience) => new Promise((done) => setTimeout(() => done(true), patience));

const told = { first, missed: 0 };
let number = 0;
for (const [name, edit] of Object.entries(EDITS)) {
  told[name] = [];
  for (let round = -WARM_UP; round < Number(rounds); round += 1) {
    const mark = `mark-${(number += 1)}`;
    const done = new Promise((painted) => (isPainted = (seen) => seen === mark && painted()));
    const before = greeted.size;
    const start = performance.now();
    writeFileSync(record, edit(mark, round));
    if (await Promise.race([done, late(PATIENCE)])) {
      told.missed += 1;
      await page.open(new URL(path, address).href);
    } else if (round >= 0) told[name].push(performance.now() - start);
    await Promise.race([listens(before + 1), late(4 * PATIENCE)]);
  }
}
const memory = readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/);
told.megabytes = memory ? Number(memory[1]) / 1024 : null;
writeFileSync(record, original);
console.log(JSON.stringify(told));
await chromium.close();
server.kill("SIGINT");
