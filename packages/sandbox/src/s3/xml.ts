/** Text as XML content. S3 keys may hold any character that XML allows. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

export function textElement(name: string, text: string | number | boolean): string {
  return element(name, escapeXml(String(text)));
}

/** The outermost element of an answer, in S3's namespace. */
export function rootElement(name: string, content: string): string {
  return `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${name}>`;
}

export function xmlResponse(status: number, content: string, headers: Record<string, string> = {}): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`, {
    status,
    headers: { "content-type": "application/xml", ...headers },
  });
}
