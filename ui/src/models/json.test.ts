import { describe, expect, it } from "vitest";
import { indentedJson } from "./json.ts";

describe("indentedJson", () => {
  it("should write as the platform does what the platform can hold", () => {
    const values = [
      { a: 1, b: [1, 2, { c: "x" }], d: {}, e: [], f: null, g: true, h: [[]] },
      [],
      {},
      "text",
      3,
      { 'quoted "," {key}': 'a \\ "b": [1, {2}]\n', unicode: "ü\u2028" },
    ];
    for (const value of values)
      for (const text of [JSON.stringify(value), JSON.stringify(value, null, 5)])
        expect(indentedJson(text)).toBe(JSON.stringify(value, null, 2));
  });

  it("should keep what a parser would change", () => {
    const text = '{"seed":12345678901234567890,"cost":0.10,"a":1,"a":2,"s":"\\u0041"}';
    expect(indentedJson(text)?.replaceAll(/\n\s*/g, "").replaceAll('": ', '":')).toBe(text);
  });

  it("should leave everything else alone", () => {
    expect(indentedJson("# A document")).toBeNull();
    expect(indentedJson('{"cut of')).toBeNull();
    expect(indentedJson("")).toBeNull();
  });
});
