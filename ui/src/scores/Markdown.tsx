import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { safeHref } from "./links.ts";

interface MarkdownProps {
  text: string;
  /** Sets the targets of footnotes apart when two texts are on the page. */
  prefix: string;
}

const PLUGINS = [remarkGfm];

/**
 * A text that a model wrote. Raw HTML is left out, nothing is loaded from elsewhere, and links go
 * to the web or to mail alone. Headings begin below that of the dialog.
 */
export function Markdown({ text, prefix }: MarkdownProps) {
  return (
    <div className="prose">
      <ReactMarkdown
        skipHtml
        remarkPlugins={PLUGINS}
        remarkRehypeOptions={{ clobberPrefix: prefix }}
        components={COMPONENTS}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}

const COMPONENTS: Components = {
  h1: ({ children }) => <h3 className="prose-1">{children}</h3>,
  h2: ({ children }) => <h4 className="prose-2">{children}</h4>,
  h3: ({ children }) => <h5 className="prose-3">{children}</h5>,
  h4: ({ children }) => <h6 className="prose-3">{children}</h6>,
  h5: ({ children }) => <h6 className="prose-3">{children}</h6>,
  a: ({ href, children }) => {
    const safe = safeHref(href);
    if (safe === null) return <span>{children}</span>;
    if (safe.startsWith("#")) return <a href={safe}>{children}</a>;
    return (
      <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  },
  img: ({ alt }) => (
    <span className="prose-image">{`Image: ${alt === undefined || alt === "" ? "without a description" : alt}`}</span>
  ),
  // The only input is the box of a task.
  input: ({ checked }) => (
    <span>
      <span aria-hidden="true">{checked === true ? "☑ " : "☐ "}</span>
      <span className="sr-only">{checked === true ? "done: " : "open: "}</span>
    </span>
  ),
  table: ({ children }) => (
    <div className="prose-table">
      <table>{children}</table>
    </div>
  ),
};
