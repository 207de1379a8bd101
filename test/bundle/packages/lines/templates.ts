import type { Line } from '../line.ts';

/** Template engines, mostly with a folder of views beside the code, and translations. */
export const templates: readonly Line[] = [
  {
    name: 'ejs renders a file with an include',
    packages: ['ejs'],
    files: { 'src/views/page.ejs': `<%- include('name') %>, <%= what %>`, 'src/views/name.ejs': 'Ada' },
    code: `
      import { join } from 'node:path';
      import ejs from 'ejs';
      export const answer = () => ejs.renderFile(join(import.meta.dirname, '../views/page.ejs'), { what: '<3' });`,
    answer: 'Ada, &lt;3',
  },
  {
    name: 'handlebars compiles',
    packages: ['handlebars'],
    code: `
      import Handlebars from 'handlebars';
      Handlebars.registerHelper('loud', (text) => text.toUpperCase());
      export const answer = () => Handlebars.compile('{{#each names}}{{loud this}};{{/each}}')({ names: ['Ada', 'Bob'] });`,
    answer: 'ADA;BOB;',
  },
  {
    name: 'pug renders a file that extends another',
    packages: ['pug'],
    files: { 'src/views/page.pug': 'extends base\nblock content\n  p= name\n', 'src/views/base.pug': 'main\n  block content\n' },
    code: `
      import { fileURLToPath } from 'node:url';
      import pug from 'pug';
      export const answer = () => pug.renderFile(fileURLToPath(new URL('../views/page.pug', import.meta.url)), { name: 'Ada' });`,
    answer: '<main><p>Ada</p></main>',
  },
  {
    name: 'nunjucks renders from a folder',
    packages: ['nunjucks'],
    files: { 'src/views/page.njk': '{% include "name.njk" %}!', 'src/views/name.njk': '{{ name }}' },
    code: `
      import { join } from 'node:path';
      import nunjucks from 'nunjucks';
      export const answer = () => nunjucks.configure(join(import.meta.dirname, '../views')).render('page.njk', { name: 'Ada' });`,
    answer: 'Ada!',
  },
  {
    name: 'eta renders from a folder',
    packages: ['eta'],
    files: { 'src/views/page.eta': '<%~ include("./name", it) %>!', 'src/views/name.eta': '<%= it.name %>' },
    code: `
      import { join } from 'node:path';
      import { Eta } from 'eta';
      const eta = new Eta({ views: join(import.meta.dirname, '../views') });
      export const answer = () => eta.render('./page', { name: 'Ada' });`,
    answer: 'Ada!',
  },
  {
    name: 'mustache renders',
    packages: ['mustache'],
    code: `
      import Mustache from 'mustache';
      export const answer = () => Mustache.render('{{#names}}<{{.}}>{{/names}}', { names: ['Ada', 'B&B'] });`,
    answer: '<Ada><B&amp;B>',
  },
  {
    name: "Express's view engine is loaded by name",
    packages: ['ejs'],
    framework: 'express',
    files: { 'src/views/page.ejs': 'Hello, <%= name %>' },
    slots: {
      'app-middleware': `  app.set('views', new URL('views', import.meta.url).pathname);\n  app.set('view engine', 'ejs');\n`,
    },
    code: `
      import { Router } from 'express';
      export const route = () => Router().get('/trial', (_req, res) => { res.render('page', { name: 'Ada' }); });`,
    answer: 'Hello, Ada',
  },
  {
    name: "Express's view engine is given",
    packages: ['pug'],
    framework: 'express',
    files: { 'src/views/page.pug': 'p= name' },
    slots: {
      'app-imports': `import pug from 'pug';\n`,
      'app-middleware': `  app.set('views', import.meta.dirname + '/views');\n  app.engine('pug', pug.__express);\n`,
    },
    code: `
      import { Router } from 'express';
      export const route = () => Router().get('/trial', (_req, res) => { res.render('page.pug', { name: 'Ada' }); });`,
    answer: '<p>Ada</p>',
  },
  {
    name: '@ladjs/koa-views loads its engine by name',
    packages: ['@ladjs/koa-views', 'ejs'],
    files: { 'src/views/page.ejs': 'Hello, <%= name %>' },
    code: `
      import { Router } from '@koa/router';
      import views from '@ladjs/koa-views';
      export function route() {
        const router = new Router();
        router.get('/trial', views(import.meta.dirname + '/../views', { extension: 'ejs' }), (ctx) => ctx.render('page', { name: 'Ada' }));
        return router;
      }`,
    answer: 'Hello, Ada',
  },
  {
    name: 'i18next translates',
    packages: ['i18next'],
    code: `
      import i18next from 'i18next';
      export async function answer() {
        const resources = { de: { translation: { cats_one: '{{count}} Katze', cats_other: '{{count}} Katzen' } } };
        await i18next.init({ lng: 'de', resources, showSupportNotice: false });
        return i18next.t('cats', { count: 2 });
      }`,
    answer: '2 Katzen',
  },
  {
    name: 'i18next-fs-backend reads a folder of translations',
    packages: ['i18next', 'i18next-fs-backend'],
    files: {
      'src/locales/en/translation.json': '{"hello":"Hello, {{name}}"}',
      'src/locales/de/translation.json': '{"hello":"Hallo, {{name}}"}',
    },
    code: `
      import { join } from 'node:path';
      import i18next from 'i18next';
      import Backend from 'i18next-fs-backend';
      export async function answer() {
        const i18n = i18next.createInstance().use(Backend);
        const loadPath = join(import.meta.dirname, '../locales/{{lng}}/{{ns}}.json');
        await i18n.init({ lng: 'de', fallbackLng: 'en', backend: { loadPath } });
        return i18n.t('hello', { name: 'Ada', interpolation: { escapeValue: false } });
      }`,
    answer: 'Hallo, Ada',
  },
];
