import assert from 'node:assert/strict';
import type { InlineOverlay } from '../../src/testing.ts';
import { faultsOf, planOverlays, textsOf } from './plan-overlays.ts';

function file(template: string, more: InlineOverlay = {}): readonly InlineOverlay[] {
  return [{ ...more, files: { 'a.txt.mustache': template } }];
}

const at = (line: number): string => `o0/files/a.txt.mustache:${line}`;

describe('a template may use', () => {
  const cases: [title: string, template: string, text: string][] = [
    ['an answer', 'a {{name}} b', 'a demo b'],
    [
      'an answer that is false in a section',
      '{{#isGatewayRest}}rest{{/isGatewayRest}}{{^isGatewayRest}}other{{/isGatewayRest}}',
      'other',
    ],
    ['a list', '{{#stages}}{{.}} {{name}};{{/stages}}', 'dev demo;prod demo;'],
    [
      'the value of a list before the one at hand, and that the first has none',
      '{{#stages}}{{.}}{{#previous}} after {{previous}}{{/previous}}{{^previous}} first{{/previous}};{{/stages}}',
      'dev first;prod after dev;',
    ],
    ['what follows from the choices', '{{terraformBin}} {{minimumNode}}', 'terraform 24.11.0'],
    ['other delimiters', '{{=<% %>=}}${{ secrets.X }} <% name %>', '${{ secrets.X }} demo'],
    ['comments', 'a{{! {{nothing}} }}b', 'a }}b'],
    ['a slot that nothing fills', 'a\n{{> app-imports}}\nb\n', 'a\nb\n'],
  ];
  for (const [title, template, text] of cases) {
    it(title, async () => assert.deepEqual(textsOf(await planOverlays(file(template))), { 'a.txt': text }));
  }

  it('its own delimiters, whatever those of the file that includes it', async () => {
    const overlays = file('{{=<% %>=}}<%> head%>', { partials: { head: '{{name}} <% name %>' } });
    assert.deepEqual(textsOf(await planOverlays(overlays)), { 'a.txt': 'demo <% name %>' });
  });
});

