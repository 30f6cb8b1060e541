// A page in a preview: it follows what is saved, and its strip says what was found.
"use strict";

(() => {
  const strip = document.getElementById("relbook-preview");
  if (!strip) return;
  const { page, checks, root } = strip.dataset;
  let version = strip.dataset.version;
  // In the head it stays when the page is exchanged, and is not loaded anew.
  document.head.append(strip.querySelector("link"));

  // What a reader had done to the page, kept over the change: folds, fields, how far it was scrolled.
  const kept = `relbook-preview ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")].filter((fold) => !strip.contains(fold));
  const fields = () => [...document.querySelectorAll("input, select, textarea")];
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  const state = () => ({
    folds: folds().map((fold) => fold.open),
    fields: fields().map((field) => (isTick(field) ? field.checked : field.value)),
    focus: fields().indexOf(document.activeElement),
    x: scrollX,
    y: scrollY,
  });

  const restorePlace = ({ folds: open, x, y }) => {
    const now = folds();
    if (now.length === open.length) now.forEach((fold, at) => (fold.open = open[at]));
    scrollTo({ left: x, top: y, behavior: "instant" });
  };

  const restoreFields = ({ fields: values, focus }) => {
    const now = fields();
    if (now.length !== values.length) return;
    now.forEach((field, at) => {
      const value = values[at];
      const before = isTick(field) ? field.checked : field.value;
      if (before === value) return;
      if (isTick(field)) field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    now[focus]?.focus({ preventScroll: true });
  };

  const restore = () => {
    let former = null;
    try {
      former = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch {
      return;
    }
    if (!former) return;
    restoreFields(former);
    restorePlace(former);
  };

  const reload = () => {
    try {
      sessionStorage.setItem(kept, JSON.stringify(state()));
    } catch {
      // Without a place to keep it, the page begins anew.
    }
    location.reload();
  };

  const scriptsOf = (page) => [...page.querySelectorAll("script[src]")].filter((script) => !script.getAttribute("src").startsWith("/-/"));
  const stylesOf = (page) => [...page.head.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.getAttribute("href")).filter((href) => !href.startsWith("/-/"));
  const frameOf = (page) => JSON.stringify([
    [...page.documentElement.attributes].map(({ name, value }) => [name, value]),
    scriptsOf(page).map((script) => script.getAttribute("src")),
  ]);
  const frame = frameOf(document);
  const styles = stylesOf(document).join();

  // What is to be done with the scripts of a page that takes the place of this one: run again, or nothing. Of a script that
  // is not known, nobody can tell; such a page is loaded anew.
  const scriptsToRun = (fresh) => {
    const names = (list) => list.split(" ").map((name) => new URL(root + name, location).href);
    const [again, once] = [names(strip.dataset.again), names(strip.dataset.once)];
    const urls = scriptsOf(fresh).map((script) => new URL(script.getAttribute("src"), location).href);
    const isKnown = urls.every((url) => again.includes(url) || once.includes(url));
    return isKnown && !fresh.querySelector("script:not([src])") ? urls.filter((url) => again.includes(url)) : null;
  };

  const run = (url) =>
    new Promise((done) => {
      const script = element("script", { src: url });
      for (const name of ["load", "error"]) script.addEventListener(name, done);
      document.body.append(script);
    });

  // Puts another state of the page in the place of this one: the browser would take twice the time to load it.
  const exchange = async (fresh) => {
    const next = fresh.getElementById("relbook-preview");
    const isAlike = next && frameOf(fresh) === frame && stylesOf(fresh).join() === styles
      && ["again", "once"].every((which) => next.dataset[which] === strip.dataset[which]);
    const scripts = isAlike ? scriptsToRun(fresh) : null;
    if (scripts === null || parts(next.dataset.version).run !== parts(version).run) return reload();
    version = next.dataset.version;
    const former = state();
    const body = document.adoptNode(fresh.body);
    body.querySelectorAll('#relbook-preview, script[src^="/-/"]').forEach((own) => own.remove());
    delete strip.dataset.state;
    body.append(strip);
    document.title = fresh.title;
    document.body.replaceWith(body);
    restorePlace(former);
    for (const script of scripts) await run(script);
    restoreFields(former);
    restorePlace(former);
    ask();
  };

  const load = () =>
    new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("GET", location.href);
      request.responseType = "document";
      request.addEventListener("load", () => (request.response ? done(request.response) : fail(new Error("no page"))));
      request.addEventListener("error", () => fail(new Error("no answer")));
      request.send();
    });

  // One change at a time; of those that come in between, the last.
  let wanted = null;
  let isChanging = false;
  const change = async () => {
    if (isChanging) return;
    isChanging = true;
    try {
      while (isNewer(wanted)) await exchange(await load());
    } catch {
      // The preview ended: when it is there again, it tells so.
    }
    isChanging = false;
  };

  // A style sheet takes the place of the old one when it is there, so that the page is never without.
  const restyle = () => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const url = new URL(old.href);
      if (url.origin !== location.origin || url.pathname.startsWith("/-/")) continue;
      url.searchParams.set("version", version);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  };

  const parts = (of) => {
    const [run, number] = of.split("-");
    return { run, number: Number(number) };
  };

  const isNewer = (told) => {
    const [mine, theirs] = [parts(version), parts(told)];
    return mine.run === theirs.run ? theirs.number > mine.number : theirs.run > mine.run;
  };

  const heard = ({ name, version: told }) => {
    strip.classList.toggle("lost", name === "lost");
    if (name === "lost") return;
    strip.dataset.follows = "";
    if (!isNewer(told)) return;
    const [mine, theirs] = [parts(version), parts(told)];
    wanted = told;
    if (name === "styles" && mine.run === theirs.run && theirs.number === mine.number + 1) {
      version = told;
      restyle();
    } else if (document.hidden) {
      document.addEventListener("visibilitychange", change, { once: true });
    } else {
      change();
    }
  };

  const listen = () => {
    if (window.SharedWorker) {
      const { port } = new SharedWorker("/-/listener.js");
      port.addEventListener("message", (event) => heard(event.data));
      port.start();
      addEventListener("pagehide", () => port.postMessage("gone"));
      addEventListener("pageshow", (event) => event.persisted && reload());
      return;
    }
    const events = new EventSource("/-/events");
    for (const name of ["hello", "pages", "styles"]) {
      events.addEventListener(name, (event) => heard({ name, version: event.data }));
    }
    events.addEventListener("error", () => heard({ name: "lost" }));
  };

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null));
    return made;
  };

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const counts = (errors, warnings) =>
    [errors && count(errors, "error"), warnings && count(warnings, "warning")].filter(Boolean).join(", ");

  const finding = ({ level, code, message, help, replacement, path, line, text, editor }) => {
    const place = `${path}:${line}`;
    return element(
      "li",
      { class: level },
      element("p", {}, element("strong", {}, level === "error" ? "✗ Error" : "▲ Warning"), ` ${message}`),
      text ? element("pre", {}, element("b", {}, `${line} `), text) : null,
      ...help.map((sentence) => element("p", {}, sentence)),
      replacement === null ? null : element("p", {}, "Write instead: ", element("code", {}, replacement)),
      element(
        "p",
        { class: "place" },
        editor ? element("a", { href: editor }, `Open ${place}`) : element("span", {}, place),
        ` ${code}`,
      ),
    );
  };

  const closed = `relbook-preview closed ${location.pathname}`;

  const show = ({ fault, errors, warnings, findings, more }) => {
    const here = {
      errors: findings.filter(({ level }) => level === "error").length,
      warnings: findings.filter(({ level }) => level !== "error").length + more,
    };
    const isBad = fault !== null || here.errors > 0;
    const words = counts(here.errors, here.warnings);
    const summary = element(
      "summary",
      { class: isBad ? "error" : words ? "warning" : "clean" },
      fault !== null ? "✗ The site is as it last was" : isBad ? `✗ ${words} here` : words ? `▲ ${words} here` : "✓ Nothing found here",
    );
    const fold = element("details", {}, summary);
    if (fault !== null) fold.append(element("p", { class: "fault" }, fault));
    if (findings.length) fold.append(element("ul", {}, ...findings.map(finding)));
    if (more) fold.append(element("p", {}, `and ${more} more`));
    const all = counts(errors, warnings);
    fold.append(element("p", {}, element("a", { href: checks }, all ? `${all} in all` : "Nothing found in any record")));
    const marks = JSON.stringify([fault, findings.map(({ code, message }) => code + message)]);
    fold.open = isBad && sessionStorage.getItem(closed) !== marks;
    fold.addEventListener("toggle", () => {
      if (fold.open) sessionStorage.removeItem(closed);
      else sessionStorage.setItem(closed, marks);
    });
    strip.replaceChildren(fold);
    strip.dataset.state = "told";
  };

  const ask = () => {
    const of = version;
    fetch(`/-/findings?page=${encodeURIComponent(page)}`)
      .then((response) => response.json())
      .then((told) => of === version && show(told))
      .catch(() => {
        // The preview ended, or the page is left: there is nobody to tell.
      });
  };

  restore();
  listen();
  ask();
})();
