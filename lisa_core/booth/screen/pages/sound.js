// What she hears: a tone while somebody is called, a sign when something changes, and the text read out if the computer
// itself has a German voice. Nothing is ever spoken by a voice from the net: it would carry her words there.

const EVERY_MS = 5000;
/** Each sound as [Hz, from s, for s]; whether it is heard again and again. */
const SOUNDS = {
  freizeichen: { tones: [[425, 0, 1]], again: true },
  wartezeichen: { tones: [[523, 0, 0.25], [392, 0.3, 0.4]], again: true },
  hinweis: { tones: [[587, 0, 0.15], [784, 0.2, 0.3]], again: false },
};

let context = null;
let meter = null;
let timer = 0;

/** Begin this sound; the one before ends. A browser that keeps still until it is touched begins as soon as it may. */
export function play(name, text) {
  const sound = SOUNDS[name];
  stop();
  if (!sound) return;
  sounding(sound);
  if (sound.again) timer = setInterval(() => sounding(sound), EVERY_MS);
  read(text);
}

function stop() {
  clearInterval(timer);
  globalThis.speechSynthesis?.cancel();
}

/** For whoever tests it: how loud it is now: root mean square, 0 to 1. */
export function level() {
  if (!meter) return 0;
  const samples = new Float32Array(meter.fftSize);
  meter.getFloatTimeDomainData(samples);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

function sounding({ tones }) {
  open();
  if (context.state !== "running") return;
  for (const tone of tones) sound(...tone);
}

function open() {
  if (context) return;
  context = new AudioContext();
  meter = new AnalyserNode(context, { fftSize: 2048 });
  meter.connect(context.destination);
  if (context.state !== "running") context.resume().catch(() => {});
}

function sound(frequency, after, long) {
  const start = context.currentTime + after;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.2, start + 0.02);
  gain.gain.setValueAtTime(0.2, start + long - 0.05);
  gain.gain.linearRampToValueAtTime(0, start + long);
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(gain).connect(meter);
  tone.start(start);
  tone.stop(start + long);
}

function read(text) {
  const voice = globalThis.speechSynthesis?.getVoices().find(({ lang, localService }) => localService && lang.startsWith("de"));
  if (!voice || !text) return;
  const spoken = new SpeechSynthesisUtterance(text);
  Object.assign(spoken, { voice, lang: voice.lang });
  speechSynthesis.speak(spoken);
}
