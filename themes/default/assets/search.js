// Searches the site's index in the reader's browser. The rules are those of src/search, step by step, and a test
// holds the two together; where a number or an order looks arbitrary, its reason stands there.

// ---- words (fold.rs, words.rs) ----

const SPELLINGS = { "\u00df": "ss", "\u00e6": "ae", "\u00f8": "o", "\u0111": "d", "\u0131": "i", "\u0142": "l", "\u0153": "oe", "\u03c2": "\u03c3" };
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const COMPOUND = /[\p{Alphabetic}\p{N}]+(?:[-._][\p{Alphabetic}\p{N}]+)*/gu;
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const PIECES = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const LONGEST = 64;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
// A letter takes at most three bytes for each of its units.
const isShort = (word) => word.length * 3 <= LONGEST || encoder.encode(word).length <= LONGEST;

const foldLetters = (text) => text
  .replace(/['\u2019]|(?![\0-\x7f])\p{M}/gu, "")
  .replace(/[\u2010-\u2015\u2212]/g, "-")
  .replace(/[\u00df\u00e6\u00f8\u0111\u0131\u0142\u0153\u03c2]/g, (letter) => SPELLINGS[letter]);

export function fold(text) {
  return foldLetters(text.normalize("NFKD").toLowerCase());
}

/** As `fold`, with umlauts as two letters. */
export function spell(text) {
  return foldLetters(text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/([aou](?:(?!\u0308)\p{M})*)\u0308/gu, "$1e")
    .replace(/(a(?:(?!\u030a)\p{M})*)\u030a/gu, "$1a")
    .replace(/\u00f8/g, "oe"));
}

function unspaced(run) {
  return run.match(PIECES).flatMap((piece) => {
    if (!HAS_UNSPACED.test(piece)) return [piece];
    const letters = [...piece];
    return letters.length === 1 ? letters : letters.slice(1).map((letter, number) => letters[number] + letter);
  });
}

/** The words of a folded text in rows of joined ones, each row with the whole where that is a word too. */
function compounds(folded) {
  return (folded.match(COMPOUND) ?? []).map((text) => {
    const joined = text.split(/[-._]/);
    if (HAS_UNSPACED.test(text)) return { parts: joined.flatMap(unspaced), whole: null };
    const isWhole = joined.length > 1 && /[0-9]/.test(text) && isShort(text);
    return { parts: joined, whole: isWhole ? text : null };
  });
}

const wordsOf = (folded) => compounds(folded).flatMap(({ parts, whole }) => [...parts.filter(isShort), ...(whole ? [whole] : [])]);

export function words(text) {
  return wordsOf(fold(text));
}

// ---- the query (query.rs) ----

const MOST_WORDS = 32;
const FEW_WORDS = 6;
const QUOTES = /["\u201c\u201d\u201e\u00ab\u00bb]/;

export function parse(text) {
  const folded = fold(text);
  const pieces = folded.split(QUOTES);
  const spelled = spell(text).split(QUOTES);
  const query = { whole: folded.trim(), words: [], compounds: [], phrases: [], isOpen: false, isCut: false };
  const parts = [];
  let compound = 0;
  pieces.forEach((piece, number) => {
    const start = parts.length;
    const others = compounds(spelled[number]).flatMap((row) => row.parts);
    for (const { parts: row, whole } of compounds(piece)) {
      compound += 1;
      if (whole) query.compounds.push(whole);
      for (const text of row) parts.push({ text, spelled: others[parts.length - start] ?? "", piece: number, compound });
    }
    if (number % 2 === 0 || number + 1 === pieces.length || start === parts.length) return;
    const phrase = parts.slice(start);
    query.phrases.push({ words: phrase.map((part) => part.text), spelled: phrase.map((part) => part.spelled) });
  });
  const known = takeWords(query, parts);
  query.compounds = [...new Set(query.compounds.filter((word) => !known.has(word)))].slice(0, MOST_WORDS);
  query.isOpen = /[\p{Alphabetic}\p{N}]$/u.test(folded) && !query.isCut && parts.at(-1)?.text === query.words.at(-1)?.text;
  query.isShort = query.words.length <= FEW_WORDS;
  return query;
}

function takeWords(query, parts) {
  const known = new Map();
  for (const { text, spelled } of parts.filter((part) => isShort(part.text))) {
    if (known.has(text)) continue;
    const isQuoted = query.phrases.some((phrase) => phrase.words.includes(text));
    known.set(text, { text, spelled: spelled !== text && isShort(spelled) ? spelled : null, joined: [], isQuoted });
  }
  const isFew = known.size <= FEW_WORDS;
  query.isCut = known.size > MOST_WORDS;
  query.words = [...known.values()].slice(0, MOST_WORDS);
  parts.slice(1).forEach((second, at) => {
    const first = parts[at];
    const isNear = first.compound === second.compound || (isFew && first.piece === second.piece);
    const joined = first.text + second.text;
    if (!isNear || !mayBeOne(first.text, second.text) || !isShort(joined)) return;
    for (const word of query.words) {
      if ((word.text === first.text || word.text === second.text) && !word.joined.includes(joined)) word.joined.push(joined);
    }
  });
  return known;
}

/** Whether two words can also be written as one: two numbers cannot, nor can words of a script without blanks. */
function mayBeOne(first, second) {
  const [before, behind] = [[...first].at(-1) ?? "", [...second][0] ?? ""];
  const isNumber = (letter) => /\p{N}/u.test(letter);
  return !(isNumber(before) && isNumber(behind)) && !HAS_UNSPACED.test(before) && !HAS_UNSPACED.test(behind);
}

// ---- ids as people type them (like.rs) ----

const runs = (folded) => (folded.match(/\p{N}+|(?:(?!\p{N})\p{Alphabetic})+/gu) ?? []).map((run) => run.replace(/^0+(?=.)/, ""));

function likeKeys(id) {
  const folded = fold(id);
  const keys = [runs(folded).join(""), folded.replace(/[^\p{Alphabetic}\p{N}]/gu, "")];
  return [...new Set(keys)].filter(Boolean);
}

function likeness(typed, id) {
  const [one, other] = [fold(typed), fold(id)];
  if (one.trim() === other) return 3;
  return runs(one).join(" ") === runs(other).join(" ") ? 2 : 1;
}

// ---- words that follow one another (neighbours.rs) ----

const BASE = 0x9e3779b97f4a7c15n;
const SPREAD = 0xbf58476d1ce4e5b9n;
const LAST_END = 31;
const PLACES = "+";
const wrapped = (number) => BigInt.asUintN(64, number);

/** What the terms of all neighbours begin with that give this word. */
function neighboursOf(word) {
  let digest = 0n;
  for (const byte of encoder.encode(word)) digest = wrapped(digest * BASE + BigInt(byte));
  const mixed = wrapped((digest ^ (digest >> 32n)) * SPREAD);
  return ((mixed ^ (mixed >> 29n)) >> 14n).toString(32).padStart(10, "0");
}

const neighbours = (first, second) => neighboursOf(first + second) + Math.min(encoder.encode(first).length, LAST_END).toString(32);

/** The two neighbours that give a word, as their term tells. */
function splitAs(term, word) {
  const bytes = encoder.encode(word);
  const end = Number.parseInt(term.at(-1), 32);
  if (!(end > 0 && end < LAST_END && end < bytes.length)) return null;
  const [first, second] = [decoder.decode(bytes.subarray(0, end)), decoder.decode(bytes.subarray(end))];
  return first + second === word ? [first, second] : null;
}

// ---- the files (bytes.rs, root.rs, dictionary.rs, columns.rs, cards.rs) ----

const NAME = 6;
const SHORT = 48;
const FAR = 8 << 10;
const COLUMN_BITS = 14;
const VALUE_RANGE = 1 << 11;
const CARD_RANGE = 1 << 10;
const CARDS = 16;
const IMPACT_BITS = 4;
const LENGTH_PARAMETER = 2;
const NAMED = 16;
const NAMESPACES = ["item", "problem", "tag"];

const unzigzag = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  number() {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error("cut off");
      number += (byte & 127) * factor;
      if (byte < 128) return number;
    }
  }
  take(length) {
    return this.bytes.subarray(this.at, (this.at += length));
  }
  text() {
    return decoder.decode(this.take(this.number()));
  }
  name() {
    return Array.from(this.take(NAME), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  many(read) {
    return Array.from({ length: this.number() }, () => read(this));
  }
  texts() {
    const next = front(this);
    return this.many(next);
  }
}

class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  /** The next 25 bits and some more, the first of them the highest. */
  window() {
    const { bytes, at } = this;
    const byte = at >> 3;
    return ((bytes[byte] << 24) | (bytes[byte + 1] << 16) | (bytes[byte + 2] << 8) | bytes[byte + 3]) << (at & 7);
  }
  take(width) {
    if (width > 16) return this.take(width - 16) * 65536 + this.take(16);
    const bits = width ? this.window() >>> (32 - width) : 0;
    this.at += width;
    return bits;
  }
  rice(parameter) {
    const quotient = Math.clz32(~this.window());
    if (quotient >= 24) {
      this.at += 24;
      return this.take(32);
    }
    this.at += quotient + 1;
    return quotient * 2 ** parameter + this.take(parameter);
  }
}

/** The parameter for numbers of this sum. */
function riceParameter(sum, count) {
  const mean = Math.floor(sum / count);
  return Math.min(Math.max(31 - Math.clz32(Math.floor((mean * 7) / 10)), 0), 20);
}

/** Terms that share their beginnings with the ones before them. The shared length counts bytes. */
function front(reader) {
  let before = "";
  let size = 0;
  return () => {
    const shared = reader.number();
    const length = reader.number();
    const isPlain = before.length === size;
    const kept = isPlain ? before.slice(0, shared) : decoder.decode(encoder.encode(before).subarray(0, shared));
    before = kept + decoder.decode(reader.take(length));
    size = shared + length;
    return before;
  };
}

function readRoot(bytes) {
  const reader = new Reader(bytes);
  if (reader.text() !== "relbook search 3") throw new Error("not an index of this version");
  const names = () => reader.many(() => reader.name());
  return {
    documents: reader.number(),
    kinds: reader.many(() => ({ word: reader.text(), label: reader.text() })),
    statuses: reader.many(() => ({ word: reader.text(), label: reader.text(), isOver: reader.number() === 1, wasRolledBack: reader.number() === 1 })),
    services: reader.texts(),
    terms: readDirectory(reader),
    endings: readDirectory(reader),
    columns: names(),
    values: names(),
    cards: names(),
    neighbours: { bits: reader.number(), names: names() },
    within: reader.name(),
  };
}

function readDirectory(reader) {
  return { beginnings: reader.texts(), names: reader.many(() => reader.name()) };
}

function readTerms(bytes) {
  const reader = new Reader(bytes);
  const count = reader.number();
  const files = reader.many(() => reader.name());
  const next = front(reader);
  const entries = [];
  let file = 0;
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    const entry = { text: next(), count: reader.number(), size: reader.number() };
    if (entry.size <= SHORT) {
      entry.bytes = reader.take(entry.size);
    } else {
      if (at > 0 && at + entry.size > FAR) {
        file += 1;
        at = 0;
      }
      entry.file = files[file];
      entry.at = at;
      at += entry.size;
    }
    entries.push(entry);
  }
  return entries;
}

