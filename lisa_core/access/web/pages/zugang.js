// What the pages of the door share: saying something to the server, telling what came of it, passwords to be seen.

/** Says it; resolves to the answer, or to null after telling why not: in `said`, or where no place is given until it has been read. */
export async function say(path, body, said) {
  let answer = { text: "Der Server antwortet nicht. Bitte gleich noch einmal." };
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
    });
    answer = await response.json();
    if (response.ok) return answer;
  } catch {
    // what is told stands above
  }
  if (said) tell(said, answer.text);
  else await read(answer.text);
  return null;
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
