// The calendar, for readers with scripts: today and now, and a filter of the page's entries.
"use strict";
(() => {
  const zone = document.querySelector("[data-zone]")?.dataset.zone ?? "UTC";
  const now = new Date();

  // A point in time as a zone's wall clock shows it: "2026-11-28T22:00".
  const wall = (at, timeZone) => {
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
    return format.format(at).replace(" ", "T");
  };

  const markToday = () => {
    const today = wall(now, zone).slice(0, 10);
    const day = document.querySelector(`.month td > time[datetime="${today}"], .week h2 > time[datetime="${today}"]`);
    const inYear = [...document.querySelectorAll(`[data-month="${today.slice(0, 7)}"] td > i`)]
      .find((number) => number.textContent === String(Number(today.slice(8))));
    for (const cell of [day?.closest("td:not(.out), section"), inYear?.parentElement]) {
      cell?.classList.add("today");
      cell?.setAttribute("aria-current", "date");
    }
  };

  const drawNow = () => {
    const drawing = document.querySelector(".hours");
    if (!drawing) return;
    const minutes = (Date.parse(`${wall(now, zone)}Z`) - Date.parse(`${drawing.dataset.monday}T00:00Z`)) / 60000;
    const { width, height } = drawing.viewBox.baseVal;
    const x = Math.round(minutes / 10);
    if (x < 0 || x >= width) return;
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "now");
    line.setAttribute("d", `M${x} 18V${height}`);
    drawing.append(line);
  };

  const startFilter = () => {
    const choices = document.querySelector(".filter");
    if (!choices) return;
    const lists = [...choices.querySelectorAll("select")];
    const entries = [...document.querySelectorAll("[data-f]")];
    const address = new URLSearchParams(location.search);
    for (const list of lists) {
      const wanted = address.get(list.name);
      const option = [...list.options].find((choice) => choice.value && choice.text === wanted);
      if (option) list.value = option.value;
    }
    // A freeze for all bears the letter alone of what it does not name.
    const isShown = (entry) => {
      const tokens = entry.dataset.f.split(" ");
      return lists.every(({ value }) => !value || tokens.includes(value) || tokens.includes(value[0]));
    };
    const keepState = () => {
      const state = new URLSearchParams(location.search);
      for (const list of lists) {
        if (list.value) state.set(list.name, list.selectedOptions[0].text);
        else state.delete(list.name);
      }
      const query = state.size ? `?${state}` : "";
      history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
      for (const link of document.querySelectorAll(".calnav a, .pager a, .month tbody th a, a.all, .all a")) {
        link.search = query;
      }
    };
    const apply = () => {
      let shown = 0;
      let all = 0;
      for (const entry of entries) {
        const isHere = isShown(entry);
        entry.classList.toggle("gone", !isHere);
        // What is drawn, and what goes on from another day, is no entry more.
        if (entry.closest("svg") || entry.querySelector(".again")) continue;
        all += 1;
        shown += isHere ? 1 : 0;
      }
      choices.querySelector("output").textContent = shown < all ? `${shown} of the ${all} entries on this page` : "";
      keepState();
    };
    choices.hidden = false;
    choices.addEventListener("change", apply);
    apply();
  };

  markToday();
  drawNow();
  startFilter();
})();
