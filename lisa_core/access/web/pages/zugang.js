// What the pages of the door share: saying something to the server, telling what came of it, passwords to be seen.

/** Says it and goes where the server says; what it refuses stands in `said`. Resolves to whether it went on. */
export async function post(path, body, said) {
  let answer = { text: "Die Vermittlung antwortet nicht. Bitte gleich noch einmal." };
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
    });
    answer = await response.json();
    if (response.ok) {
      location.assign(answer.weiter);
      return true;
    }
  } catch {
    // what is told stands above
  }
  if (said) tell(said, answer.text);
  return false;
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