const readTexts = (bytes) => new Reader(bytes).texts();

function readEndings(bytes) {
  return readTexts(bytes).map((text) => [...text].reverse().join(""));
}

/** Puts what a file of columns says in the columns of all documents, from its first document on. */
function readColumns(bytes, columns, start) {
  const reader = new Reader(bytes);
  const runs = reader.number();
  const newest = unzigzag(reader.number());
  const span = reader.number();
  const width = reader.number();
  const bits = new Bits(bytes.subarray(reader.at));
  let [at, kind, service] = [start, 0, 0];
  for (let run = 0; run < runs; run += 1) {
    const step = bits.rice(0);
    kind += step;
    service = (step ? 0 : service) + bits.rice(0);
    const status = bits.take(width);
    const length = bits.rice(LENGTH_PARAMETER) + 1;
    const parameter = riceParameter(span, length);
    columns.kind.fill(kind, at, at + length);
    columns.service.fill(service, at, at + length);
    columns.status.fill(status, at, at + length);
    let day = newest;
    for (const end = at + length; at < end; at += 1) columns.day[at] = day -= bits.rice(parameter);
  }
}

function readValues(bytes, documents) {
  const reader = new Reader(bytes);
  return NAMESPACES.map(() => {
    const names = reader.many(() => reader.text());
    const width = names.length > 1 ? 32 - Math.clz32(names.length - 1) : 0;
    const bits = new Bits(reader.take(reader.number()));
    return Array.from({ length: documents }, () => Array.from({ length: bits.rice(1) }, () => names[bits.take(width)]));
  });
}

