import type { Line } from '../line.ts';

/** Mail, PDF, images, sheets, markup, XML and CSV. */
export const documents: readonly Line[] = [
  {
    name: 'nodemailer writes a message',
    packages: ['nodemailer'],
    code: `
      import nodemailer from 'nodemailer';
      export async function answer() {
        const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
        const { message } = await transport.sendMail({ from: 'a@b.example', to: 'c@d.example', subject: 'Grüße', text: 'Hello', attachments: [{ filename: 'a.txt', content: 'x' }] });
        const { code } = await nodemailer.createTransport({ host: '127.0.0.1', port: 1 }).verify().catch((error) => error);
        return { subject: /Subject: (.*)\\r/.exec(String(message))[1], type: /filename=(.*)\\r/.exec(String(message))[1], code };
      }`,
    answer: { subject: '=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=', type: 'a.txt', code: 'ESOCKET' },
  },
  {
    name: 'pdfkit reads its fonts',
    packages: ['pdfkit'],
    code: `
      import PDFDocument from 'pdfkit';
      export function answer() {
        const document = new PDFDocument({ compress: false });
        document.font('Times-Bold').text('Hello');
        document.end();
        return document;
      }`,
    answer: /^%PDF-1\.3[^]*\/BaseFont \/Times-Bold/,
  },
  {
    name: 'pdf-lib draws text',
    packages: ['pdf-lib'],
    code: `
      import { PDFDocument, StandardFonts } from 'pdf-lib';
      export async function answer() {
        const document = await PDFDocument.create();
        const font = await document.embedFont(StandardFonts.Helvetica);
        document.addPage().drawText('Hello', { font });
        const read = await PDFDocument.load(await document.save());
        return { pages: read.getPageCount(), width: font.widthOfTextAtSize('Hello', 10) };
      }`,
    answer: { pages: 1, width: 22.78 },
  },
  {
    name: 'sharp, native, resizes',
    packages: ['sharp'],
    code: `
      import sharp from 'sharp';
      export async function answer() {
        const image = sharp({ create: { width: 8, height: 4, channels: 3, background: 'red' } });
        const { format, width, height } = await sharp(await image.resize(4).webp().toBuffer()).metadata();
        return { format, width, height };
      }`,
    answer: { format: 'webp', width: 4, height: 2 },
  },
  {
    name: 'exceljs writes and reads a sheet',
    packages: ['exceljs'],
    code: `
      import ExcelJS from 'exceljs';
      export async function answer() {
        const book = new ExcelJS.Workbook();
        book.addWorksheet('Users').addRow(['Ada', 36]);
        const read = new ExcelJS.Workbook();
        await read.xlsx.load(await book.xlsx.writeBuffer());
        return { cells: read.getWorksheet('Users').getRow(1).values.slice(1) };
      }`,
    answer: { cells: ['Ada', 36] },
  },
  {
    name: 'archiver packs',
    packages: ['archiver'],
    code: `
      import { ZipArchive } from 'archiver';
      import { buffer } from 'node:stream/consumers';
      export async function answer() {
        const archive = new ZipArchive();
        archive.append('Hello', { name: 'hello.txt' });
        void archive.finalize();
        return buffer(archive);
      }`,
    answer: /^PK[^]*hello\.txt/,
  },
  {
    name: 'marked renders',
    packages: ['marked'],
    code: `
      import { marked } from 'marked';
      export const answer = () => marked('# Hello *Ada*');`,
    answer: '<h1>Hello <em>Ada</em></h1>\n',
  },
  {
    name: 'markdown-it renders',
    packages: ['markdown-it'],
    code: `
      import MarkdownIt from 'markdown-it';
      export const answer = () => new MarkdownIt({ linkify: true }).render('Hello http://example.com &copy;');`,
    answer: '<p>Hello <a href="http://example.com">http://example.com</a> ©</p>\n',
  },
  {
    name: 'fast-xml-parser reads and writes',
    packages: ['fast-xml-parser'],
    code: `
      import { XMLBuilder, XMLParser } from 'fast-xml-parser';
      export function answer() {
        const options = { ignoreAttributes: false };
        const read = new XMLParser(options).parse('<user id="1"><name>Ada</name></user>');
        return { read, written: new XMLBuilder(options).build(read) };
      }`,
    answer: { read: { user: { name: 'Ada', '@_id': '1' } }, written: '<user id="1"><name>Ada</name></user>' },
  },
  {
    name: 'xml2js reads',
    packages: ['xml2js'],
    code: `
      import { parseStringPromise } from 'xml2js';
      export const answer = () => parseStringPromise('<user id="1">Ada</user>');`,
    answer: { user: { _: 'Ada', $: { id: '1' } } },
  },
  {
    name: 'csv-parse reads',
    packages: ['csv-parse'],
    code: `
      import { parse } from 'csv-parse/sync';
      export const answer = () => ({ rows: parse('a,b\\n1,"x,y"', { columns: true }) });`,
    answer: { rows: [{ a: '1', b: 'x,y' }] },
  },
  {
    name: 'papaparse reads and writes',
    packages: ['papaparse'],
    code: `
      import Papa from 'papaparse';
      export const answer = () => ({ rows: Papa.parse('a;b\\n1;2').data, text: Papa.unparse([['x,y', 'z']]) });`,
    answer: {
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      text: '"x,y",z',
    },
  },
  {
    name: 'jsdom builds a page',
    packages: ['jsdom'],
    code: `
      import { JSDOM } from 'jsdom';
      export function answer() {
        const { document, getComputedStyle } = new JSDOM('<style>p { color: red }</style><p>Ada</p>').window;
        return { text: document.querySelector('p').textContent, colour: getComputedStyle(document.querySelector('p')).color };
      }`,
    answer: { text: 'Ada', colour: 'rgb(255, 0, 0)' },
  },
  {
    name: 'cheerio reads a page',
    packages: ['cheerio'],
    code: `
      import * as cheerio from 'cheerio';
      export const answer = () => cheerio.load('<ul><li>Ada<li>Bob</ul>')('li').last().text();`,
    answer: 'Bob',
  },
  {
    name: 'source-map reads its wasm file',
    packages: ['source-map'],
    code: `
      import { SourceMapConsumer } from 'source-map';
      export const answer = () => SourceMapConsumer.with({ version: 3, sources: ['a.ts'], names: [], mappings: 'AAEA' }, null, (map) => map.originalPositionFor({ line: 1, column: 0 }));`,
    answer: { source: 'a.ts', line: 3, column: 0, name: null },
  },
];
