// Searching the sentences: all words that are typed must stand in an article; areas without one are hidden.
"use strict";
const form = document.querySelector("form");
const search = document.getElementById("search");
const unused = document.getElementById("unused");
const found = document.getElementById("found");
const areas = document.querySelector("nav");
const articles = [...document.querySelectorAll("article")].map((node) => [node, node.textContent.toLowerCase()]);
const sections = [...document.querySelectorAll("main > section")];
const sentences = document.querySelectorAll(".area article").length;

const filter = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const [node, text] of articles) {
    node.hidden = !words.every((word) => text.includes(word)) || (unused.checked && !node.classList.contains("unused"));
  }
  const searching = words.length > 0 || unused.checked;
  for (const section of sections) {
    section.hidden = searching && section.querySelector("article:not([hidden])") === null;
  }
  const left = document.querySelectorAll(".area article:not([hidden])").length;
  areas.hidden = searching;
  found.textContent = searching ? `${left} von ${sentences} Sätzen` : "";
};

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", filter);
window.addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.hidden || target?.closest("[hidden]")) {
    search.value = "";
    unused.checked = false;
    filter();
    target.scrollIntoView();
  }
});
