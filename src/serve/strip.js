// A page in a preview: it follows what is saved, and its strip says what was found.
"use strict";

(() => {
  const strip = document.getElementById("relbook-preview");
  if (!strip) return;
  const { page, checks } = strip.dataset;
  let version = strip.dataset.version;

  // What a reader had done to the page, kept over the reload: folds, fields, how far it was scrolled.
  const kept = `relbook-preview ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")].filter((fold) => !strip.contains(fold));
  const fields = () => [...document.querySelectorAll("input, select, textarea")];
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";

  const keep = () => {
    const state = {
      folds: folds().map((fold) => fold.open),
      fields: fields().map((field) => (isTick(field) ? field.checked : field.value)),
      focus: fields().indexOf(document.activeElement),
      x: scrollX,
      y: scrollY,
    };
    try {
      sessionStorage.setItem(kept, JSON.stringify(state));
    } catch {
      // Without a place to keep it, the page begins anew.
    }
  };

  const restore = () => {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch {
      return;
    }
    if (!state) return;
    const [nowFolds, nowFields] = [folds(), fields()];
    if (nowFolds.length === state.folds.length) nowFolds.forEach((fold, at) => (fold.open = state.folds[at]));
    if (nowFields.length === state.fields.length) {
      nowFields.forEach((field, at) => {
        const value = state.fields[at];
        const before = isTick(field) ? field.checked : field.value;
        if (before === value) return;
        if (isTick(field)) field.checked = value;
        else field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      nowFields[state.focus]?.focus({ preventScroll: true });
    }
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  };

  const reload = () => {
    keep();
    location.reload();
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

  const heard = ({ name, version: told }) => {
    strip.classList.toggle("lost", name === "lost");
    if (name === "lost") return;
    strip.dataset.follows = "";
    const [mine, theirs] = [parts(version), parts(told)];
    const isNewer = mine.run === theirs.run ? theirs.number > mine.number : theirs.run > mine.run;
    if (!isNewer) return;
    if (name === "styles" && mine.run === theirs.run && theirs.number === mine.number + 1) {
      version = told;
      restyle();
    } else if (document.hidden) {
      document.addEventListener("visibilitychange", reload, { once: true });
    } else {
      reload();
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
    strip.querySelectorAll(":scope > :not(link)").forEach((old) => old.remove());
    strip.append(fold);
    strip.dataset.state = "told";
  };

  restore();
  listen();
  fetch(`/-/findings?page=${encodeURIComponent(page)}`)
    .then((response) => response.json())
    .then(show)
    .catch(() => {
      // The preview ended, or the page is left: there is nobody to tell.
    });
})();
