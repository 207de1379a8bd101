import * as fc from 'fast-check';
import { description } from '../../src/answers/description.ts';
import { parseAnswer } from '../../src/answers/parse-answer.ts';

/** What ends a string, a comment or a block somewhere, or begins something in it. */
// prettier-ignore
const pieces = [
  '"', "'", '`', '\\', '\\\\', '$', '${', '${x}', '$${x}', '%{', '%%{ if x }', '$(', '$(date)', '$$', '$@', '{{', '}}', '{{name}}',
  '*/', '/*', '//', '-->', '<!--', '</script>', '<b>', '&amp;', '&#10;', ']]>', '#', '# ', '- ', '-', '+ ', '1. ', '1)', '> ', '=', '---', '===',
  '~~~', '```', '**', '_a_', '[a](b)', '![', '| a |', ':--', '!', '~', ':', ': ', ' #', '%', '@', ';', '&&', '|', '>', '*', '?', '(', ')', '[', ']', '{', '}',
  '\n', '\n\n', '\t', '    ', '  ', '\\n', '\\u0041', '\u0085', '\u00a0', '\u00ad', '\u2028', '\u2029', '\u202e', '\u2066', '\u200b', '\ufeff', '\u061c',
  'é', 'e\u0301', '日本', '😀', '👩‍👩‍👧', '\ufffe', '0', '7', 'abc', 'null', 'true', 'EOF', 'https://example.com/?a=1&b=2',
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...pieces) },
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 2 }),
);

/** Any description that is accepted, in the form that is kept. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((parts) => parseAnswer(description, parts.join('')))
  .filter((parsed) => 'answer' in parsed)
  .map(({ answer }) => String(answer));

/** Texts that once broke something, or look as if they could. */
export const nastyTexts: readonly string[] = [
  ...pieces.flatMap((text) => {
    const parsed = parseAnswer(description, text);
    return 'answer' in parsed ? [String(parsed.answer), `a${String(parsed.answer)}`, `${String(parsed.answer)}b`] : [];
  }),
  'ends in a backslash \\',
  'It\'s a "quoted" ${service} %{ for x } $(rm -rf /) `id` {{name}} */ --> </script>\n\n# Title\n- item\u2028\u202eright',
];
