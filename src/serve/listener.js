// Listens to the preview for all pages of this browser, which opens no more than six connections to one host.
"use strict";

const pages = new Set();
let last = null;

const tell = (message) => pages.forEach((page) => page.postMessage(message));

const events = new EventSource("/-/events");
for (const name of ["hello", "pages", "styles"]) {
  events.addEventListener(name, (event) => {
    last = { name: "hello", version: event.data };
    tell({ name, version: event.data });
  });
}
events.addEventListener("error", () => tell({ name: "lost" }));

addEventListener("connect", (event) => {
  const page = event.ports[0];
  pages.add(page);
  page.addEventListener("message", () => pages.delete(page));
  page.start();
  if (last) page.postMessage(last);
});
