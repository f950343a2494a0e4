// A window over the page: one title, what stands in it, and the focus goes back where it was.

import { el } from "/gemeinsam/parts.js";

/** Opens it. Returns {close(), isOpen(), fill(title, ...nodes), busy(isBusy)}; a busy one takes no other wish. */
export function dialog(title, ...nodes) {
  const heading = el("h2", { id: "dialog-title", tabindex: "-1" });
  const body = el("div", { class: "dialog-body" });
  const node = el("dialog", { "aria-labelledby": "dialog-title" }, heading, body);
  node.addEventListener("close", () => node.remove());
  document.body.append(node);

  function fill(text, ...inside) {
    heading.textContent = text;
    body.replaceChildren(...inside.flat().filter(Boolean));
    heading.focus();
  }

  fill(title, ...nodes);
  node.showModal();
  heading.focus();
  return {
    node,
    fill,
    close: () => node.close(),
    isOpen: () => node.open,
    busy(isBusy) {
      node.setAttribute("aria-busy", String(isBusy));
      for (const one of node.querySelectorAll("button:not([data-close])")) one.disabled = isBusy;
    },
  };
}
