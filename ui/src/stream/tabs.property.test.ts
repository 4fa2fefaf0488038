import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser.ts";
import { FakeGateway, FakeTab } from "./fakes.ts";

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);
const STEPS = 60;
const RUNS = ["run-1", "run-2", "run-3", "run-4"];
const CALLS = ["a", "b", "c"];

/** Numbers in [0,1) that are the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Whatever the order in which tabs come, leave, crash and take over, messages are lost, streams break
 * and runs move: in the end each tab holds its run as the gateway has it, versions only rise, no
 * frame reaches a tab of another run, and there is one stream of exactly the runs that are looked at.
 */
describe("tabs of one browser", () => {
  beforeEach(() => vi.useFakeTimers({ now: 0 }));
  afterEach(() => vi.useRealTimers());

  it.each(SEEDS)("should be the same as the gateway after any steps (seed %i)", async (seed) => {
    const random = dice(seed);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const browser = new FakeBrowser();
    const gateway = new FakeGateway(Date.now);
    const all: FakeTab[] = [];
    let open: FakeTab[] = [];

    const join = () => {
      const tab = new FakeTab(all.length, browser, gateway, Date.now, pick(RUNS));
      all.push(tab);
      open.push(tab);
    };
    const leave = (how: "close" | "crash") => {
      if (open.length < 2) return;
      const tab = pick(open);
      tab[how]();
      open = open.filter((each) => each !== tab);
    };
    const steps = [
      () => gateway.event(pick(CALLS), pick(RUNS)),
      () => gateway.event(pick(CALLS), pick(RUNS)),
      () => gateway.event(pick(CALLS), pick(RUNS)),
      join,
      () => leave("close"),
      () => leave("crash"),
      () => gateway.drop(),
      () => gateway.last("bye", "for a moment", pick(RUNS)),
      () => gateway.heartbeat(),
      () => {
        const lost = random() < 0.3;
        browser.isLost = () => lost && random() < 0.5;
      },
    ];
    for (const runId of RUNS) gateway.event("a", runId);
    join();
    for (let step = 0; step < STEPS; step++) {
      pick(steps)();
      await vi.advanceTimersByTimeAsync(Math.floor(random() * 40));
    }

    browser.isLost = () => false;
    // A heartbeat tells whoever missed something that it did; who hears none for long takes over.
    for (let second = 0; second < 65; second += 5) {
      gateway.heartbeat();
      await vi.advanceTimersByTimeAsync(5_000);
    }
    for (const runId of RUNS) gateway.event("b", runId);
    await vi.advanceTimersByTimeAsync(100);

    for (const tab of open) {
      expect(tab.calls, tab.id).toEqual(gateway.calls(tab.runId));
      expect(tab.live.connection.kind).toBe("live");
    }
    for (const { versions, live } of all) {
      expect(versions).toEqual([...versions].sort((left, right) => left - right));
      expect(live.feed.faults).toBe(0);
    }
    expect(gateway.told).toEqual([...new Set(open.map(({ runId }) => runId))].sort());
    expect(gateway.open).toHaveLength(1);
    for (const tab of open) tab.close();
    await vi.advanceTimersByTimeAsync(100);
    expect(gateway.open, "nobody looks any more").toEqual([]);
  });
});
