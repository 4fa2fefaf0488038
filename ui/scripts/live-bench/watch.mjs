// Runs in the page, before anything of the page does.
/** Notes what the browser itself says of the page, from its very beginning. */
export function watch() {
  const seen = { longTasks: [], keys: [], frames: [], shownAt: null };
  globalThis.bench = seen;
  new PerformanceObserver((list) =>
    seen.longTasks.push(
      ...list.getEntries().map(({ startTime, duration }) => [startTime, duration]),
    ),
  ).observe({ type: "longtask", buffered: true });
  const frame = (at) => {
    seen.frames.push(at);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  // From the key to the frame after it: what the person at the keyboard waits for.
  addEventListener(
    "input",
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => seen.keys.push([timeStamp, performance.now() - timeStamp]);
        port2.postMessage(null);
      }),
    true,
  );
  const look = () => {
    if (document.querySelector("[data-testid=stat-planned]") === null)
      return requestAnimationFrame(look);
    seen.shownAt = performance.now();
  };
  requestAnimationFrame(look);
}
