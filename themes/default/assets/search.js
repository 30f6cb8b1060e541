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

export function fold(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/['\u2019]|(?![\0-\x7f])\p{M}/gu, "")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00df\u00e6\u00f8\u0111\u0131\u0142\u0153\u03c2]/g, (letter) => SPELLINGS[letter]);
}

function unspaced(run) {
  return run.match(PIECES).flatMap((piece) => {
    if (!HAS_UNSPACED.test(piece)) return isShort(piece) ? [piece] : [];
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
    return { parts: joined.filter(isShort), whole: isWhole ? text : null };
  });
}

export function words(text) {
  return compounds(fold(text)).flatMap(({ parts, whole }) => (whole ? [...parts, whole] : parts));
}

// ---- the query (query.rs) ----

const MOST_WORDS = 32;

export function parse(text) {
  const folded = fold(text);
  const pieces = folded.split(/["\u201c\u201d\u201e\u00ab\u00bb]/);
  const query = { whole: folded.trim(), words: [], compounds: [], phrases: [], isOpen: false };
  pieces.forEach((piece, number) => {
    const rows = compounds(piece);
    const phrase = rows.flatMap((row) => row.parts);
    query.compounds.push(...rows.map((row) => row.whole).filter(Boolean));
    query.words.push(...phrase);
    if (number % 2 === 1 && number + 1 < pieces.length && phrase.length > 1) query.phrases.push(phrase);
  });
  const last = query.words.at(-1);
  const seen = new Set(query.words);
  query.words = [...seen].slice(0, MOST_WORDS);
  query.compounds = [...new Set(query.compounds.filter((word) => !seen.has(word)))].slice(0, MOST_WORDS);
  query.isOpen = /[\p{Alphabetic}\p{N}]$/u.test(folded) && last !== undefined && last === query.words.at(-1);
  return query;
}

// ---- the files (bytes.rs, root.rs, dictionary.rs, columns.rs, cards.rs) ----

const NAME = 6;
const SHORT = 48;
const FAR = 16 << 10;
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
  if (reader.text() !== "relbook search 2") throw new Error("not an index of this version");
  const names = () => reader.many(() => reader.name());
  const directory = () => ({ beginnings: reader.texts(), names: names() });
  return {
    documents: reader.number(),
    kinds: reader.many(() => ({ word: reader.text(), label: reader.text() })),
    statuses: reader.many(() => ({ word: reader.text(), label: reader.text(), isOver: reader.number() === 1 })),
    services: reader.texts(),
    terms: directory(),
    endings: directory(),
    columns: names(),
    values: names(),
    cards: names(),
  };
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

function readEndings(bytes) {
  return new Reader(bytes).texts().map((text) => [...text].reverse().join(""));
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

// ---- looking words up (lookup.rs) ----

const EXACT = 16;
const LONGER = 8;
const ONE_ERROR = 12;
const TWO_ERRORS = 8;
const MOST_LONGER = 24;
const MOST_LONGER_BYTES = 16 << 10;
const MOST_CORRECTIONS = 6;
const MOST_BLOCKS = 4;

/** The order of code points, which is that of UTF-8 and not that of JavaScript. */
function compare(one, other) {
  const place = (unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const difference = place(one.charCodeAt(at)) - place(other.charCodeAt(at));
    if (difference) return difference;
  }
  return one.length - other.length;
}

const byCount = (one, other) => other.count - one.count || compare(one.text, other.text);
const takesErrors = (term) => /^\p{Alphabetic}{4,}$/u.test(term);

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
const MOST_WORDS_WITH_ERRORS = 6;
const MOST_LOOKED_THROUGH = 40;

function rarity(documents, count) {
  const all = Math.max(documents, count);
  return Math.floor(Math.log(1 + (all - count + 0.5) / (count + 0.5)) * 16 + 0.5);
}

/** A built index; `get` fetches a file's bytes by its path below the site's root, `page` a page's text. */
export class Searcher {
  constructor(get, page) {
    this.get = get;
    this.page = page;
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

  async lookup(word, isOpen, withErrors) {
    const isLong = isOpen && [...word].length >= 2;
    const entries = await this.entries(word, isLong ? MOST_BLOCKS : 1);
    const found = entries.filter((entry) => entry.text === word).map((entry) => ({ entry, factor: EXACT }));
    if (isLong) {
      let bytes = 0;
      const longer = entries
        .filter((entry) => entry.text !== word && entry.text.startsWith(word) && !entry.text.includes("="))
        .sort(byCount)
        .filter((entry) => (bytes += entry.size) <= MOST_LONGER_BYTES)
        .slice(0, MOST_LONGER);
      found.push(...longer.map((entry) => ({ entry, factor: LONGER })));
    }
    if ((!found.length || withErrors) && takesErrors(word)) found.push(...(await this.corrections(word)));
    return found;
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
      const count = takesErrors(entry.text) ? errors(word, entry.text) : 0;
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
    return sorted.filter(({ count }) => count === fewest).slice(0, MOST_CORRECTIONS).map(({ entry }) => ({ entry, factor }));
  }

  async postings({ count, bytes, file, at, size }) {
    return decode(count, bytes ?? (await this.file(file, (all) => all)).subarray(at, at + size));
  }

  /** Documents with their points, whether they have only most of the words, and the terms that were meant. */
  async results(query) {
    const tries = query.words.length > MOST_WORDS_WITH_ERRORS ? [false] : [false, true];
    let points;
    const meant = new Set();
    for (const withErrors of tries) {
      points = new Points(this.root.documents);
      const last = query.words.length - 1;
      const wanted = await Promise.all(query.words.map((word, at) => this.lookup(word, query.isOpen && at === last, withErrors)));
      const whole = await Promise.all(query.compounds.map((word) => this.exact(word)));
      const rows = [...wanted, ...whole.map((entry) => (entry ? [{ entry, factor: EXACT }] : []))];
      const found = await Promise.all(rows.map((row) => Promise.all(row.map(({ entry }) => this.postings(entry)))));
      rows.forEach((row, at) => points.add(row, found[at], at <= last));
      rows.flat().forEach(({ entry }) => meant.add(entry.text));
      await this.addNumbers(points, query);
      const all = points.withAll(query.words.length);
      if (all.length) return { results: all, points: points.points, hasMost: false, meant };
    }
    return { ...points.withMost(), hasMost: true, meant };
  }

  async addNumbers(points, query) {
    const namespaces = [["id", ID_POINTS], ["problem", PROBLEM_POINTS]];
    await Promise.all(namespaces.map(async ([namespace, more]) => {
      const entry = await this.exact(`${namespace}=${query.whole}`);
      if (entry) for (const document of (await this.postings(entry)).documents) points.points[document] += more;
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

  /** Those of the best results in which the words follow one another. */
  async withPhrases(found) {
    const { phrases } = found.query;
    const best = this.best(found, MOST_LOOKED_THROUGH).sort((one, other) => one - other);
    const right = await Promise.all(best.map(async (document) => {
      const card = await this.card(document);
      const shown = [card.id, card.title, card.text, card.workaround].join("\n");
      return hasPhrases(shown, phrases) || hasPhrases(await this.page(card.href), phrases);
    }));
    return best.filter((_, at) => right[at]);
  }

  /** All results of a query in the order of documents, with their points and columns. */
  async search(text) {
    const query = parse(text);
    const { results, points, hasMost, meant } = await this.results(query);
    const found = { query, results, points, columns: await this.facts(results), hasMost, meant };
    if (query.phrases.length && !hasMost) {
      const right = await this.withPhrases(found);
      if (right.length) found.results = right;
    }
    return found;
  }
}

class Points {
  constructor(documents) {
    this.points = new Float64Array(documents);
    this.worth = new Uint32Array(documents);
    this.words = new Uint8Array(documents);
  }

  add(alternatives, postings, isWanted) {
    const worth = rarity(this.points.length, alternatives.reduce((sum, { entry }) => sum + entry.count, 0));
    const best = new Uint16Array(this.points.length);
    alternatives.forEach(({ factor }, at) => {
      const { documents, impacts } = postings[at];
      for (let number = 0; number < documents.length; number += 1) {
        const value = factor * (impacts[number] + 1);
        if (value > best[documents[number]]) best[documents[number]] = value;
      }
    });
    for (let document = 0; document < best.length; document += 1) {
      if (!best[document]) continue;
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
      if (this.points[at] > 0 && (this.words[at] === words || this.points[at] >= PROBLEM_POINTS)) all.push(at);
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

// ---- phrases (phrase.rs) ----

const INLINE = new Set(["A", "ABBR", "B", "CODE", "DEL", "EM", "I", "KBD", "MARK", "SPAN", "STRONG", "SUB", "SUP"]);

function hasPhrases(text, phrases) {
  const row = compounds(fold(text)).flatMap(({ parts }) => parts);
  const begins = (phrase, at) => phrase.every((word, number) => row[at + number] === word);
  return phrases.every((phrase) => row.some((_, at) => begins(phrase, at)));
}

/** The text of a page's main part. */
function textOf(node) {
  if (node.nodeType === 3) return node.data;
  const inner = Array.from(node.childNodes, textOf).join("");
  return INLINE.has(node.nodeName) ? inner : ` ${inner} `;
}

// ---- the page ----

const STEP = 10;
const MOST_COUNTED = 1000;
const MOST_VALUES = 12;
const PASSAGE = 220;
const FACETS = [
  { key: "type", label: "Type" },
  { key: "status", label: "Status" },
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
    this.searcher = new Searcher((path) => this.get(path), (path) => this.text(path));
  }

  async get(path) {
    const answer = await fetch(this.root + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async text(path) {
    const answer = await fetch(this.root + path);
    return textOf(new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main") ?? document.createElement("p"));
  }

  async begin() {
    this.box.value = this.state.q;
    await this.searcher.open(this.host.dataset.index);
    this.help.hidden = true;
    this.how.hidden = true;
    this.host.querySelector("#found-part").hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.isTyping = false;
      this.go({ q: this.box.value, n: STEP });
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
      const named = Object.entries(counts).map(([number, count]) => [name(Number(number)), count]);
      return [key, new Map(named.filter(([name]) => name))];
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
    return { query: parse(""), results, points: new Float64Array(results.length), columns, hasMost: false, meant: new Set() };
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
    const number = countText(count);
    const many = `${number} record${count === 1 ? "" : "s"}`;
    if (!count && this.isNarrowed(state)) return "No record has these words with the filters chosen.";
    if (!count) return "No record has any of these words. Look for fewer or other words, or go through the lists.";
    if (view.hasMost) return `No record has all of these words; ${many} ${count === 1 ? "has" : "have"} most of them.`;
    return state.q ? `${many} found.` : `${many}.`;
  }

  meant({ query, meant }) {
    const last = query.isOpen ? query.words.at(-1) : undefined;
    const known = new Map();
    return (word) => {
      if (!known.has(word)) known.set(word, words(word).some((part) => meant.has(part) || (last && last.length > 1 && part.startsWith(last))));
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
    };
    const made = FACETS.map((facet) => this.facet(facet, state, view.counts.get(facet.key), label[facet.key] ?? ((name) => name)));
    this.facets.replaceChildren(...made.filter(Boolean));
    if (!focused) return;
    const same = (one) => one.name === focused.name && one.value === focused.value;
    const again = focused.localName === "input"
      ? [...this.facets.querySelectorAll("input")].find(same)
      : this.facets.querySelector(`details[data-key="${focused.closest("details")?.dataset.key}"] > summary`);
    again?.focus();
  }

  /** One facet: a box for each value with its count. Those with many values fetch them when they are opened. */
  facet({ key, label: title, namespace }, state, counts, label) {
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
    const details = element("details", { "data-key": key, open: isOpen }, element("summary", {}, title),
      element("fieldset", {}, element("legend", { class: "vh" }, title), ...boxes, counts && !boxes.length ? "None." : null));
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
