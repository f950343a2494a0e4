// One's own account: a new password, an app for codes, logging out here and everywhere.

import { logOut, post, say, showable, tell } from "/zugang/zugang.js";

const at = (id) => document.getElementById(id);
const lacks = document.body.dataset.lacks.split(" ").filter(Boolean);
const lacksPassword = lacks.includes("kennwort");
const hasApp = document.body.dataset.app !== "";

at("first").hidden = !lacksPassword;
at("on").hidden = lacks.length > 0 || new URL(at("on").href).pathname === location.pathname;
at("app").hidden = lacksPassword; // one thing after the other
at("change").hidden = document.body.dataset.openid !== "" || (lacks.length > 0 && !lacksPassword);
at("app-there").hidden = !hasApp;
at("code-asked").hidden = !hasApp;
at("app-wanted").hidden = !lacks.includes("einrichten");
at("app-offer").hidden = hasApp;
at("sessions").hidden = lacks.length > 0;
at("sessions-end").hidden = at("sessions").dataset.others === "";
at("proof-asked").hidden = document.body.dataset.openid !== "";
if (lacksPassword) at("old").focus();
showable(at("show"), [at("old"), at("new"), at("again")]);

at("log-out").addEventListener("click", () => logOut(false, at("said")));
at("everywhere").addEventListener("click", () => logOut(true, at("said")));

at("app-offer").addEventListener("click", async () => {
  const offer = await say("/zweiter/neu", {}, at("app-said"));
  if (!offer) return;
  at("app-picture").src = offer.bild;
  at("app-secret").textContent = offer.geheimnis;
  at("app-offer").hidden = true;
  at("app-form").hidden = false;
  at("code").focus();
});

at("app-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(at("app-said"), "");
  const done = await say("/zweiter/einrichten", { code: at("code").value }, at("app-said"));
  if (!done) {
    at("code").value = "";
    at("code").focus();
    return;
  }
  at("app-form").hidden = true;
  at("app-wanted").hidden = true;
  at("app-secret").textContent = "";
  at("app-picture").removeAttribute("src");
  for (const code of done.codes) at("app-list").append(Object.assign(document.createElement("li"), { textContent: code }));
  at("app-on").href = done.weiter;
  at("app-codes").hidden = false;
  at("app-on").focus();
});

at("sessions").addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = document.querySelector("input[name=session]:checked");
  if (!chosen) {
    tell(at("sessions-said"), "Bitte zuerst eine Anmeldung wählen.");
    return;
  }
  tell(at("sessions-said"), "");
  if (await post("/sitzung", { welche: chosen.value, kennwort: at("proof").value }, at("sessions-said"))) return;
  at("proof").value = "";
  at("proof").focus();
});

at("change").addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(at("said"), "");
  if (at("new").value !== at("again").value) {
    tell(at("said"), "Die beiden neuen Kennwörter sind verschieden.");
    at("again").focus();
    return;
  }
  await post("/kennwort", { bisher: at("old").value, neu: at("new").value, code: at("code-now").value }, at("said"));
});
