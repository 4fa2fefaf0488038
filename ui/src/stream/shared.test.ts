import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser } from "./fakeBrowser.ts";
import { FakeGateway, FakeTab, RUN } from "./fakes.ts";
import { LEADER_LOCK } from "./tabs.ts";

const soon = (ms = 20) => vi.advanceTimersByTimeAsync(ms);

describe("followShared", () => {
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

  async function open(): Promise<FakeTab> {
    const tab = new FakeTab(tabs.length, browser, gateway, Date.now);
    tabs.push(tab);
    await soon();
    return tab;
  }

  function expectRisingVersions(): void {
    for (const { versions } of tabs)
      expect(versions).toEqual([...versions].sort((left, right) => left - right));
  }

  it("should open one stream for all tabs and show the same in each", async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    gateway.event("c");
    gateway.event("a");
    await soon();
    expect(gateway.asked).toHaveLength(1);
    expect(gateway.open).toEqual([0]);
    for (const tab of [first, second, third]) {
      expect(tab.calls).toEqual(gateway.calls());
      expect(tab.live.connection).toEqual({ kind: "live" });
      expect(tab.live.feed.faults).toBe(0);
    }
  });

  it("should give a new tab all that is held at once, without asking the gateway", async () => {
    await open();
    const late = await open();
    expect(late.calls).toEqual({ a: 1, b: 2 });
    expect(gateway.asked).toHaveLength(1);
  });

  it.each(["crash", "close"] as const)(
    "should go on from its own last event when the leader's tab is gone by %s",
    async (leave) => {
      const [first, second, third] = [await open(), await open(), await open()];
      gateway.event("c");
      await soon();
      first[leave]();
      // What happens while nobody listens is what a resumed stream has to tell.
      gateway.event("a");
      gateway.event("d");
      await soon();
      expect(gateway.asked.map(({ tab, runs }) => [tab, runs])).toEqual([
        [0, { [RUN]: null }],
        [1, { [RUN]: "1.0.3" }],
      ]);
      gateway.event("e");
      await soon();
      expect(second.calls).toEqual(gateway.calls());
      expect(third.calls).toEqual(gateway.calls());
      expect(gateway.open).toEqual([1]);
      expectRisingVersions();
    },
  );

  it("should neither lose nor repeat anything when the next leader had heard less", async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    browser.isLost = (_from, to) => to === 1;
    gateway.event("c");
    gateway.event("d");
    await soon();
    expect(second.calls).not.toHaveProperty("d");
    browser.isLost = () => false;
    first.crash();
    gateway.event("e");
    await soon();
    expect(gateway.asked.at(-1)).toMatchObject({ tab: 1, runs: { [RUN]: "1.0.2" } });
    for (const tab of [second, third]) expect(tab.calls).toEqual(gateway.calls());
    expectRisingVersions();
  });

  it("should notice a message that was lost and ask for what it held", async () => {
    await open();
    const second = await open();
    let lost = 0;
    browser.isLost = (_from, to, message) =>
      to === 1 && message.kind === "leader" && message.told === "frames" && lost++ === 0;
    gateway.event("c");
    await soon();
    expect(second.calls).not.toHaveProperty("c");
    gateway.event("d");
    await soon();
    expect(second.calls).toEqual(gateway.calls());
    expect(gateway.asked).toHaveLength(1);
  });

  it("should take the lead from a tab that does not answer", async () => {
    await open();
    browser.isLost = (from) => from === 0;
    const second = await open();
    await soon(3_100);
    expect(browser.holder(LEADER_LOCK)).toBe(1);
    expect(second.calls).toEqual(gateway.calls());
  });

  it("should have one stream again after the lead was taken", async () => {
    const first = await open();
    browser.isLost = (from) => from === 0;
    await open();
    await soon(3_100);
    browser.isLost = () => false;
    await soon(3_000);
    gateway.event("c");
    await soon();
    expect(gateway.open).toEqual([1]);
    expect(first.calls).toEqual(gateway.calls());
  });

  it("should not wait for a hidden tab's slow clock, but for what the gateway said", async () => {
    await open();
    const second = await open();
    browser.hidden.add(0);
    gateway.refuses = () => new Response(null, { status: 503, headers: { "Retry-After": "7" } });
    gateway.drop();
    await soon(600);
    expect(second.live.connection.kind).toBe("stale");
    const refusedAt = gateway.asked.at(-1)?.at ?? 0;
    gateway.refuses = null;
    // The hidden tab is throttled: none of its timers fires.
    browser.isLost = (from) => from === 0;
    await soon(6_000);
    expect(gateway.asked.at(-1)?.at).toBe(refusedAt);
    await soon(4_000);
    expect(browser.holder(LEADER_LOCK)).toBe(1);
    expect(gateway.asked.filter(({ at }) => at > refusedAt && at < refusedAt + 7_000)).toEqual([]);
    expect(second.live.connection.kind).not.toBe("stale");
  });

  it("should tell all tabs that the run was deleted, and ask no more", async () => {
    const [first, second] = [await open(), await open()];
    gateway.last("gone", "DELETED");
    await soon(60_000);
    const gone = { kind: "gone", why: "deleted" };
    expect([first.live.connection, second.live.connection]).toEqual([gone, gone]);
    expect(gateway.asked).toHaveLength(1);
    await Promise.all([first.ended, second.ended]);
  });

  it("should say in all tabs that there is no such run", async () => {
    gateway.unknown.add(RUN);
    const [first, second] = [await open(), await open()];
    expect(first.live.connection).toEqual({ kind: "gone", why: "unknown" });
    expect(second.live.connection).toEqual({ kind: "gone", why: "unknown" });
  });

  it.each([
    [400, "unknown"],
    [401, "signed-out"],
  ] as const)("should say in all tabs why at %i", async (status, why) => {
    gateway.refuses = () => new Response(null, { status });
    const [first, second] = [await open(), await open()];
    expect(first.live.connection).toEqual({ kind: "gone", why });
    expect(second.live.connection).toEqual({ kind: "gone", why });
  });

  it("should show a stale stream as stale in each tab, and reconnect once", async () => {
    const [first, second] = [await open(), await open()];
    gateway.drop();
    await soon(10);
    expect(first.live.connection.kind).toBe("stale");
    expect(second.live.connection).toEqual(first.live.connection);
    await soon(600);
    expect(gateway.asked).toHaveLength(2);
    gateway.heartbeat();
    await soon();
    expect(second.live.connection.kind).toBe("live");
  });

  it("should open a stream of its own where locks are refused", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    browser.refusesLocks = true;
    const [first, second] = [await open(), await open()];
    expect(gateway.open).toEqual([0, 1]);
    expect([first.calls, second.calls]).toEqual([gateway.calls(), gateway.calls()]);
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });
});
