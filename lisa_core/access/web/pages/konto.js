// One's own account: a new password, logging out here and everywhere.

import { post, showable, tell } from "/zugang/zugang.js";

const at = (id) => document.getElementById(id);
const lacks = document.body.dataset.lacks !== "";

at("first").hidden = !lacks;
at("on").hidden = lacks || new URL(at("on").href).pathname === location.pathname;
if (lacks) at("old").focus();
showable(at("show"), [at("old"), at("new"), at("again")]);

at("log-out").addEventListener("click", () => post("/abmelden", {}, at("said")));
at("everywhere").addEventListener("click", () => post("/abmelden", { ueberall: true }, at("said")));
at("change").addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(at("said"), "");
  if (at("new").value !== at("again").value) {
    tell(at("said"), "Die beiden neuen Kennwörter sind verschieden.");
    at("again").focus();
    return;
  }
  await post("/kennwort", { bisher: at("old").value, neu: at("new").value }, at("said"));
});
