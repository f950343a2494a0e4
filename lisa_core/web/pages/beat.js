// A worker that only ticks: timers of a page in the background are slowed down to one a minute, those of a worker are not.

setInterval(() => postMessage(0), 3000);
