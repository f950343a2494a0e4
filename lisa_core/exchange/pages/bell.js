// The bell: two soft tones, again and again. Browsers let a page sound only after somebody has touched it.

let context = null;
let ringing = 0;

/** Whether the bell can be heard now. */
export const audible = () => context?.state === "running";

/** To be called from a click or key press. */
export async function unlock() {
  context ??= new AudioContext();
  if (context.state !== "running") await context.resume();
}

export function ring() {
  if (ringing) return;
  chime();
  ringing = setInterval(chime, 2200);
}

export function quiet() {
  clearInterval(ringing);
  ringing = 0;
}

function chime() {
  if (!audible()) return;
  tone(660, 0);
  tone(880, 0.28);
}

function tone(frequency, after) {
  const start = context.currentTime + after;
  const oscillator = new OscillatorNode(context, { frequency, type: "sine" });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.25, start + 0.03);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.6);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.65);
}
