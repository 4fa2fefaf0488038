import { environmentManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { run, version } from "../models/fixtures.ts";
import { paceQuery, untilNext } from "./paces.ts";
import type { RunPace, RunView } from "./types.ts";

function pace(runId: string): RunPace {
  const none = Array.from({ length: 24 }, () => 0);
  const [from, to] = ["2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"];
  return { runId, from, to, ok: none, bad: none, other: none };
}

describe("paceQuery", () => {
  const moving = run({ runId: "moving", status: "RUNNING" });
  const ended = run({ runId: "ended", status: "FINISHED", asOf: version(7) });
  let client: QueryClient;
  let asked: string[][];
  let answer: (ids: string[]) => Response;

  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000 });
    environmentManager.setIsServer(() => false);
    client = new QueryClient();
    asked = [];
    answer = (ids) => Response.json({ runs: ids.map(pace) });
    vi.stubGlobal("fetch", (url: string) => {
      const ids = new URL(url, "http://gateway").searchParams.getAll("run");
      asked.push(ids);
      return Promise.resolve(answer(ids));
    });
  });

  afterEach(() => {
    client.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  function look(of: RunView) {
    const observer = new QueryObserver(client, paceQuery(of));
    const leave = observer.subscribe(() => undefined);
    return { observer, leave };
  }

  it("should read all runs in view at once, and only those again that go on", async () => {
    const rows = [moving, ended].map(look);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([["moving", "ended"]]);
    expect(rows.map(({ observer }) => observer.getCurrentResult().data?.runId)).toEqual([
      "moving",
      "ended",
    ]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.slice(1)).toEqual([["moving"], ["moving"]]);
    rows.forEach(({ leave }) => leave());
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toHaveLength(3);
  });

  it("should read runs together that came into view one after the other", async () => {
    look(moving);
    await vi.advanceTimersByTimeAsync(1_700);
    look(run({ runId: "another", status: "PAUSED" }));
    await vi.advanceTimersByTimeAsync(3_300);
    expect(asked.slice(0, 2)).toEqual([["moving"], ["another"]]);
    asked = [];
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.map((ids) => ids.toSorted())).toEqual([
      ["another", "moving"],
      ["another", "moving"],
    ]);
  });

  it("should read a finished run again when its version changes, and show the old until then", async () => {
    const { observer } = look(ended);
    await vi.advanceTimersByTimeAsync(60_000);
    observer.setOptions(paceQuery({ ...ended, name: "of the same version" }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    observer.setOptions(paceQuery({ ...ended, asOf: version(8) }));
    expect(observer.getCurrentResult().data?.runId).toBe("ended");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([["ended"], ["ended"]]);
  });

  it("should not ask for a row that was scrolled by", async () => {
    const { leave } = look(ended);
    look(moving);
    leave();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([["moving"]]);
  });

  it("should say that it is not known, and find out later", async () => {
    answer = () => Response.json({ title: "No database", detail: "Not now." }, { status: 503 });
    const { observer } = look(ended);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(observer.getCurrentResult().error?.message).toBe("Not now.");
    answer = () => Response.json({ runs: [] });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(observer.getCurrentResult().error).toBeNull();
    expect(observer.getCurrentResult().data).toBeNull();
    expect(asked).toHaveLength(2);
  });
});

describe("untilNext", () => {
  it("should lead to a full period, and be half of one at least", () => {
    expect(untilNext(0, 5_000)).toBe(5_000);
    expect(untilNext(1_000, 5_000)).toBe(4_000);
    expect(untilNext(2_500, 5_000)).toBe(2_500);
    expect(untilNext(2_501, 5_000)).toBe(7_499);
    expect(untilNext(19_999, 5_000)).toBe(5_001);
  });
});
