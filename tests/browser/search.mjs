// Runs the site's search script without a browser: node search.mjs SCRIPT SITE < questions
// A question is a line: "words TEXT" or "search TEXT". The answer is a line: the words as they are folded and as they are
// spelled out, or how many records there are, how they were found, and ids with points.
import { readFileSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, site] = process.argv.slice(2);
const { Searcher, spell, words } = await import(pathToFileURL(script));
const root = readdirSync(`${site}/search`).find((name) => name.startsWith("root-"));
const get = async (path) => new Uint8Array(readFileSync(`${site}/${path}`));
const searcher = await new Searcher(get).open(`search/${root}`);
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [kind, text] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
  if (kind === "words") {
    console.log([...words(text), "|", ...words(spell(text))].join(" "));
    continue;
  }
  const found = await searcher.search(text);
  const best = searcher.best(found, 10);
  const cards = await Promise.all(best.map((document) => searcher.card(document)));
  const hits = cards.map((card, at) => `${card.id}:${found.points[best[at]]}`);
  console.log([found.results.length, found.hasMost, found.isCorrected, found.lacksPhrase, ...hits].join(" "));
}
