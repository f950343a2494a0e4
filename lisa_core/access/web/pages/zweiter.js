// The second step: the code of the app, or one on paper.

import { post, tell } from "/zugang/zugang.js";

const at = (id) => document.getElementById(id);

at("second").addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(at("said"), "");
  if (await post("/zweiter", { code: at("code").value }, at("said"))) return;
  at("code").value = "";
  at("code").focus();
});
at("log-out").addEventListener("click", () => post("/abmelden", {}, at("said")));
