// A headless Chromium spoken to over its DevTools protocol through a pipe, and a plain web server beside it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFile, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
/** What is not there after so many milliseconds never comes. */
const PATIENCE = 30_000;

/** Serves a folder on a free port of this machine. */
export function serve(folder) {
  const server = createServer((request, answer) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    readFile(join(folder, path.endsWith("/") ? `${path}index.html` : path), (error, bytes) => {
      answer.writeHead(error ? 404 : 200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      answer.end(error ? "" : bytes);
    });
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => {
    done({ address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() });
  }));
}

export class Chromium {
  constructor(program) {
    this.profile = mkdtempSync(join(tmpdir(), "chromium-"));
    // A page in the back-forward cache stands still and answers nothing, not even that it made way for another one.
    this.child = spawn(program, ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-features=BackForwardCache",
      "--hide-scrollbars", "--remote-debugging-pipe", `--user-data-dir=${this.profile}`, "about:blank"],
    { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.waiting = new Map();
    this.listeners = new Set();
    this.number = 0;
    let rest = Buffer.alloc(0);
    this.child.stdio[4].on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        this.hear(JSON.parse(rest.subarray(0, end).toString()));
        rest = rest.subarray(end + 1);
      }
    });
  }

  hear(message) {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (waiting) {
      if (message.error) waiting.fail(new Error(JSON.stringify(message.error)));
      else waiting.done(message.result);
    }
    for (const listener of this.listeners) listener(message);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = (this.number += 1);
    this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error(`no answer to ${method} ${JSON.stringify(params).slice(0, 300)}`)), PATIENCE);
      const settle = (of) => (value) => (clearTimeout(late), of(value));
      this.waiting.set(id, { done: settle(done), fail: settle(fail) });
    });
  }

  /** A new page in a context of its own, where nothing is in the cache, or in that of another page. */
  async page({ width = 1280, height = 900, isDark = false, beside = undefined } = {}) {
    const { browserContextId } = beside ?? (await this.send("Target.createBrowserContext"));
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank", browserContextId });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    page.browserContextId = browserContextId;
    await page.send("Page.enable");
    await page.send("Page.setLifecycleEventsEnabled", { enabled: true });
    await page.send("Runtime.enable");
    await page.send("Network.enable");
    await page.send("Log.enable");
    await page.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: isDark ? "dark" : "light" }] });
    return page;
  }

  async close() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.stdio[3].write(`${JSON.stringify({ id: (this.number += 1), method: "Browser.close" })}\0`);
    await ended;
    rmSync(this.profile, { recursive: true, force: true });
  }
}

class Page {
  constructor(chromium, session) {
    this.chromium = chromium;
    this.session = session;
    /** What the page or its policy complained of. */
    this.complaints = [];
    this.requests = new Map();
    /** The documents that have loaded, by their loaders, and what to call when one more has. */
    this.loaded = new Set();
    this.whenLoaded = () => {};
    /** Called when the page makes way for another. */
    this.whenGone = () => {};
    chromium.listeners.add((message) => message.sessionId === session && this.hear(message));
  }

  hear({ method, params }) {
    if (method === "Runtime.exceptionThrown") this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === "Runtime.executionContextsCleared") this.whenGone();
    if (method === "Page.lifecycleEvent" && params.name === "load") {
      this.loaded.add(params.loaderId);
      this.whenLoaded();
    }
    if (method === "Log.entryAdded" && params.entry.level === "error") this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
    if (method === "Network.requestWillBeSent") this.requests.set(params.requestId, { url: params.request.url, bytes: 0, at: 0 });
    if (method === "Network.loadingFinished" && this.requests.has(params.requestId)) {
      Object.assign(this.requests.get(params.requestId), { bytes: params.encodedDataLength, at: params.timestamp });
    }
  }

  send(method, params) {
    return this.chromium.send(method, params, this.session);
  }

  /** Opens an address, and waits until just that document has loaded: the one before may be loading still. */
  async open(url) {
    const { loaderId } = await this.send("Page.navigate", { url });
    while (!this.loaded.has(loaderId)) await new Promise((done) => (this.whenLoaded = done));
  }

  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  }

  /** Waits until something holds on the page; each frame is looked at. A page that makes way for another may never answer. */
  async until(expression) {
    for (;;) {
      const gone = new Promise((done) => (this.whenGone = () => done(false)));
      const look = this.run(`new Promise((done) => { const look = () => (${expression}) ? done(true) : requestAnimationFrame(look); look(); })`);
      const answer = look.catch(async (error) => {
        if (/navigated|Cannot find|context was destroyed/i.test(error.message)) return false;
        const where = await this.run(`[location.href, document.readyState, document.activeElement?.name, document.activeElement?.value, document.hasFocus()].join(" ")`);
        throw new Error(`${error.message}, on ${where}`);
      });
      // What becomes of the other is of no interest then.
      answer.catch(() => {});
      if (await Promise.race([answer, gone])) return true;
    }
  }

  async key(key, { code = key, modifiers = 0, text = undefined, virtual = 0 } = {}) {
    const shared = { key, code, modifiers, windowsVirtualKeyCode: virtual };
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...shared });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...shared });
  }

  type(text) {
    return this.send("Input.insertText", { text });
  }

  async picture() {
    return Buffer.from((await this.send("Page.captureScreenshot", { format: "png" })).data, "base64");
  }
}

/** Runs tests, each with a page of its own, says what became of them, and ends the process. */
export async function run(tests, chromium, server) {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    const page = await chromium.page();
    try {
      await test(page);
      assert.deepEqual(page.complaints, [], "the console stays empty");
      console.log(`ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED ${name}: ${error.stack}`);
    }
  }
  await chromium.close();
  server.close();
  process.exit(failed ? 1 : 0);
}
