// The door: name and password, and what the server says to them.

import { WHY, post, showable, tell } from "/zugang/zugang.js";

const at = (id) => document.getElementById(id);
const BLANK = " Das Kennwort begann oder endete mit einem Leerzeichen: Ist eines mitkopiert?";

showable(at("show"), [at("password")]);
const why = sessionStorage.getItem(WHY);
sessionStorage.removeItem(WHY);
if (why) {
  at("over").hidden = false;
  at("over").textContent = why;
}

for (const button of document.querySelectorAll("[data-openid]")) {
  button.addEventListener("click", () => post("/openid", { traeger: button.dataset.openid }, at("said")));
}

at("log-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(at("said"), "");
  if (!at("name").value.trim() || !at("password").value) {
    tell(at("said"), "Bitte Name und Kennwort eingeben.");
    return;
  }
  at("enter").disabled = true;
  const body = { name: at("name").value, kennwort: at("password").value };
  if (await post("/anmelden", body, at("said"))) return;
  at("enter").disabled = false;
  if (body.kennwort !== body.kennwort.trim()) at("said").textContent += BLANK;
  at("password").value = "";
  at("password").focus();
});
