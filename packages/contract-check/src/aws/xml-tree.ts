export interface XmlElement {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<\/([^>\s]+)\s*>|<([^!/?>\s]+)([^>]*?)(\/?)>|([^<]+)/gy;

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/**
 * The elements of a small XML answer, attributes left out. @returns null when it is not well formed, or carries a document
 * type, which no AWS answer does
 */
export function readXml(text: string): XmlElement | null {
  const root: XmlElement = { name: "", children: [], text: "" };
  const open = [root];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const [, closing, opening, , selfClosing, characters] = match;
    const current = open.at(-1) ?? root;
    if (characters !== undefined) current.text += decode(characters);
    if (closing !== undefined && open.pop()?.name !== localName(closing)) return null;
    if (opening === undefined) continue;
    const element = { name: localName(opening), children: [], text: "" };
    current.children.push(element);
    if (selfClosing === "") open.push(element);
  }
  const [only] = root.children;
  const complete = end === text.length && open.length === 1 && open[0] === root;
  return complete && root.children.length === 1 && only !== undefined ? only : null;
}

/** Text of the first element of that name anywhere below. */
export function textOf(element: XmlElement, name: string): string | null {
  for (const child of element.children) {
    const found = child.name === name ? child.text : textOf(child, name);
    if (found !== null) return found;
  }
  return null;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decode(text: string): string {
  return text.replaceAll(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name = "") => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[String(name)] ?? whole;
    },
  );
}