async function readCards(bytes) {
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = new Reader(new Uint8Array(await new Response(inflated).arrayBuffer()));
  const cards = [];
  while (reader.at < reader.bytes.length) {
    cards.push({
      id: reader.text(),
      title: reader.text(),
      href: reader.text(),
      text: reader.text(),
      workaroundState: reader.text(),
      workaround: reader.text(),
    });
  }
  return cards;
}

/** The documents of a term and their impacts. */
function decode(count, bytes) {
  const bits = new Bits(bytes);
  const parameter = bits.take(5);
  const omitted = bits.take(2);
  const left = IMPACT_BITS - omitted;
  const level = () => (bits.take(left) << omitted) | ((1 << omitted) >> 1);
  const levels = omitted ? Array.from({ length: 1 << left }, level) : [];
  const documents = new Uint32Array(count);
  const impacts = new Uint8Array(count);
  let next = 0;
  for (let number = 0; number < count; number += 1) {
    const document = next + bits.rice(parameter);
    documents[number] = document;
    impacts[number] = omitted ? levels[bits.rice(0)] : bits.take(IMPACT_BITS);
    next = document + 1;
  }
  return { documents, impacts };
}

/** The documents of two neighbours. */
function decodeDocuments(count, bytes) {
  const bits = new Bits(bytes);
  const parameter = bits.take(5);
  const documents = new Uint32Array(count);
  let next = 0;
  for (let number = 0; number < count; number += 1) {
    documents[number] = next + bits.rice(parameter);
    next = documents[number] + 1;
  }
  return documents;
}

/** The places of two neighbours, for each of their documents. */
function decodePlaces(count, bytes) {
  const bits = new Bits(bytes);
  const parameter = bits.take(5);
  return Array.from({ length: count }, () => {
    let next = 0;
    return Array.from({ length: bits.rice(0) + 1 }, () => {
      const place = next + bits.rice(parameter);
      next = place + 1;
      return place;
    });
  });
}

// ---- looking words up (lookup.rs) ----

const EXACT = 16;
const JOINED = 14;
const LONGER = 8;
const ONE_ERROR = 12;
const TWO_ERRORS = 8;
const PART = 1;
const IMPACT_OF_TWO = 7;
const SHORTEST_OF_TWO = 4;
const MOST_LONGER = 24;
const MOST_LONGER_BYTES = 16 << 10;
const MOST_WITHIN = 4;
const MANY = 500;
const MOST_PART_BYTES = 4 << 10;
const LONG_POSTINGS = 8 << 10;
const MOST_CORRECTIONS = 6;
const MOST_BLOCKS = 4;
const MOST_PART_BLOCKS = 2;

/** The order of code points, which is that of UTF-8 and not that of JavaScript. */
function compare(one, other) {
  const place = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const difference = place(one.charCodeAt(at)) - place(other.charCodeAt(at));
    if (difference) return difference;
  }
  return one.length - other.length;
}

/** Those of some entries that begin with a word and are longer: the commonest, as far as they take few bytes. */
function beginningWith(entries, word, mostBytes) {
  let bytes = 0;
  return entries
    .filter((entry) => entry.text !== word && entry.text.startsWith(word) && !entry.text.includes("="))
    .sort(byCount)
    .filter((entry) => (bytes += entry.size) <= mostBytes)
    .slice(0, MOST_LONGER);
}

const byCount = (one, other) => other.count - one.count || compare(one.text, other.text);
const isPlain = (term) => /^\p{Alphabetic}{4,}$/u.test(term);

