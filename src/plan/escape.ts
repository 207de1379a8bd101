import type { Language } from './language.ts';

/**
 * Escapes an answer for the place where it is rendered, so that it is data there and nothing else.
 * In JSON, YAML, HCL and TypeScript the tag stands within quotes; in Makefile and shell it stands for one word.
 * Each result survives its language's parser unchanged; in a file of no known language newlines become spaces.
 */
export const escapes: Readonly<Record<Language, (text: string) => string>> = {
  json: (text) => invisible(JSON.stringify(text).slice(1, -1)),
  yaml: (text) => invisible(JSON.stringify(text).slice(1, -1)),
  hcl: escapeHcl,
  typescript: escapeTypeScript,
  markdown: escapeMarkdown,
  make: (text) => shellWord(text, '$$'),
  shell: (text) => shellWord(text, '$'),
  html: (text) => text.replaceAll(/[&<>"'`=]/g, (character) => `&#${character.charCodeAt(0)};`),
  plain: (text) => text.replaceAll('\n', ' '),
};

// Characters that reorder or hide what a reviewer sees (https://trojansource.codes), that YAML does not print, or that
// JavaScript takes for a line end. All four languages read \uXXXX.
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function invisible(text: string): string {
  return text.replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `$${` is HCL's spelling of `${`, but in `$$${` nobody knows which dollar is which: the last one becomes \u0024. */
function escapeHcl(text: string): string {
  const quoted = JSON.stringify(text).slice(1, -1);
  return invisible(quoted).replaceAll(/[$%](?=\{)/g, (sign, at: number, whole: string) => {
    if (whole[at - 1] !== sign) return sign + sign;
    return sign === '$' ? '\\u0024' : '\\u0025';
  });
}

// Safe in each of the three quotes and in a comment, which an asterisk and a slash would end.
function escapeTypeScript(text: string): string {
  return invisible(JSON.stringify(text).slice(1, -1))
    .replaceAll("'", "\\'")
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll('*/', '*\\/')
    .replaceAll('</', '<\\/');
}

/** A newline as an entity is text, not structure; what only starts a block is escaped only at the start. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/^[#+=:-]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll(/[\n\r\t\u2028-\u202e\u2066-\u2069\u200e\u200f]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * One word that means the same in a recipe, in an assignment and in a script, and brings its own quotes: left as it is when it has
 * nothing special, otherwise printed from octal codes, which neither make nor the shell looks into.
 */
function shellWord(text: string, dollar: '$' | '$$'): string {
  if (/^[A-Za-z0-9_./:@%+,-]+$/.test(text)) return text;
  const octal = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_ .]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${dollar}(printf '${octal.join('')}')"`;
}
