// Opens every file of a site in Chromium, from three plain servers without special headers: one that knows what common
// files are, one that goes by any ending in a name as Apache does, and one that never says. Nothing may run, and
// nothing may be fetched from elsewhere.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Chromium } from "./chromium.mjs";

const [site, program] = process.argv.slice(2);
const COMMON = {
  html: "text/html", htm: "text/html", xhtml: "application/xhtml+xml", xml: "text/xml", svg: "image/svg+xml",
  js: "text/javascript", css: "text/css", json: "application/json", txt: "text/plain", csv: "text/csv",
  md: "text/markdown", png: "image/png", jpg: "image/jpeg", pdf: "application/pdf", zip: "application/zip",
};
const SERVERS = {
  "by its last ending": (name) => COMMON[name.split(".").pop()] ?? "application/octet-stream",
  "by any ending": (name) => name.split(".").slice(1).reverse().map((ending) => COMMON[ending]).find(Boolean),
  "no word": () => undefined,
};
/** The site's own pages and scripts are trusted; they are looked at elsewhere. */
const isOwn = (path) => /^(assets|search)\//.test(path) || path.startsWith(".relbook/");

const files = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)))
  .filter((path) => !isOwn(path)).sort();

let ran = [];
let type;
const server = createServer((request, answer) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname).slice(1);
  if (path === "ran") ran.push(request.headers.referer ?? "somebody");
  const known = files.includes(path) || isOwn(path);
  const headers = {};
  const named = isOwn(path) || path.endsWith(".html") ? COMMON[path.split(".").pop()] : type(path);
  if (named) headers["content-type"] = named;
  answer.writeHead(known ? 200 : 404, headers);
  answer.end(known ? readFileSync(join(site, path)) : "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}`;
const chromium = new Chromium(program);
await chromium.send("Browser.setDownloadBehavior", { behavior: "deny" });
const faults = [];
for (const [how, types] of Object.entries(SERVERS)) {
  type = types;
  const page = await chromium.page();
  for (const path of files) {
    const opened = await page.send("Page.navigate", { url: `${address}/${path.split("/").map(encodeURIComponent).join("/")}` });
    if (opened.errorText) continue; // It was downloaded.
    await page.until("document.readyState === 'complete'");
    // What a load handler starts has started once another task has had its turn.
    const mark = await page.run("new Promise((done) => setTimeout(() => done(globalThis.RAN), 0))");
    if (mark) faults.push(`${path}, served with ${how}, ran`);
  }
  const elsewhere = [...page.requests.values()].map(({ url }) => url).filter((url) => !url.startsWith(address) && !url.startsWith("data:"));
  faults.push(...elsewhere.map((url) => `${url} was asked for, served with ${how}`));
}
faults.push(...ran.map((who) => `a script of ${who} ran`));
await chromium.close();
server.close();
assert.deepEqual(faults, []);
assert.ok(files.length > 20, `only ${files.length} files`);
process.exit(0);
