// A link as people send it: the first web address in the text, whole and well formed.

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/iu;

export function readLink(text: string): string | null {
  const found = ADDRESS.exec(text)?.[0].replace(/[).,;:!?]+$/u, '');
  if (found === undefined || found.length > 500) return null;
  if (!URL.canParse(found)) return null;
  const url = new URL(found);
  return url.hostname.includes('.') && url.username === '' && url.password === '' ? found : null;
}
