// A window over the page: one title, what stands in it, and the focus goes back where it was; and what is sent from it.

import { el } from "/gemeinsam/parts.js";
import { tellMistake } from "/s/fields.js";
import { AGAIN_SOON, act } from "/s/server.js";
import { told } from "/s/words.js";

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

/**
 * Sends what `wished()` resolves to, [path, body], from this window. Resolves to the answer, or to undefined after it was told
 * in `said` why there is none: what is wrong in a field, or by `tell(refused)`. Whoever closes the window meanwhile does not
 * want it any longer; a refusal is then thrown, and the page tells it.
 */
export async function send(box, said, wished, tell = ({ message }) => said.replaceChildren(told(message, "bad"))) {
  said.replaceChildren();
  box.busy(true);
  try {
    return await act(...(await wished()), () => {
      said.replaceChildren(told(AGAIN_SOON, "warn"));
      return box.isOpen();
    });
  } catch (refused) {
    if (Array.isArray(refused)) tellMistake(refused, said);
    else if (box.isOpen()) tell(refused);
    else throw refused;
  } finally {
    box.busy(false);
  }
}
