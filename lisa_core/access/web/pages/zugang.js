// What the pages of the door share: saying something to the server, telling what came of it, passwords to be seen.

/** Says it; resolves to the answer, or to null after telling why not: in `said`, or where no place is given until it has been read. */
export async function say(path, body, said) {
  let text = "Der Server antwortet nicht. Bitte gleich noch einmal.";
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
    });
    if (response.ok) return await response.json();
    text = await why(response);
  } catch {
    // what is told stands above
  }
  if (said) tell(said, text);
  else await read(text);
  return null;
}

/** Why not: in the words of a page (JSON), of what stands before all pages (plain text), or ours for anybody else. */
async function why(response) {
  const kind = response.headers.get("content-type") ?? "";
  const words = await response.text();
  const text = kind.startsWith("application/json") ? JSON.parse(words).text : kind.startsWith("text/plain") && words.trim();
  return text || `Der Server meldet einen Fehler (${response.status}). Bitte gleich noch einmal.`;
}

/** Says it and goes where the server says. Resolves to whether it went on. */
export async function post(path, body, said) {
  const answer = await say(path, body, said);
  if (!answer) return false;
  if (answer.hinweis) await read(answer.hinweis);
  location.assign(answer.weiter);
  return true;
}

/** Shows it until it has been read. */
function read(text) {
  const dialog = document.createElement("dialog");
  const words = Object.assign(document.createElement("p"), { id: "hint", textContent: text });
  const on = Object.assign(document.createElement("button"), { className: "btn btn--primary", textContent: "Verstanden" });
  dialog.className = "hint";
  dialog.setAttribute("aria-labelledby", words.id);
  dialog.append(words, on);
  document.body.append(dialog);
  on.addEventListener("click", () => dialog.close());
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done();
    });
  });
}

/** What the door says to whoever has just gone out by it. */
export const WHY = "lisa-abgemeldet";

/** Logs out, here or everywhere, and says so at the door. */
export async function logOut(everywhere, said) {
  const answer = await say("/abmelden", everywhere ? { ueberall: true } : {}, said);
  if (!answer) return;
  sessionStorage.setItem(WHY, everywhere ? "Sie sind überall abgemeldet." : "Sie sind abgemeldet.");
  location.assign(answer.weiter);
}

export function tell(said, text) {
  said.hidden = !text;
  said.textContent = text;
}

export function showable(box, fields) {
  box.addEventListener("change", () => {
    for (const field of fields) field.type = box.checked ? "text" : "password";
  });
}