/** Errors between two words: letters wrong, missing, too many, or two that changed places (optimal alignment). */
function errors(one, other) {
  const [a, b] = [[...one], [...other]];
  let [before, last] = [[], b.map((_, at) => at)];
  last.push(b.length);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

function partition(texts, isBefore) {
  let [low, high] = [0, texts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(texts[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

// ---- searching (searcher.rs) ----

const ID_POINTS = 2 ** 26;
const PROBLEM_POINTS = 2 ** 24;
const MOST_LIKE = 8;

function rarity(documents, count) {
  const all = Math.max(documents, count);
  return Math.max(Math.floor(Math.log(1 + (all - count + 0.5) / (count + 0.5)) * 16 + 0.5), 1);
}

/** A built index; `get` fetches a file's bytes by its path below the site's root. */
export class Searcher {
  constructor(get) {
    this.get = get;
    this.files = new Map();
  }

  async open(path) {
    this.root = readRoot(await this.get(path));
    return this;
  }

  /** A file as `read` makes it out; each is fetched once. */
  file(path, read) {
    if (!this.files.has(path)) {
      const made = this.get(`search/${path}.bin`).then(read);
      made.catch(() => this.files.delete(path));
      this.files.set(path, made);
    }
    return this.files.get(path);
  }

  async blocks({ beginnings, names }, beginning, most, read) {
    const first = Math.max(partition(beginnings, (text) => compare(text, beginning) <= 0) - 1, 0);
    const end = partition(beginnings, (text) => compare(text, beginning) <= 0 || text.startsWith(beginning));
    const count = Math.min(Math.max(end - first, 1), most, beginnings.length - first);
    const path = (file) => `${names[Math.floor(file / NAMED)]}-${file % NAMED}`;
    return (await Promise.all(Array.from({ length: count }, (_, at) => this.file(path(first + at), read)))).flat();
  }

  entries(beginning, most) {
    return this.blocks(this.root.terms, beginning, most, readTerms);
  }

  async exact(term) {
    return (await this.entries(term, 1)).find((entry) => entry.text === term);
  }

  /** What a word may mean: terms, each with how sure that is. */
  async lookup(query, number, withErrors) {
    const word = query.words[number];
    const isOpen = query.isOpen && number + 1 === query.words.length && [...word.text].length >= 2;
    const mayHaveParts = query.isShort && isPlain(word.text);
    const one = (factor) => (entry) => ({ entry, factor, isTwo: false });
    const entries = await this.entries(word.text, isOpen ? MOST_BLOCKS : mayHaveParts ? MOST_PART_BLOCKS : 1);
    const exact = entries.filter((entry) => entry.text === word.text);
    const hasParts = mayHaveParts && !(exact[0]?.count > MANY);
    const others = await Promise.all([word.spelled ?? [], ...word.joined].flat().map((text) => this.exact(text)));
    const factors = word.spelled ? [EXACT] : [];
    const found = exact.map(one(EXACT));
    others.forEach((entry, at) => entry && found.push(one(factors[at] ?? JOINED)(entry)));
    if (query.isShort) found.push(...(await this.asTwo(word)));
    if (isOpen) found.push(...beginningWith(entries, word.text, MOST_LONGER_BYTES).map(one(LONGER)));
    else if (hasParts) found.push(...beginningWith(entries, word.text, MOST_PART_BYTES).map(one(PART)));
    if (hasParts) found.push(...(await this.havingWithin(word.text)).map(one(PART)));
    const isCorrected = !found.length;
    if ((isCorrected || withErrors) && isPlain(word.text)) found.push(...(await this.corrections(word.text)));
    const seen = new Set();
    const alternatives = found.filter(({ entry, isTwo }) => !seen.has(`${isTwo} ${entry.text}`) && seen.add(`${isTwo} ${entry.text}`));
    return { alternatives, isCorrected: isCorrected && alternatives.length > 0 };
  }

  /** Terms as those that are meant. */
  async meant(...terms) {
    const entries = (await Promise.all(terms.map((term) => this.exact(term)))).filter(Boolean);
    return { alternatives: entries.map((entry) => ({ entry, factor: EXACT, isTwo: false })), isCorrected: false };
  }

  /** The terms of a word that all results have, for it stands in a phrase that they have. */
  async known(word) {
    const meant = await this.meant(...[word.text, word.spelled].filter(Boolean));
    const sum = (key) => meant.alternatives.reduce((all, { entry }) => all + entry[key], 0);
    return { ...meant, count: sum("count"), alternatives: sum("size") > LONG_POSTINGS ? [] : meant.alternatives, words: [word.text, word.spelled] };
  }

  async neighbours(term) {
    return (await this.neighboursLike(term)).find((entry) => entry.text === term);
  }

  /** The entries of the file that has the neighbours with this beginning. */
  neighboursLike(beginning) {
    const { bits, names } = this.root.neighbours;
    const file = Math.floor(Number.parseInt(beginning.slice(0, 8), 32) / 2 ** (40 - bits));
    return this.file(`${names[Math.floor(file / NAMED)]}-${file % NAMED}`, readTerms);
  }

  async asTwo(word) {
    if ([...word.text].length < SHORTEST_OF_TWO) return [];
    const found = await Promise.all([word.text, word.spelled].filter(Boolean).map(async (text) => {
      const beginning = neighboursOf(text);
      const entries = (await this.neighboursLike(beginning)).filter((entry) => entry.text.startsWith(beginning) && !entry.text.endsWith(PLACES));
      const two = entries.map((entry) => ({ entry, factor: JOINED, isTwo: true, words: splitAs(entry.text, text) }));
      return two.filter(({ words }) => words && mayBeOne(...words));
    }));
    return found.flat();
  }

  async havingWithin(part) {
    const turned = await this.blocks(await this.file(this.root.within, (bytes) => readDirectory(new Reader(bytes))), part, MOST_PART_BLOCKS, readTexts);
    const whole = turned.filter((text) => text.startsWith(part)).map((text) => text.split(" ").reverse().join(""));
    const words = [...new Set(whole)].map((text) => ({ text, length: [...text].length }));
    words.sort((one, other) => one.length - other.length || compare(one.text, other.text));
    return (await Promise.all(words.slice(0, MOST_WITHIN).map(({ text }) => this.exact(text)))).filter(Boolean);
  }

  async corrections(word) {
    const letters = [...word];
    const half = letters.length >> 1;
    const most = letters.length >= 8 ? 2 : 1;
    const isClose = (count) => count >= 1 && count <= most;
    const beginnings = [letters.slice(0, half).join(""), letters.slice(0, half - 1).join("") + letters[half]];
    const ending = letters.slice(half).reverse().join("");
    const [endings, ...entries] = await Promise.all([
      this.blocks(this.root.endings, ending, MOST_BLOCKS, readEndings),
      ...beginnings.map((beginning) => this.entries(beginning, MOST_BLOCKS)),
    ]);
    const found = new Map();
    for (const entry of entries.flat()) {
      const count = isPlain(entry.text) ? errors(word, entry.text) : 0;
      if (isClose(count)) found.set(entry.text, { entry, count });
    }
    const others = endings
      .map((text) => ({ text, count: errors(word, text) }))
      .filter(({ count }) => isClose(count))
      .sort((one, other) => one.count - other.count || compare(one.text, other.text))
      .slice(0, MOST_CORRECTIONS);
    await Promise.all(others.map(async ({ text, count }) => {
      const entry = await this.exact(text);
      if (entry) found.set(text, { entry, count });
    }));
    const sorted = [...found.values()].sort((one, other) => one.count - other.count || byCount(one.entry, other.entry));
    const fewest = sorted[0]?.count;
    const factor = fewest === 1 ? ONE_ERROR : TWO_ERRORS;
    return sorted.filter(({ count }) => count === fewest).slice(0, MOST_CORRECTIONS).map(({ entry }) => ({ entry, factor, isTwo: false }));
  }

  async bytes({ bytes, file, at, size }) {
    return bytes ?? (await this.file(file, (all) => all)).subarray(at, at + size);
  }

  async postings(entry, isTwo = false) {
    const bytes = await this.bytes(entry);
    if (!isTwo) return decode(entry.count, bytes);
    const documents = decodeDocuments(entry.count, bytes);
    return { documents, impacts: new Uint8Array(documents.length).fill(IMPACT_OF_TWO) };
  }

  /** Documents with their points, of these alone where there are any, how they were found, and the terms that were meant. */
  async results(query, of) {
    let points;
    const meant = new Set();
    for (const withErrors of query.isShort ? [false, true] : [false]) {
      points = new Points(this.root.documents, of);
      const wanted = await Promise.all(query.words.map((word, at) => (word.isQuoted && of ? this.known(word) : this.lookup(query, at, withErrors))));
      const whole = await Promise.all(query.compounds.map((word) => this.meant(word)));
      const rows = [...wanted, ...whole].map(({ alternatives }) => alternatives);
      const found = await Promise.all(rows.map((row) => Promise.all(row.map(({ entry, isTwo }) => this.postings(entry, isTwo)))));
      rows.forEach((row, at) => points.add(row, found[at], at < wanted.length, wanted[at]?.count));
      wanted.forEach(({ words: known }) => known?.forEach((word) => meant.add(word)));
      rows.flat().forEach(({ entry, words: two }) => (two ?? [entry.text]).forEach((word) => meant.add(word)));
      if (!query.phrases.length) await this.addNumbers(points, query);
      const all = points.withAll(query.words.length);
      const isCorrected = (withErrors || wanted.some((word) => word.isCorrected)) && all.some((at) => points.points[at] < PROBLEM_POINTS);
      if (all.length) return { results: all, points: points.points, hasMost: false, isCorrected, meant };
    }
    return { ...points.withMost(), hasMost: true, isCorrected: false, meant };
  }

  /** Adds the points for an id or the number of a problem that was typed, or one like it. */
  async addNumbers(points, query) {
    const like = await this.like(query.whole);
    for (const { document, likeness: how } of like) points.points[document] += ID_POINTS * how;
    const problems = new Set([query.whole, ...like.map(({ id }) => fold(id))]);
    await Promise.all(Array.from(problems, async (problem) => {
      const entry = await this.exact(`problem=${problem}`);
      if (entry) for (const document of (await this.postings(entry)).documents) points.points[document] += PROBLEM_POINTS;
    }));
  }

  /** The records whose ids are like what was typed, and how much so. */
  async like(typed) {
    const entries = await Promise.all(likeKeys(typed).map((key) => this.exact(`like=${key}`)));
    const found = await Promise.all(entries.filter(Boolean).map((entry) => this.postings(entry)));
    const documents = [...new Set(found.flatMap(({ documents }) => [...documents]))].sort((one, other) => one - other);
    return Promise.all(documents.slice(0, MOST_LIKE).map(async (document) => {
      const { id, href } = await this.card(document);
      return { document, id, href, likeness: likeness(typed, id) };
    }));
  }

  /** The columns of all documents, filled where one of these is. */
  async facts(documents) {
    this.columns ??= {
      kind: new Uint8Array(this.root.documents),
      service: new Uint32Array(this.root.documents),
      status: new Uint8Array(this.root.documents),
      day: new Int32Array(this.root.documents),
    };
    const wanted = new Set();
    for (const document of documents) wanted.add(document >> COLUMN_BITS);
    const read = (range) => this.file(this.root.columns[range], (bytes) => readColumns(bytes, this.columns, range << COLUMN_BITS));
    await Promise.all(Array.from(wanted, read));
    return this.columns;
  }

  /** Configuration items, problems and tags of documents. */
  async values(documents) {
    const wanted = [...new Set(documents.map((document) => Math.floor(document / VALUE_RANGE)))];
    const count = (range) => Math.min(VALUE_RANGE, this.root.documents - range * VALUE_RANGE);
    const read = await Promise.all(wanted.map((range) => this.file(this.root.values[range], (bytes) => readValues(bytes, count(range)))));
    const ranges = new Map(wanted.map((range, at) => [range, read[at]]));
    return (namespace, document) => ranges.get(Math.floor(document / VALUE_RANGE))[namespace][document % VALUE_RANGE];
  }

  /** The documents that bear one of these values. */
  async bearing(namespace, values) {
    const bearing = new Set();
    for (const value of values) {
      const entry = await this.exact(`${namespace}=${fold(value)}`);
      if (entry) for (const document of (await this.postings(entry)).documents) bearing.add(document);
    }
    return bearing;
  }

  /** The page of the one record whose id, or one like it, was typed; nothing where these are words, or several. */
  async target(text) {
    const { whole } = parse(text);
    if (!/[\p{N}._-]/u.test(whole)) return null;
    const like = await this.like(whole);
    const most = Math.max(...like.map(({ likeness: how }) => how));
    const best = like.filter(({ likeness: how }) => how === most);
    return best.length === 1 ? best[0].href : null;
  }

  async card(document) {
    const within = document % CARD_RANGE;
    const name = this.root.cards[Math.floor(document / CARD_RANGE)];
    return (await this.file(`${name}-${Math.floor(within / CARDS)}`, readCards))[within % CARDS];
  }

  /** The first `count` of some documents in order: by points, or by date. */
  best({ results, points, columns }, count, isByDate = false) {
    const known = this.root.kinds.findIndex((kind) => kind.word === "known-error");
    const { kind, status, day } = columns;
    const isOver = this.root.statuses.map((of) => of.isOver);
    // Fits in 53 bits: points below 2 to the power of 28, days below 2 to the power of 23.
    const key = (document) => {
      const of = points[document] * 2 + (kind[document] === known && !isOver[status[document]]);
      const at = day[document] + 2 ** 22;
      return isByDate ? at * 2 ** 29 + of : of * 2 ** 23 + at;
    };
    const first = [];
    for (const document of results) {
      const own = key(document);
      if (first.length === count && own <= first[count - 1].key) continue;
      let place = first.length;
      while (place > 0 && first[place - 1].key < own) place -= 1;
      first.splice(place, 0, { document, key: own });
      if (first.length > count) first.pop();
    }
    return first.map(({ document }) => document);
  }

  /** The documents that have all rows of words of a query; nothing where it asks for none. */
  async withPhrases({ phrases }) {
    const found = await Promise.all(phrases.map(async ({ words, spelled }) => {
      const rows = words.join(" ") === spelled.join(" ") ? [words] : [words, spelled];
      return new Set((await Promise.all(rows.map((row) => this.withRow(row)))).flatMap((documents) => [...documents]));
    }));
    return phrases.length ? found.reduce((one, other) => new Set([...one].filter((document) => other.has(document)))) : null;
  }

  async withRow(row) {
    if (row.length > 2) return this.withLongRow(row);
    const entry = row.length === 1 ? await this.exact(row[0]) : await this.neighbours(neighbours(...row));
    return entry ? (await this.postings(entry, row.length === 2)).documents : [];
  }

  /** Each second pair of a row, and the last one, where their places fit. */
  async withLongRow(row) {
    const last = row.length - 2;
    const pairs = Array.from({ length: Math.ceil(last / 2) }, (_, number) => number * 2).concat(last);
    const found = await Promise.all(pairs.map((at) => this.places(neighbours(row[at], row[at + 1]), at)));
    const both = (before, here) => new Map([...before].flatMap(([document, starts]) => {
      const own = new Set(here.get(document));
      const kept = starts.filter((start) => own.has(start));
      return kept.length ? [[document, kept]] : [];
    }));
    return [...found.reduce(both).keys()];
  }

  /** Where rows begin that have these neighbours so many places behind their beginning, by document. */
  async places(term, behind) {
    const [documents, places] = await Promise.all([this.neighbours(term), this.neighbours(term + PLACES)]);
    if (!documents || !places) return new Map();
    const all = decodeDocuments(documents.count, await this.bytes(documents));
    const rows = decodePlaces(places.count, await this.bytes(places));
    return new Map(rows.map((row, at) => [all[at], row.map((place) => place - behind)]));
  }

  /** All results of a query in the order of documents, with their points and columns. */
  async search(text) {
    const query = parse(text);
    const right = await this.withPhrases(query);
    const lacksPhrase = right?.size === 0;
    const found = await this.results(query, lacksPhrase ? null : right);
    return { query, ...found, lacksPhrase, columns: await this.facts(found.results) };
  }
}

class Points {
  constructor(documents, of) {
    this.of = of;
    this.points = new Float64Array(documents);
    this.worth = new Uint32Array(documents);
    this.words = new Uint8Array(documents);
  }

  /** Adds the points of a word; with a count, it is known that all that can be results have it. */
  add(alternatives, postings, isWanted, known) {
    const least = Math.min(Math.max(0, ...alternatives.map(({ factor }) => factor)), PART + 1);
    const counts = alternatives.map(({ entry, factor }) => (factor >= least ? entry.count : 0));
    const worth = rarity(this.points.length, known ?? counts.reduce((sum, count) => sum + count, 0));
    const best = new Uint16Array(this.points.length);
    alternatives.forEach(({ factor }, at) => {
      const { documents, impacts } = postings[at];
      for (let number = 0; number < documents.length; number += 1) {
        const value = factor * (impacts[number] + 1);
        if (value > best[documents[number]]) best[documents[number]] = value;
      }
    });
    for (let document = 0; document < best.length; document += 1) {
      if ((!best[document] && known === undefined) || (this.of && !this.of.has(document))) continue;
      this.points[document] += worth * best[document];
      if (isWanted) {
        this.worth[document] += worth;
        this.words[document] += 1;
      }
    }
  }

  withAll(words) {
    const all = [];
    for (let at = 0; at < this.points.length; at += 1) {
      if ((words > 0 && this.words[at] === words) || this.points[at] >= PROBLEM_POINTS) all.push(at);
    }
    return all;
  }

  withMost() {
    const most = this.worth.reduce((one, other) => Math.max(one, other), 0);
    const results = [];
    const points = new Float64Array(this.points.length);
    this.worth.forEach((worth, at) => {
      if (worth > 0 && worth * 10 >= most * 7) {
        results.push(at);
        points[at] = Math.floor((this.points[at] * worth) / most);
      }
    });
    return { results, points };
  }
}

// ---- the page ----

const STEP = 10;
const MOST_COUNTED = 1000;
const MOST_VALUES = 12;
const PASSAGE = 220;
const FACETS = [
  { key: "type", label: "Type" },
  { key: "status", label: "Status" },
  { key: "outcome", label: "Outcome" },
  { key: "service", label: "Service" },
  { key: "year", label: "Year" },
  { key: "item", label: "Configuration item", namespace: 0 },
  { key: "problem", label: "Problem", namespace: 1 },
  { key: "tag", label: "Tag", namespace: 2 },
];

/** An element with attributes and children; texts become text nodes, so that no record's text is ever markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return made;
}

/** What the address says: words, facets, order, how many. */
function readAddress() {
  const parameters = new URLSearchParams(location.search);
  const state = { q: parameters.get("q") ?? "", sort: parameters.get("sort") === "date" ? "date" : "", n: STEP };
  state.isEntered = parameters.has("go");
  state.n = Math.min(Math.max(Number.parseInt(parameters.get("n"), 10) || STEP, STEP), MOST_COUNTED);
  for (const { key } of FACETS) state[key] = new Set(parameters.getAll(key));
  return state;
}

function addressOf(state) {
  const parameters = new URLSearchParams();
  if (state.q) parameters.set("q", state.q);
  for (const { key } of FACETS) for (const value of state[key]) parameters.append(key, value);
  if (state.sort) parameters.set("sort", state.sort);
  if (state.n > STEP) parameters.set("n", state.n);
  const text = parameters.toString();
  return location.pathname + (text ? `?${text}` : "");
}

const years = new Map();

/** The year of a day, 0 for none. */
function yearOf(day) {
  if (day === 0) return 0;
  if (!years.has(day)) years.set(day, new Date(day * 864e5).getUTCFullYear());
  return years.get(day);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dayText(day) {
  const date = new Date(day * 864e5);
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return element("time", { datetime: date.toISOString().slice(0, 10) }, text);
}

/** A count with its thousands apart. */
const countText = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** The words of a text with their places, and whether each was looked for. */
function pieces(text, isMeant) {
  return Array.from(text.matchAll(/[\p{L}\p{M}\p{N}'\u2019]+/gu), (match) => {
    return { start: match.index, end: match.index + match[0].length, isMeant: isMeant(match[0]) };
  });
}

/** A text with the words that were looked for marked. */
function marked(text, isMeant) {
  const made = document.createDocumentFragment();
  let at = 0;
  for (const piece of pieces(text, isMeant).filter((piece) => piece.isMeant)) {
    made.append(text.slice(at, piece.start), element("mark", {}, text.slice(piece.start, piece.end)));
    at = piece.end;
  }
  made.append(text.slice(at));
  return made;
}

/** The part of a text with most of the words that were looked for. */
function passage(text, isMeant) {
  const all = pieces(text, isMeant);
  let best = { start: 0, words: 0 };
  for (const first of all) {
    const within = all.filter((piece) => piece.start >= first.start && piece.end <= first.start + PASSAGE && piece.isMeant);
    const found = new Set(within.map((piece) => fold(text.slice(piece.start, piece.end)))).size;
    if (found > best.words) best = { start: first.start, words: found };
  }
  const last = all.filter((piece) => piece.end <= best.start + PASSAGE).at(-1);
  const end = last && last.end < text.length - 40 ? last.end : text.length;
  return (best.start ? "\u2026 " : "") + text.slice(best.start, end) + (end < text.length ? " \u2026" : "");
}

class Page {
  constructor(host) {
    this.host = host;
    this.form = host.querySelector("form");
    this.box = this.form.elements.q;
    this.count = host.querySelector("#found");
    this.list = host.querySelector("#results");
    this.more = host.querySelector("#more");
    this.order = host.querySelector("#order");
    this.facets = host.querySelector("#facets");
    this.help = host.querySelector("#help");
    this.how = host.querySelector("#how");
    this.state = readAddress();
    this.open = new Set();
    this.isTyping = false;
    this.root = host.dataset.root;
    this.apart = host.querySelector("#apart");
    this.searcher = new Searcher((path) => this.get(path));
  }

  async get(path) {
    const answer = await fetch(this.root + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async begin() {
    this.box.value = this.state.q;
    await this.searcher.open(this.host.dataset.index);
    if (this.state.isEntered) {
      const target = await this.searcher.target(this.state.q);
      if (target) return location.replace(this.root + target);
      history.replaceState(null, "", addressOf(this.state));
    }
    this.help.hidden = true;
    this.how.hidden = true;
    this.host.querySelector("#found-part").hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isTyping = false;
      this.enter(this.box.value);
    });
    this.box.addEventListener("input", () => {
      this.go({ q: this.box.value, n: STEP }, this.isTyping);
      this.isTyping = true;
    });
    this.box.addEventListener("change", () => (this.isTyping = false));
    this.more.addEventListener("click", () => this.go({ n: this.state.n + STEP }).then(() => this.focusResult(this.state.n - STEP)));
    this.order.addEventListener("change", () => this.go({ sort: this.order.value, n: STEP }));
    this.facets.addEventListener("change", (event) => this.choose(event.target));
    this.host.addEventListener("keydown", (event) => this.move(event));
    addEventListener("popstate", () => {
      this.isTyping = false;
      this.state = readAddress();
      this.box.value = this.state.q;
      this.show();
    });
    if (!this.state.q) this.box.focus();
    await this.show();
  }

  /** Changes what is looked for, puts it in the address, and shows it. */
  go(change, isSameStep = false) {
    Object.assign(this.state, change);
    const address = addressOf(this.state);
    if (address !== location.pathname + location.search) {
      history[isSameStep ? "replaceState" : "pushState"](null, "", address);
    }
    return this.show();
  }

  /** Enter on an id leads to its record. */
  async enter(text) {
    await this.go({ q: text, n: STEP });
    try {
      const target = await this.searcher.target(text);
      if (target && text === this.box.value) location.assign(this.root + target);
    } catch (error) {
      this.fail(error);
    }
  }

  choose(box) {
    const values = new Set(this.state[box.name]);
    if (box.checked) values.add(box.value);
    else values.delete(box.value);
    return this.go({ [box.name]: values, n: STEP });
  }

  /** The arrows lead from the box to the results, through them, and back. */
  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...this.list.querySelectorAll("li > a")];
    const at = event.target === this.box ? -1 : links.indexOf(event.target);
    if (!step || (at < 0 && event.target !== this.box)) return;
    const next = at + step;
    if (next === -1) this.box.focus();
    else links[next]?.focus();
    event.preventDefault();
  }

  focusResult(number) {
    this.list.querySelectorAll("li > a")[number]?.focus();
  }

  /** Shows what is looked for now; what was looked for before and is not there yet is dropped. */
  async show() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const state = { ...this.state };
    try {
      const view = await this.find(state);
      if (turn === this.turn) this.render(state, view);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  fail(error) {
    this.count.textContent = `The search index could not be read (${error.message}). It may have been published anew: reload this page.`;
    this.help.hidden = false;
    this.how.hidden = false;
  }

  isNarrowed(state) {
    return FACETS.some(({ key }) => state[key].size);
  }

  async find(state) {
    if (!fold(state.q).trim() && !this.isNarrowed(state)) return null;
    const found = fold(state.q).trim() ? await this.searcher.search(state.q) : await this.everything();
    const { searcher } = this;
    const { root } = searcher;
    const bearing = new Map();
    for (const { key, namespace } of FACETS.filter((facet) => facet.namespace !== undefined && state[facet.key].size)) {
      bearing.set(key, await searcher.bearing(NAMESPACES[namespace], state[key]));
    }
    const { columns } = found;
    const serviceNames = ["", ...root.services];
    // For each facet the number that stands for a value of a document, and its name.
    const facets = {
      type: { number: (document) => columns.kind[document], name: (number) => root.kinds[number].word },
      status: { number: (document) => columns.status[document], name: (number) => root.statuses[number].word },
      service: { number: (document) => columns.service[document], name: (number) => serviceNames[number] },
      outcome: { number: (document) => Number(root.statuses[columns.status[document]].wasRolledBack), name: (number) => (number ? "rolled-back" : "") },
      year: { number: (document) => yearOf(columns.day[document]), name: (number) => (number ? String(number) : "") },
    };
    const chosen = FACETS.filter(({ key }) => state[key].size).map(({ key }) => {
      const has = bearing.get(key);
      if (has) return { key, passes: (document) => has.has(document) };
      const { number, name } = facets[key];
      return { key, passes: (document) => state[key].has(name(number(document))) };
    });
    const counted = Object.entries(facets).map(([key, { number, name }]) => ({ key, number, name, counts: [] }));
    const results = [];
    for (const document of found.results) {
      const failed = chosen.filter(({ passes }) => !passes(document));
      if (failed.length > 1) continue;
      for (const { key, number, counts } of counted) {
        if (failed.length && failed[0].key !== key) continue;
        const of = number(document);
        counts[of] = (counts[of] ?? 0) + 1;
      }
      if (!failed.length) results.push(document);
    }
    const counts = new Map(counted.map(({ key, name, counts }) => {
      const named = new Map();
      for (const [number, count] of Object.entries(counts)) named.set(name(Number(number)), (named.get(name(Number(number))) ?? 0) + count);
      named.delete("");
      return [key, named];
    }));
    const narrowed = { ...found, results };
    const isByDate = state.sort === "date" || !state.q;
    for (const { key, namespace } of FACETS.filter((facet) => facet.namespace !== undefined)) {
      if (this.open.has(key) || state[key].size) {
        counts.set(key, await this.valuesOf(searcher.best(narrowed, MOST_COUNTED, isByDate), namespace));
      }
    }
    const shown = searcher.best(narrowed, state.n, isByDate);
    const cards = await Promise.all(shown.map((document) => searcher.card(document)));
    return { ...narrowed, counts, service: (document) => serviceNames[columns.service[document]], cards: cards.map((card, at) => ({ card, document: shown[at] })) };
  }

  async everything() {
    const results = Array.from({ length: this.searcher.root.documents }, (_, document) => document);
    const columns = await this.searcher.facts(results);
    return { query: parse(""), results, points: new Float64Array(results.length), columns, hasMost: false, isCorrected: false, lacksPhrase: false, meant: new Set() };
  }

  async valuesOf(counted, namespace) {
    const values = await this.searcher.values(counted);
    const counts = new Map();
    for (const document of counted) {
      for (const name of new Set(values(namespace, document))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  render(state, view) {
    this.list.replaceChildren();
    this.more.hidden = true;
    this.apart.hidden = !(view?.lacksPhrase && view.results.length);
    this.order.value = state.sort;
    this.host.querySelector("#found-part").classList.toggle("blank", !view?.results.length && !this.isNarrowed(state));
    if (!view) {
      this.count.textContent = "";
      this.facets.replaceChildren();
      return;
    }
    const isMeant = this.meant(view);
    this.list.append(...view.cards.map((shown) => this.result(shown, view, isMeant)));
    this.more.hidden = view.results.length <= view.cards.length;
    this.renderFacets(state, view);
    this.count.textContent = this.sentence(state, view);
    this.help.hidden = view.results.length > 0;
  }

  sentence(state, view) {
    const count = view.results.length;
    const many = `${countText(count)} record${count === 1 ? "" : "s"}`;
    if (state.q && !view.query.words.length) return "There is nothing to look for in that: a query has letters or digits.";
    if (!count && this.isNarrowed(state)) return "No record has these words with the filters chosen.";
    if (!count) return "No record has any of these words. Look for fewer or other words, or go through the lists.";
    const lacks = view.lacksPhrase ? "In no record do the quoted words follow one another. " : "";
    const cut = view.query.isCut ? ` Only the first ${MOST_WORDS} words were looked for.` : "";
    return `${lacks}${this.found(state, view, many)}${cut}`;
  }

  found(state, view, many) {
    const [come, have] = view.results.length === 1 ? ["comes", "has"] : ["come", "have"];
    if (view.hasMost) return `No record has all of these words; ${many} ${come} nearest.`;
    if (view.isCorrected) return `No record has all of these words as typed; ${many} ${have} words spelled nearly so.`;
    if (view.lacksPhrase) return `${many} ${have} the words.`;
    return state.q ? `${many} found.` : `${many}.`;
  }

  meant({ query, meant }) {
    const last = query.isOpen ? query.words.at(-1)?.text : undefined;
    const known = new Map();
    return (word) => {
      if (!known.has(word)) known.set(word, [...words(word), ...wordsOf(spell(word))].some((part) => meant.has(part) || (last && last.length > 1 && part.startsWith(last))));
      return known.get(word);
    };
  }

  result({ card, document }, { columns, service: serviceOf }, isMeant) {
    const { root } = this.searcher;
    const status = root.statuses[columns.status[document]];
    const day = columns.day[document];
    const service = serviceOf(document);
    const item = element("li", {},
      day ? dayText(day) : null,
      element("a", { href: this.root + card.href, dir: "auto" }, marked(card.title || card.id, isMeant)),
      status.word ? element("span", { class: `st ${status.word}` }, status.label) : null,
      element("small", {},
        element("i", {}, root.kinds[columns.kind[document]].label),
        ...(card.title ? [" ", element("code", {}, marked(card.id, isMeant))] : []),
        service ? ` \u00b7 ${service}` : null,
        ...(status.wasRolledBack && status.word !== "rolled-back" ? [" \u00b7 ", element("b", {}, "was rolled back")] : []),
        card.workaroundState ? ` \u00b7 ${card.workaroundState}` : null));
    const text = passage(card.text, isMeant);
    if (text && text !== card.title) item.append(element("p", { dir: "auto" }, marked(text, isMeant)));
    if (card.workaround) item.append(element("p", { class: "remedy" }, element("b", {}, "Workaround"), " ", element("bdi", {}, marked(card.workaround, isMeant))));
    return item;
  }

  renderFacets(state, view) {
    const focused = document.activeElement?.closest("#facets") ? document.activeElement : null;
    const label = {
      type: (name) => this.searcher.root.kinds.find((kind) => kind.word === name)?.label,
      status: (name) => this.searcher.root.statuses.find((status) => status.word === name)?.label,
      outcome: (name) => ({ "rolled-back": "Was rolled back" })[name],
    };
    const made = FACETS.map((facet) => this.facet(facet, state, view, label[facet.key] ?? ((name) => name)));
    this.facets.replaceChildren(...made.filter(Boolean));
    if (!focused) return;
    const same = (one) => one.name === focused.name && one.value === focused.value;
    const again = focused.localName === "input"
      ? [...this.facets.querySelectorAll("input")].find(same)
      : this.facets.querySelector(`details[data-key="${focused.closest("details")?.dataset.key}"] > summary`);
    again?.focus();
  }

  /** One facet: a box for each value with its count. Those with many values fetch them when they are opened. */
  facet({ key, label: title, namespace }, state, view, label) {
    const counts = view.counts.get(key);
    const chosen = state[key];
    const names = new Map(counts ?? []);
    for (const name of chosen) if (![...names.keys()].some((other) => fold(other) === fold(name))) names.set(name, 0);
    if (!names.size && namespace === undefined) return null;
    const isChosen = (name) => chosen.has(name) || (namespace !== undefined && [...chosen].some((other) => fold(other) === fold(name)));
    const byCount = (one, other) => isChosen(other[0]) - isChosen(one[0]) || other[1] - one[1] || compare(one[0], other[0]);
    const byYear = (one, other) => Number(other[0]) - Number(one[0]);
    const sorted = [...names].sort(key === "year" ? byYear : byCount);
    const boxes = sorted.slice(0, Math.max(MOST_VALUES, chosen.size)).map(([name, count]) => element("label", {},
      this.checkBox(key, name, isChosen(name)),
      element("span", {}, label(name) ?? name),
      element("small", {}, countText(count))));
    if (namespace === undefined) return element("fieldset", {}, element("legend", {}, title), ...boxes);
    const isOpen = this.open.has(key) || chosen.size > 0;
    const isPart = isOpen && view.results.length > MOST_COUNTED;
    const details = element("details", { "data-key": key, open: isOpen }, element("summary", {}, title),
      element("fieldset", {}, element("legend", { class: "vh" }, title),
        isPart ? element("p", {}, `Counted in the first ${countText(MOST_COUNTED)} records.`) : null,
        ...boxes, counts && !boxes.length ? "None." : null));
    details.addEventListener("toggle", () => {
      if (details.open === this.open.has(key)) return;
      if (details.open) this.open.add(key);
      else this.open.delete(key);
      if (details.open && !counts) this.show();
    });
    return details;
  }

  checkBox(name, value, isChosen) {
    const box = element("input", { type: "checkbox", name, value });
    box.checked = isChosen;
    return box;
  }
}

const host = globalThis.document?.getElementById("search");
if (host) {
  const page = new Page(host);
  page.begin().catch((error) => page.fail(error));
}
