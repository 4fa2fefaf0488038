// How the scripted gateway answers: JSON, problems, texts.

export function json(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export function problem(response, status, slug, title, detail, field) {
  const body = { type: `urn:acm2:problem:${slug}`, title, status, detail, field };
  response.writeHead(status, { "Content-Type": "application/problem+json" });
  response.end(JSON.stringify(body));
}

/** A file to be downloaded. */
export function download(response, type, name, text) {
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Disposition": `attachment; filename="${name}"`,
  });
  response.end(text);
}

export async function bodyOf(request) {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}

export async function jsonOf(request) {
  return JSON.parse((await bodyOf(request)) || "{}");
}
