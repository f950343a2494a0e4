// A plain map of the hits: the outline of the country, a few towns, a button for each spot where there are some. What it
// shows stands in the list as well; whoever does not see it misses nothing.

import { el } from "/gemeinsam/parts.js";
import { OUTLINE, TOWNS } from "/s/outline.js";
import { button, counted } from "/s/words.js";

const SVG = "http://www.w3.org/2000/svg";
const WHOLE = { south: 47.2, north: 55.1, west: 5.8, east: 15.1 };
const WIDE = 0.629; // a degree of longitude in degrees of latitude, in the middle of the country
const SPOT_PX = 44;
const LETTER_PX = 7.5;
const LINE_PX = 16;
const LEAST = 0.8;

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** The part of the country that holds all these points, with some room around it. */
function around(points) {
  const [norths, easts] = [points.map((one) => one[0]), points.map((one) => one[1])];
  const middle = [(Math.min(...norths) + Math.max(...norths)) / 2, (Math.min(...easts) + Math.max(...easts)) / 2];
  const high = Math.max(LEAST, (Math.max(...norths) - Math.min(...norths)) * 1.3);
  const wide = Math.max(LEAST / WIDE, (Math.max(...easts) - Math.min(...easts)) * 1.3);
  return { south: middle[0] - high / 2, north: middle[0] + high / 2, west: middle[1] - wide / 2, east: middle[1] + wide / 2 };
}

/** Degrees to pixels of a picture that is so wide; its height follows. */
function projection({ south, north, west, east }, width) {
  const scale = width / ((east - west) * WIDE);
  const height = Math.min(720, Math.max(280, (north - south) * scale));
  const fit = Math.min(scale, height / (north - south));
  const [x0, y0] = [(width - (east - west) * WIDE * fit) / 2, (height - (north - south) * fit) / 2];
  return { width, height, place: ([n, e]) => [x0 + (e - west) * WIDE * fit, y0 + (north - n) * fit] };
}

const outline = (at) =>
  OUTLINE.map((ring) => {
    const points = [];
    for (let i = 0; i < ring.length; i += 2)
      points.push(
        at
          .place([ring[i + 1], ring[i]])
          .map((one) => one.toFixed(1))
          .join(" "),
      );
    return `M${points.join("L")}Z`;
  }).join("");

/** Hits whose spots would lie on each other are one spot. */
function spots(hits, at) {
  const found = [];
  for (const hit of hits) {
    const [x, y] = at.place(hit.point);
    const near = found.find((one) => Math.hypot(one.x - x, one.y - y) < SPOT_PX);
    if (near) near.hits.push(hit);
    else found.push({ x, y, hits: [hit] });
  }
  return found;
}

/** Towns whose names lie on no other name and on no spot: [name, x, y, how far beside it the name stands]. */
function named(at, marks) {
  const taken = marks.map(({ x, y }) => [x - SPOT_PX / 2, y - SPOT_PX / 2, x + SPOT_PX / 2, y + SPOT_PX / 2]);
  const found = [];
  for (const [name, n, e] of TOWNS) {
    const [x, y] = at.place([n, e]);
    const beside = marks.some((one) => Math.hypot(one.x - x, one.y - y) < SPOT_PX / 2) ? SPOT_PX / 2 + 4 : 6;
    const box = [x + beside, y - LINE_PX / 2, x + beside + name.length * LETTER_PX, y + LINE_PX / 2];
    const fits = box[0] > 0 && box[1] > 0 && box[2] < at.width && box[3] < at.height;
    if (!fits || taken.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3])) continue;
    taken.push(box);
    found.push([name, x, y, beside]);
  }
  return found;
}

const names = (spot) => [...new Set(spot.hits.map((hit) => hit.facility_name))].slice(0, 3).join(", ");

/** The map of these hits, and below it those of the spot that was chosen; `row(hit)` draws one of them. */
export function hitMap(hits, start, row) {
  const shown = hits.filter((hit) => hit.point);
  const chosen = el("ul", { class: "hits", "aria-live": "polite" });
  const picture = el("div", { class: "picture" });
  let whole = false;
  const swap = button(
    "Ganz Deutschland",
    () => {
      whole = !whole;
      swap.textContent = whole ? "Nur die Treffer" : "Ganz Deutschland";
      draw();
    },
    "plain",
  );

  function draw() {
    const width = Math.max(280, Math.round(picture.clientWidth || 600));
    const points = [...shown.map((hit) => hit.point), ...(start ? [start] : [])];
    const at = projection(whole || !points.length ? WHOLE : around(points), width);
    const marks = spots(shown, at);
    const drawing = svg(
      "svg",
      { viewBox: `0 0 ${at.width} ${Math.round(at.height)}`, width: at.width, height: Math.round(at.height), "aria-hidden": "true" },
      svg("path", { d: outline(at), class: "land" }),
      ...named(at, marks).flatMap(([name, x, y, beside]) => [
        svg("circle", { cx: x, cy: y, r: 2.5, class: "town" }),
        svg("text", { x: x + beside, y: y + 4, class: "town-name" }, name),
      ]),
      ...(start ? [svg("circle", { cx: at.place(start)[0], cy: at.place(start)[1], r: 7, class: "start" })] : []),
    );
    picture.replaceChildren(drawing, ...marks.map(spotButton));
  }

  function spotButton(spot) {
    const text = `${counted(spot.hits.length, "Treffer", "Treffer")}: ${names(spot)}`;
    const front = spot.hits.some((hit) => hit.front);
    const node = button(String(spot.hits.length), () => choose(spot, node), front ? "primary" : "", {
      "aria-label": text,
      title: text,
      "aria-pressed": "false",
    });
    node.classList.add("spot");
    node.style.left = `${spot.x}px`;
    node.style.top = `${spot.y}px`;
    return node;
  }

  function choose(spot, node) {
    for (const one of picture.querySelectorAll("[aria-pressed]")) one.setAttribute("aria-pressed", String(one === node));
    chosen.replaceChildren(...spot.hits.map(row));
  }

  new ResizeObserver(() => picture.clientWidth && draw()).observe(picture);
  return el(
    "div",
    { class: "map-body" },
    el("p", { class: "muted small", text: "Eine Skizze ohne Straßen, Entfernungen sind Luftlinie. In der Liste steht dasselbe." }),
    picture,
    swap,
    chosen,
    el("p", { class: "muted small", text: "Umriss und Orte: Natural Earth (gemeinfrei)." }),
  );
}
