// The area to sign on with mouse, finger or pen: points [t_ms, x, y, pressure] in pad units, t rising from 0.

const PAD = { width: 9600, height: 6000, pressure: 1023 };
const MOUSE_PRESSURE = 0.5;
const MAX_POINTS = 1500;
const MIN_STEP_MS = 8;
const MAX_PAUSE_MS = 400;
const INK = "#14287a";

export function inkPad(canvas) {
  const context = canvas.getContext("2d");
  let points = [];
  let last = null;
  let startedAt = 0;

  const position = ({ offsetX, offsetY }) => [offsetX / canvas.clientWidth, offsetY / canvas.clientHeight];

  function add(event, down) {
    const now = event.timeStamp;
    if (!points.length) startedAt = now;
    let t = Math.round(now - startedAt);
    const before = points.at(-1);
    if (before) {
      // A long pause while drawing need not be waited for when the signature is played.
      if (t - before[0] > MAX_PAUSE_MS) startedAt += t - before[0] - MAX_PAUSE_MS;
      t = Math.round(now - startedAt);
      // Thinned out only within a stroke: where it begins, the pen touches right after it came near.
      if (down && before[3] && t - before[0] < MIN_STEP_MS) return;
      t = Math.max(t, before[0] + 1);
    }
    if (points.length >= MAX_POINTS) return;
    const [x, y] = position(event).map((share) => Math.min(1, Math.max(0, share)));
    const force = event.pointerType === "mouse" ? MOUSE_PRESSURE : event.pressure || MOUSE_PRESSURE;
    const pressure = down ? Math.max(1, Math.round(force * PAD.pressure)) : 0;
    points.push([t, Math.round(x * PAD.width), Math.round(y * PAD.height), pressure]);
  }

  function line(event) {
    const [x, y] = position(event);
    const to = [x * canvas.width, y * canvas.height];
    context.strokeStyle = INK;
    context.lineWidth = 5;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    add(event, false);
    add(event, true);
    line(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    add(event, true);
    line(event);
  });
  for (const over of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(over, (event) => {
      if (!last) return;
      add(event, false);
      last = null;
    });
  }

  return {
    points: () => points,
    wipe() {
      points = [];
      last = null;
      context.clearRect(0, 0, canvas.width, canvas.height);
    },
  };
}
