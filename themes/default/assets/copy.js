// Buttons that copy the text, or the formatted text, of what bears `data-copy`.
(() => {
  const copy = async (element, isFormatted) => {
    const text = element.innerText.trim();
    if (navigator.clipboard && isFormatted && window.ClipboardItem) {
      const blob = (content, type) => new Blob([content], { type });
      const item = { "text/plain": blob(text, "text/plain"), "text/html": blob(element.innerHTML.trim(), "text/html") };
      return navigator.clipboard.write([new ClipboardItem(item)]);
    }
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // A page that was opened from disk has no clipboard in some browsers.
    const selection = getSelection();
    selection.selectAllChildren(element);
    const isDone = document.execCommand("copy");
    selection.removeAllRanges();
    if (!isDone) throw new Error("not copied");
  };

  const button = (element, label, isFormatted) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = label;
    const say = (text) => {
      made.textContent = text;
      setTimeout(() => { made.textContent = label; }, 2000);
    };
    made.addEventListener("click", () => {
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
