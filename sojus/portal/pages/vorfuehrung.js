// The door of a demonstration: whoever sits at this computer chooses whom to play.

const at = (id) => document.getElementById(id);
const GONE = "Der Server ist gerade nicht zu erreichen. Bitte gleich noch einmal.";

function tell(text) {
  at("said").textContent = text;
  at("said").hidden = !text;
}

async function be(id) {
  tell("");
  const headers = { "content-type": "application/json", "x-sojus": "1" };
  try {
    const answer = await fetch("/api/demo", { method: "POST", headers, body: JSON.stringify({ as: id }) });
    if (answer.ok) location.assign("/");
    else tell((await answer.json()).error);
  } catch {
    tell(GONE);
  }
}

function button(one) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = one.name;
  made.addEventListener("click", () => be(one.id));
  return made;
}

/** Whom the desk beside a call has opened it for: she need not say it once more. */
const opened = new URLSearchParams(location.search).get("als");

try {
  const answer = await fetch("/api/demo");
  const people = await answer.json();
  at("people").append(...people.map(button));
  if (people.some((one) => one.id === opened)) await be(opened);
} catch {
  tell(GONE);
}