describe('a template may not use', () => {
  const cases: [title: string, template: string, faults: readonly string[]][] = [
    [
      'a variable that there is not, with its line and the nearest',
      'a\n\n{{nmae}}',
      [`VARIABLE_UNKNOWN ${at(3)}: there is no variable "nmae". Did you mean name?`],
    ],
    [
      'a section that there is not',
      '{{#hasGithib}}{{/hasGithib}}',
      [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "hasGithib". Did you mean hasGithub?`],
    ],
    [
      'an inverted section that there is not',
      '{{^colour}}{{/colour}}',
      [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "colour".`],
    ],
    [
      'one in a section that these answers leave out',
      '{{#isGatewayRest}}\n{{nothingLikeIt}}{{/isGatewayRest}}',
      [`VARIABLE_UNKNOWN ${at(2)}: there is no variable "nothingLikeIt".`],
    ],
    [
      'one without escaping',
      '{{{colour}}}{{&colour}}',
      Array.from({ length: 2 }, () => `VARIABLE_UNKNOWN ${at(1)}: there is no variable "colour".`),
    ],
    ['what every object has', '{{constructor}}', [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "constructor".`]],
    ['the prototype', '{{__proto__}}', [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "__proto__".`]],
    ['a property of an answer', '{{name.length}}', [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "name.length".`]],
    ['a property of an entry', '{{#stages}}{{length}}{{/stages}}', [`VARIABLE_UNKNOWN ${at(1)}: there is no variable "length".`]],
    [
      'one with other delimiters',
      '{{=<% %>=}}\n<% nmae %>',
      [`VARIABLE_UNKNOWN ${at(2)}: there is no variable "nmae". Did you mean name?`],
    ],
    [
      'a partial that there is not',
      '{{> redme}}',
      [`PARTIAL_UNKNOWN ${at(1)}: there is no partial or slot "redme". Did you mean readme?`],
    ],
    ['the entry where there is none', 'a\n{{.}}', [`VARIABLE_UNKNOWN ${at(2)}: {{.}} stands for nothing here.`]],
    [
      'the one before it where there is no list',
      '{{previous}}',
      [`VARIABLE_UNKNOWN ${at(1)}: {{previous}} stands for nothing here.`],
    ],
    ['the entry of an empty list', '{{^with}}{{.}}{{/with}}', [`VARIABLE_UNKNOWN ${at(1)}: {{.}} stands for nothing here.`]],
    ['a section without an end', 'a\n{{#with}}', [`TEMPLATE_SYNTAX ${at(2)}: Unclosed section "with".`]],
    ['an end without a section', 'a\n{{/with}}', [`TEMPLATE_SYNTAX ${at(2)}: Unopened section "with".`]],
    ['a tag without an end', 'a\n{{name', [`TEMPLATE_SYNTAX ${at(2)}: Unclosed tag.`]],
    ['wrong delimiters', '{{=x=}}', [`TEMPLATE_SYNTAX ${at(1)}: Invalid tags: x.`]],
  ];
  for (const [title, template, faults] of cases) {
    it(title, async () => assert.deepEqual(await faultsOf(planOverlays(file(template))), faults));
  }

  it('anything that is wrong, all at once', async () => {
    const faults = await faultsOf(planOverlays([{ files: { 'a.mustache': '{{a}}{{b}}', 'b.mustache': '{{#a}}' } }]));
    assert.deepEqual(
      faults.map((fault) => fault.split(':')[0]),
      ['VARIABLE_UNKNOWN o0/files/a.mustache', 'VARIABLE_UNKNOWN o0/files/a.mustache', 'TEMPLATE_SYNTAX o0/files/b.mustache'],
    );
  });
});

describe('a partial', () => {
  const cases: [title: string, overlay: InlineOverlay, faults: readonly string[]][] = [
    [
      'is checked where it lies, even where nothing includes it',
      { partials: { head: '\n{{nmae}}' }, slots: { readme: '{{#x}}' } },
      [
        'VARIABLE_UNKNOWN o0/partials/head:2: there is no variable "nmae". Did you mean name?',
        'TEMPLATE_SYNTAX o0/slots/readme:1: Unclosed section "x".',
      ],
    ],
    ['may not include itself', { partials: { head: 'a {{> head}}' } }, ['PARTIAL_CIRCULAR The partial "head" includes itself.']],
    [
      'may not include itself by way of others, nor in a section',
      { partials: { a: '{{> b}}', b: '{{#with}}{{> readme}}{{/with}}', c: '{{> a}}' }, slots: { readme: '{{> a}}' } },
      ['a', 'b', 'readme'].map((name) => `PARTIAL_CIRCULAR The partial "${name}" includes itself.`),
    ],
    [
      'may not be a slot as well',
      { partials: { readme: '' } },
      ['FRAGMENT_CLASH "readme" is a partial in one overlay and a slot in another.'],
    ],
  ];
  for (const [title, overlay, faults] of cases) {
    it(title, async () => assert.deepEqual(await faultsOf(planOverlays([overlay])), faults));
  }

  it('may be included twice', async () => {
    const overlays = file('{{> a}}{{> b}}', { partials: { a: '{{> c}}', b: '{{> c}}', c: 'c' } });
    assert.deepEqual(textsOf(await planOverlays(overlays)), { 'a.txt': 'cc' });
  });
});

describe('a template with braces of its own', () => {
  it('is told how to keep them', async () => {
    const [fault] = await faultsOf(planOverlays(file('on: ${{ github.ref }}')));
    assert.match(String(fault), /there is no variable "github\.ref"/);
    await assert.rejects(planOverlays(file('on: ${{ github.ref }}')), {
      code: 'VARIABLE_UNKNOWN',
      message: /begins with \{\{=<% %>=\}\} and writes <% name %>\./,
    });
  });
});
