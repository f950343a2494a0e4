// Small parts that all pages share: elements, icons, drawing only what changed, a socket that comes back.

const SVG = "http://www.w3.org/2000/svg";

/** An element with properties (class, text, on: {event: handler}, dataset, and plain attributes) and children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  door: "M6 21V4a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v17M3 21h18M14 12v1",
  chair: "M7 3v9h9l2 9M7 12l-1 9M7 16h10",
  clock: "M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  phone: "M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14a6.5 6.5 0 0 1 3.5 6",
  forward: "M4 12h15M13 6l6 6-6 6",
  wave: "M4 12.5 9 17.5 20 6.5",
  tool: "M12 8v5M12 16.5v.01M10.3 3.9 2.4 17.5A2 2 0 0 0 4.1 20.5h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0",
  sweep: "M12 3v6M8 9h8l2 12H6L8 9M10 21v-5M14 21v-5",
  warn: "M12 8v5M12 16.5v.01M10.3 3.9 2.4 17.5A2 2 0 0 0 4.1 20.5h15.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0",
  check: "M4.5 12.5 9.5 17.5 19.5 7",
  pen: "M4 20l1-4L16 5l3 3L8 19l-4 1M14 7l3 3",
  open: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  paper: "M7 3h7l4 4v14H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M14 3v4h4M9 12h6M9 16h6",
  receipt: "M6 3h12v18l-3-2-3 2-3-2-3 2V3M9 8h6M9 12h6",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16M10 21h4",
  mic: "M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3M5 11a7 7 0 0 0 14 0M12 18v3",
  camera: "M3 7h11a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1M15 11l6-3v8l-6-3",
  scan: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M3 12h18",
  hang: "M3 14c5-5 13-5 18 0l-2.5 2.5-3.5-2v-2.3a12 12 0 0 0-6 0v2.3l-3.5 2L3 14",
};

/** A line icon, hidden from screen readers: its words stand beside it. */
export function icon(name, cls = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", cls);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}

const drawn = new WeakMap();

/** Fill `node` with what `draw` returns, but only when `value` differs from the last time; keeps the focus inside. */
export function part(node, value, draw) {
  const key = JSON.stringify(value ?? null);
  if (drawn.get(node) === key) return false;
  drawn.set(node, key);
  const focused = node.contains(document.activeElement) ? document.activeElement.id : "";
  node.replaceChildren(...[draw(value)].flat().filter((child) => child !== null && child !== undefined && child !== false));
  if (focused) document.getElementById(focused)?.focus();
  return true;
}

const DEAF_MS = 500;

/** What stands in `node` has just changed under somebody's finger: for half a second no button in it can be pressed. */
export function deafen(node) {
  const buttons = [...node.querySelectorAll("button:not([aria-disabled])")];
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  setTimeout(() => buttons.forEach((button) => button.removeAttribute("aria-disabled")), DEAF_MS);
}

addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.('[aria-disabled="true"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

/** Say it to a screen reader. `urgent` interrupts. */
export function say(text, urgent = false) {
  const region = document.getElementById(urgent ? "say-now" : "say");
  if (region && text && region.textContent !== text) region.textContent = text;
}

/** An ISO date-time as people write it. */
export function when(iso) {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(iso);
  return match ? `${match[3]}.${match[2]}.${match[1]}, ${match[4]}:${match[5]} Uhr` : iso;
}

export const wsUrl = (path) => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;

/** How long to wait before the n-th try again (n from 0), in ms; a little uneven so that not all come at once. */
export const backoff = (n) => Math.min(5000, 250 * 2 ** n) * (0.75 + Math.random() / 2);

/** A socket that comes back by itself. on: {text(data), binary(blob), open(), lost()}. Returns send(object) -> sent? */
export function keepOpen(url, on) {
  let socket = null;
  let tries = 0;
  const connect = () => {
    socket = new WebSocket(url);
    socket.onopen = () => {
      tries = 0;
      on.open?.();
    };
    socket.onmessage = ({ data }) => (typeof data === "string" ? on.text?.(JSON.parse(data)) : on.binary?.(data));
    socket.onclose = () => {
      on.lost?.();
      setTimeout(connect, backoff(tries++));
    };
  };
  connect();
  return (message) => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  };
}
