import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser.ts";
import { FakeGateway, FakeTab, RUN } from "./fakes.ts";

const soon = (ms = 20) => vi.advanceTimersByTimeAsync(ms);

describe("followShared, with many runs", () => {
  let browser: FakeBrowser;
  let gateway: FakeGateway;
  let tabs: FakeTab[];

  beforeEach(() => {
    vi.useFakeTimers({ now: 0 });
    browser = new FakeBrowser();
    gateway = new FakeGateway(Date.now);
    tabs = [];
    gateway.event("a");
    gateway.event("b");
  });

  afterEach(async () => {
    for (const tab of tabs) tab.close();
    await soon();
    vi.useRealTimers();
  });

  async function open(runId = RUN): Promise<FakeTab> {
    const tab = new FakeTab(tabs.length, browser, gateway, Date.now, runId);
    tabs.push(tab);
    await soon();
    return tab;
  }

  function expectRisingVersions(): void {
    for (const { versions } of tabs)
      expect(versions).toEqual([...versions].sort((left, right) => left - right));
  }

  it("should hold one stream for tabs of different runs, and tell each its own", async () => {
    const runs = ["run-1", "run-2", "run-3", "run-2"];
    for (const runId of runs) await open(runId);
    gateway.event("c", "run-2");
    gateway.event("d", "run-3");
    await soon();
    expect(gateway.mostOpen).toBe(1);
    expect(gateway.told).toEqual(["run-1", "run-2", "run-3"]);
    for (const tab of tabs) {
      expect(tab.calls).toEqual(gateway.calls(tab.runId));
      expect(tab.live.connection).toEqual({ kind: "live" });
      expect(tab.live.feed.faults).toBe(0);
    }
  });

  it("should go on with the runs it holds when a tab of another comes", async () => {
    const first = await open();
    gateway.event("x", "run-2");
    const told = vi.spyOn(first, "update");
    await open("run-2");
    expect(gateway.asked.at(-1)?.runs).toEqual({ "run-1": "1.0.2", "run-2": null });
    expect(told, "nothing has happened to the first run").not.toHaveBeenCalled();
    gateway.event("c");
    await soon();
    expect(first.calls).toEqual(gateway.calls());
  });

  it.each(["crash", "close"] as const)(
    "should take a run out of the stream when its last tab is gone by %s",
    async (leave) => {
      const [first, second, third] = [await open(), await open("run-2"), await open("run-2")];
      second[leave]();
      await soon();
      expect(gateway.told).toEqual(["run-1", "run-2"]);
      third[leave]();
      await soon();
      expect(gateway.told).toEqual(["run-1"]);
      gateway.event("c");
      await soon();
      expect(first.calls).toEqual(gateway.calls());
      expect(gateway.mostOpen).toBe(1);
    },
  );

  it.each(["crash", "close"] as const)(
    "should go on with the runs of all tabs when the leader's is gone by %s",
    async (leave) => {
      gateway.event("x", "run-2");
      gateway.event("y", "run-3");
      const [first, second, third] = [await open(), await open("run-2"), await open("run-3")];
      first[leave]();
      gateway.event("z", "run-3");
      await soon();
      expect(gateway.told).toEqual(["run-2", "run-3"]);
      expect(gateway.asked.at(-1)?.runs, "no snapshot again").toEqual({
        "run-2": "1.0.1",
        "run-3": "1.0.1",
      });
      for (const tab of [second, third]) expect(tab.calls).toEqual(gateway.calls(tab.runId));
      const asked = gateway.asked.length;
      const late = await open("run-3");
      expect(late.calls, "from the new leader, which got it from another tab").toEqual(third.calls);
      expect(gateway.asked).toHaveLength(asked);
      expectRisingVersions();
    },
  );

  it("should tell each tab how far its run is behind", async () => {
    const [first, second] = [await open(), await open("run-2")];
    gateway.heartbeat(7);
    await soon();
    expect([first.live.pulse?.behind, second.live.pulse?.behind]).toEqual([7, 7]);
    gateway.drop();
    await soon();
    expect([first.live.pulse, second.live.pulse], "nobody knows any more").toEqual([null, null]);
  });

  it("should tell of one run that it is gone, and go on with the others", async () => {
    const [first, second] = [await open(), await open("run-2")];
    gateway.last("gone", "DELETED", "run-2");
    await soon();
    expect(second.live.connection).toEqual({ kind: "gone", why: "deleted" });
    await second.ended;
    gateway.event("c");
    await soon();
    expect(first.calls).toEqual(gateway.calls());
    expect(first.live.connection).toEqual({ kind: "live" });
  });

  it("should go on with the others when the leader's own run is gone", async () => {
    const [first, second] = [await open(), await open("run-2")];
    gateway.last("gone", "DELETED");
    await soon();
    expect(first.live.connection).toEqual({ kind: "gone", why: "deleted" });
    gateway.event("c", "run-2");
    await soon();
    expect(second.calls).toEqual(gateway.calls("run-2"));
    expect(gateway.told).toEqual(["run-2"]);
  });

  it("should wait for a run that another tab has just started", async () => {
    await open();
    gateway.unknown.add("run-2");
    const started = new FakeTab(9, browser, gateway, Date.now, "run-2", 10_000);
    tabs.push(started);
    await soon(100);
    expect(started.live.connection.kind).not.toBe("gone");
    gateway.unknown.clear();
    gateway.event("x", "run-2");
    await soon(600);
    expect(started.calls).toEqual({ x: 1 });
  });

  it("should show as stale the one run that the gateway cannot tell of", async () => {
    const [first, second] = [await open(), await open("run-2")];
    gateway.last("bye", "the database does not answer", "run-2");
    await soon();
    expect(second.live.connection.kind).toBe("stale");
    expect(first.live.connection.kind).toBe("live");
    await soon(600);
    expect(gateway.told).toEqual(["run-1", "run-2"]);
    gateway.event("x", "run-2");
    await soon();
    expect(second.live.connection.kind).toBe("live");
  });

  it("should open a second stream for more runs than one may tell of", async () => {
    const runs = Array.from({ length: 22 }, (_, index) => `run-${index}`);
    for (const runId of runs) await open(runId);
    expect(gateway.open).toEqual([0, 0]);
    expect(gateway.told).toEqual([...runs].sort());
    for (const runId of runs) gateway.event("x", runId);
    await soon();
    for (const tab of tabs) expect(tab.calls).toEqual(gateway.calls(tab.runId));
    for (const tab of tabs.slice(20)) tab.close();
    await soon();
    expect(gateway.open).toEqual([0]);
  });
});
