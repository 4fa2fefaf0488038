import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { safeHref } from "./links.ts";
import { Markdown } from "./Markdown.tsx";

const html = (text: string) =>
  renderToStaticMarkup(createElement(Markdown, { text, prefix: "p-" }));

describe("Markdown", () => {
  it("should render headings, tables and lists", () => {
    const text = "# Title\n\n| a |\n|---|\n| 1 |\n\n- one";
    expect(html(text)).toMatch(/<h3[^>]*>Title<\/h3>.*<table>.*<td>1<\/td>.*<li>one<\/li>/s);
  });

  it("should let no raw HTML through", () => {
    const made = html('<script>alert(1)</script>\n\n<img src=x onerror="alert(1)">\n\na <b>b</b>');
    expect(made).not.toMatch(/<script|<img|onerror|<b>|style=/);
    expect(made).toContain("a b");
  });

  it("should load no image from anywhere", () => {
    const made = html("![a plan](https://example.org/plan.png) ![](data:image/png;base64,AA)");
    expect(made).not.toMatch(/<img|example\.org|data:/);
    expect(made).toContain("Image: a plan");
  });

  it("should open the web without telling it from where", () => {
    expect(html("[a](https://example.org/)")).toContain(
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow">a</a>',
    );
  });

  it("should make text of links that are no addresses of the web", () => {
    for (const href of ["javascript:alert(1)", "data:text/html,x", "/api/v1/runs", "file:///etc"])
      expect(html(`[a](${href})`)).not.toContain("<a ");
  });

  it("should keep footnotes of two texts apart", () => {
    expect(html("a[^1]\n\n[^1]: note")).toContain('id="p-fn-1"');
  });
});

describe("safeHref", () => {
  it("should know the schemes in any case", () => {
    expect(safeHref("HTTPS://example.org")).toBe("HTTPS://example.org");
    expect(safeHref("mailto:a@example.org")).toBe("mailto:a@example.org");
    expect(safeHref(" javascript:alert(1)")).toBeNull();
    expect(safeHref("//example.org")).toBeNull();
    expect(safeHref(undefined)).toBeNull();
  });
});
