// What the report's page does beside unfolding: look for scenarios, show one verdict, unfold and fold all, print all.
(() => {
  const at = (id) => document.getElementById(id);
  const [search, verdict, found] = [at("search"), at("verdict"), at("found")];
  const lines = [...document.querySelectorAll("[data-kind]")];
  const features = [...document.querySelectorAll(".feature")];
  const texts = new Map();
  let timer = 0;

  const textOf = (line) => {
    if (!texts.has(line)) texts.set(line, `${line.closest(".feature")?.querySelector("h3").textContent ?? ""} ${line.textContent}`.toLowerCase());
    return texts.get(line);
  };

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wished = verdict.value;
    const any = words.length > 0 || wished !== "";
    let shown = 0;
    const alive = new Set();
    for (const line of lines) {
      const hit = (!wished || line.dataset.kind === wished) && words.every((word) => textOf(line).includes(word));
      line.classList.toggle("hit", !hit);
      // A scenario that did not pass stands above as well: counted is its line.
      if (!hit || !line.parentElement.matches(".feature")) continue;
      shown += 1;
      alive.add(line.parentElement);
    }
    for (const feature of features) {
      feature.classList.toggle("hit", !alive.has(feature));
      feature.open = any && alive.has(feature);
    }
    const all = lines.filter((line) => line.parentElement.matches(".feature")).length;
    found.textContent = any ? found.dataset.text.replace("##", all).replace("#", shown) : "";
  }

  const each = (open) => () => document.querySelectorAll(".feature, .whole").forEach((one) => (one.open = open));
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 120);
  };
  search.addEventListener("input", soon);
  verdict.addEventListener("input", filter);
  at("unfold").addEventListener("click", each(true));
  at("fold").addEventListener("click", each(false));
  const form = search.form;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;

  // A browser that prints what is folded as it is folded is helped: unfolded for as long as it prints.
  let folded = [];
  addEventListener("beforeprint", () => {
    const wished = at("print-all").checked ? ".feature, .part, .whole, .links" : ".feature, .part:not(#umgebung)";
    folded = [...document.querySelectorAll(wished)].filter((one) => !one.open);
    if (!CSS.supports("selector(::details-content)")) folded.forEach((one) => (one.open = true));
    else folded = [];
  });
  addEventListener("afterprint", () => folded.splice(0).forEach((one) => (one.open = false)));
  if (new URLSearchParams(location.search).get("print") === "all") at("print-all").checked = true;
})();
