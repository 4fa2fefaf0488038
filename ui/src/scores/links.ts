/**
 * An address that a text by a model may lead to: the web, mail, or a place in the text itself. All
 * others (scripts, data, files of this origin) are shown as text; null.
 */
export function safeHref(href: string | undefined): string | null {
  if (href === undefined) return null;
  if (href.startsWith("#")) return href;
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : null;
}
