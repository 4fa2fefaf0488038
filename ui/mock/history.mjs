// The events of a run as the log has them, picked as the gateway picks them.

export function historyOf(run, search) {
  const types = search.getAll("type");
  const [phase, model, worker, call] = ["phase", "model", "worker", "call"].map((name) =>
    search.get(name),
  );
  const wants = ({ type, callId, producer }) => {
    const about = callId === null ? undefined : run.calls.get(callId);
    return (
      (types.length === 0 || types.includes(type)) &&
      (phase === null || about?.phase === phase) &&
      (model === null || about?.model === model) &&
      (worker === null || producer.instance === worker) &&
      (call === null || callId === call)
    );
  };
  return run.diary.history(wants, search.get("after"), Number(search.get("limit") ?? 200));
}

export function eventsOf(run, callId, search) {
  const limit = Number(search.get("limit") ?? 1000);
  return run.diary.history((event) => event.callId === callId, search.get("after"), limit);
}
