// "/" and Ctrl+K lead to the search box of every page.

addEventListener("keydown", (event) => {
  const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isSlash = event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isControlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const box = document.querySelector("input[name=q]");
  if (!box || !(isSlash || isControlK)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
