const QUIET_MS = 2_000;
const LINE_EVERY_MS = 10_000;

/** Shows what is being waited for, and for how long, once it lasts; call the answer when it is over. */
export function announce(step, out = process.stderr) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
  let shownAt = 0;
  const show = () => {
    if (Date.now() - startedAt < QUIET_MS) return;
    if (out.isTTY) out.write(`\r${step} … ${seconds()} s`);
    else if (Date.now() - shownAt >= LINE_EVERY_MS) out.write(`${step} … ${seconds()} s\n`);
    else return;
    shownAt = out.isTTY || Date.now() - shownAt >= LINE_EVERY_MS ? Date.now() : shownAt;
  };
  const timer = setInterval(show, 500);
  return () => {
    clearInterval(timer);
    if (shownAt > 0) out.write(`${out.isTTY ? "\r" : ""}${step}: done in ${seconds()} s\n`);
  };
}
