// Beside each time with an hour the reader's own, where the clocks differ: in the site's language and in the form of its pages.
"use strict";
(() => {
  const language = document.documentElement.lang.split("-")[0] || "en";
  const words = new Intl.DateTimeFormat(language, { weekday: "short", month: "short" });
  const two = (number) => String(number).padStart(2, "0");
  // Languages put a dot behind what they shorten; the pages do not.
  const word = (at, type) => words.formatToParts(at).find((part) => part.type === type).value.replace(/\.$/, "");
  const day = (at) => `${word(at, "weekday")} ${at.getDate()} ${word(at, "month")}`;
  const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}${at.getSeconds() ? `:${two(at.getSeconds())}` : ""}`;
  const isSameDay = (one, other) => one.toDateString() === other.toDateString();

  // How many minutes the clocks that a time is written by are before UTC.
  const offset = (written) => {
    const [, sign, hours, minutes] = written.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", "0", "0"];
    return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  };
  let differs = false;
  for (const when of document.querySelectorAll(".when")) {
    // What goes on from an earlier day of the page has its own time there.
    if (when.parentElement.querySelector(":scope > .again")) continue;
    const times = [...when.querySelectorAll("time")].filter((time) => time.dateTime.includes("T"));
    const points = times.map((time) => new Date(time.dateTime));
    if (times.every((time, number) => offset(time.dateTime) === -points[number].getTimezoneOffset())) continue;
    // Whoever lives by UTC finds it there.
    if (points.every((point) => point.getTimezoneOffset() === 0) && when.textContent.includes("UTC")) continue;
    const [from, to] = points;
    const end = to ? ` – ${isSameDay(from, to) ? "" : `${day(to)}, `}${clock(to)}` : "";
    const own = document.createElement("small");
    own.className = "own";
    own.textContent = `${day(from)}, ${clock(from)}${end} your time`;
    when.append(" ", own);
    differs = true;
  }
  const zone = document.querySelector("[data-zone]");
  if (differs && zone) {
    zone.parentElement.append(` Your own zone is ${new Intl.DateTimeFormat().resolvedOptions().timeZone}.`);
  }
})();
