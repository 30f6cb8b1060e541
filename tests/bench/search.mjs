// Asks a built site and Pagefind the same questions in one headless Chromium: node search.mjs SITE CHROMIUM < questions
// A question is a line of JSON: {"query", "relevant": [addresses]}. An answer is a line: [rank here, rank there], 0 for
// none among the first ten; where no address is relevant, 1 if nothing is found and 0 if something is. With `cold` behind the program, each question is a first visit instead, and an answer is
// [bytes transferred, milliseconds from the last byte to the results, requests].
import { readFileSync, readdirSync } from "node:fs";
import { Chromium, serve } from "../browser/chromium.mjs";

const [site, program, isCold] = process.argv.slice(2);
const questions = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const server = await serve(site);
const chromium = new Chromium(program);

/** Runs in the page. */
async function prepare(root) {
  const { Searcher } = await import("/assets/search.js");
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const get = async (path) => new Uint8Array(await (await fetch(`/${path}`)).arrayBuffer());
  const searcher = await new Searcher(get).open(root);
  const place = (addresses, relevant) => addresses.findIndex((address) => relevant.includes(address)) + 1;
  globalThis.ask = async ({ query, relevant }) => {
    const found = await searcher.search(query);
    const cards = await Promise.all(searcher.best(found, 10).map((document) => searcher.card(document)));
    const there = (await pagefind.search(query)).results.slice(0, 10);
    if (!relevant.length) return [Number(found.lacksPhrase || !found.results.length), Number(!there.length)];
    const data = await Promise.all(there.map((result) => result.data()));
    return [place(cards.map((card) => card.href), relevant), place(data.map(({ raw_url: url }) => url.replace(/^\//, "")), relevant)];
  };
}

/** Runs before the page's own script: notes when the results stand there. */
function watch() {
  const look = () => {
    if (!document.querySelector("#found")?.textContent) return requestAnimationFrame(look);
    const ends = performance.getEntriesByType("resource").filter((entry) => entry.startTime < performance.now()).map((entry) => entry.responseEnd);
    globalThis.waited = performance.now() - Math.max(...ends);
  };
  requestAnimationFrame(look);
}

if (isCold) {
  for (const { query } of questions) {
    const page = await chromium.page();
    await page.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${watch})()` });
    await page.open(`${server.address}/search/index.html?q=${encodeURIComponent(query)}`);
    await page.until("globalThis.waited !== undefined");
    const requests = [...page.requests.values()];
    const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
    console.log(JSON.stringify([bytes, await page.run("globalThis.waited"), requests.length]));
  }
} else {
  const page = await chromium.page();
  await page.open(`${server.address}/bench.html`);
  const root = readdirSync(`${site}/search`).find((name) => name.startsWith("root-"));
  await page.run(`(${prepare})("search/${root}")`);
  for (const question of questions) console.log(JSON.stringify(await page.run(`ask(${JSON.stringify(question)})`)));
}
await chromium.close();
server.close();
