// Buttons that copy the text, or the formatted text, of what bears `data-copy`.
(() => {
  const BLOCKS = "address,article,aside,blockquote,dd,details,div,dl,dt,figcaption,figure,h1,h2,h3,h4,h5,h6,hr,li,ol,p,pre,section,summary,table,ul";
  const blank = (count) => " ".repeat(count);

  /** A text with something before its first line, and the other lines below its beginning. */
  const behind = (mark, text) => mark + text.replaceAll("\n", `\n${blank(mark.length)}`).replace(/ +$/gm, "");

  const list = (element) => {
    let number = element.localName === "ol" ? element.start : null;
    return [...element.children].map((item) => {
      const mark = number === null ? "- " : `${number++}. `;
      return behind(mark, blocks(item).join("\n"));
    }).join("\n");
  };

  const table = (element) => [...element.rows]
    .map((row) => [...row.cells].map((cell) => blocks(cell).join(" ").replaceAll("\n", " ")).join("\t"))
    .join("\n");

  const block = (element) => {
    switch (element.localName) {
      case "ol":
      case "ul": return list(element);
      case "pre": return element.textContent.replace(/\n$/, "");
      case "table": return table(element);
      case "hr": return "---";
      case "blockquote": return blocks(element).join("\n\n").replace(/^/gm, "> ");
      default: return blocks(element).join("\n\n");
    }
  };

  /** What an element says, block by block: as `innerText` says it, and with what style sheets show before list items. */
  const blocks = (element) => {
    const found = [];
    let line = "";
    const end = () => {
      const text = line.split("\n").map((part) => part.trim()).join("\n").trim();
      if (text) found.push(text);
      line = "";
    };
    const walk = (parent) => {
      const keepsLines = getComputedStyle(parent).whiteSpace.startsWith("pre");
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) line += keepsLines ? node.data : node.data.replace(/[ \t\r\n]+/g, " ");
        else if (node.nodeType !== Node.ELEMENT_NODE) continue;
        else if (node.localName === "br") line += "\n";
        else if (node.localName === "img") line += node.alt;
        else if (node.matches(BLOCKS)) {
          end();
          const text = block(node);
          if (text) found.push(text);
        } else walk(node);
      }
    };
    walk(element);
    end();
    return found;
  };

  /** The element's HTML, its links and images with their whole addresses: it is pasted elsewhere. */
  const formatted = (element) => {
    const copied = element.cloneNode(true);
    for (const link of copied.querySelectorAll("a[href]")) link.setAttribute("href", link.href);
    for (const image of copied.querySelectorAll("img[src]")) image.setAttribute("src", image.src);
    return copied.innerHTML.trim();
  };

  const copy = async (element, isFormatted) => {
    const kinds = { "text/plain": block(element) };
    if (isFormatted) kinds["text/html"] = formatted(element);
    if (navigator.clipboard && isFormatted && window.ClipboardItem) {
      const blob = ([type, content]) => [type, new Blob([content], { type })];
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(kinds).map(blob)))]);
    }
    if (navigator.clipboard && !isFormatted) return navigator.clipboard.writeText(kinds["text/plain"]);
    // A page that does not come by HTTPS has no such clipboard in some browsers.
    const fill = (event) => {
      for (const [type, content] of Object.entries(kinds)) event.clipboardData.setData(type, content);
      event.preventDefault();
    };
    const selection = getSelection();
    selection.selectAllChildren(element);
    document.addEventListener("copy", fill);
    const isDone = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    selection.removeAllRanges();
    if (!isDone) throw new Error("not copied");
  };

  // What a button says when it is done, for those who listen.
  const status = document.createElement("p");
  status.className = "vh";
  status.role = "status";
  document.body.append(status);

  const button = (element, label, isFormatted) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = label;
    const say = (text) => {
      made.textContent = text;
      status.textContent = text;
      setTimeout(() => { made.textContent = label; }, 2000);
    };
    made.addEventListener("click", () => {
      // What is said twice is heard twice only where it was gone between.
      status.textContent = "";
      copy(element, isFormatted).then(() => say("Copied"), () => say("Select the text and copy it"));
    });
    return made;
  };

  for (const element of document.querySelectorAll("[data-copy]")) {
    if (element.dataset.copy === "text") {
      element.after(" ", button(element, "Copy", false));
      continue;
    }
    const bar = document.createElement("p");
    bar.className = "copies";
    bar.append(button(element, "Copy text", false), button(element, "Copy formatted", true));
    element.after(bar);
  }
})();
