// The provider's own account of what it was asked, and what it is told to answer next.

export class Ledger {
  requests = [];
  #current = 0;
  #peak = 0;
  #scripts = new Map();

  /** Begins a request; a scriptable one takes the next scripted behaviour, or null. */
  begin(requestId, model, scriptable) {
    this.#current++;
    this.#peak = Math.max(this.#peak, this.#current);
    const entry = { requestId, model, outcome: "IN_FLIGHT" };
    this.requests.push(entry);
    const name = model.slice(model.indexOf(":") + 1);
    return { entry, scripted: scriptable ? (this.#scripts.get(name)?.shift() ?? null) : null };
  }

  end(entry, outcome) {
    this.#current--;
    entry.outcome = outcome;
  }

  handle(request, response, path, body) {
    if (path === "/__script" && request.method === "POST") {
      const { model, behaviours = [] } = JSON.parse(body);
      this.#scripts.set(model, [...(this.#scripts.get(model) ?? []), ...behaviours]);
    }
    if (path === "/__script" && request.method === "DELETE") this.#scripts.clear();
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(
      JSON.stringify({
        requests: this.requests,
        count: this.requests.length,
        peakConcurrency: this.#peak,
      }),
    );
  }
}
