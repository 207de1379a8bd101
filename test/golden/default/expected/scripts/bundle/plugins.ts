import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { OnLoadResult, Plugin } from 'esbuild';

/*
 * What the bundle does without, since every cold start would pay for it. Each plug-in says what stays the same and what
 * does not; it has nothing to do where its package is not bundled.
 */

/** Of package.json the app reads name and version; the rest would make another bundle of each change to a tool. */
const ownManifest: Plugin = {
  name: 'own-manifest',
  setup: (build) => {
    const own = createRequire(`${build.initialOptions.absWorkingDir}/`).resolve('./package.json');
    build.onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      if (path !== own) return undefined;
      const { name, version } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};

/**
 * Koa asks of each object that it sends whether it is a `Blob`, a `ReadableStream` or a `Response`, and to touch these
 * globals loads web streams and undici, which takes 25 ms. Now it asks only of what calls itself by that name.
 */
const lazyGlobals: Plugin = {
  name: 'lazy-globals',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]koa[\\/]lib[\\/](application|response)\.js$/ }, async ({ path }) =>
      load(`${await readFile(path, 'utf8')}
        const lazy = (name, tags = [name]) => ({
          [Symbol.hasInstance]: (value) =>
            tags.includes(Object.prototype.toString.call(value).slice(8, -1)) && value instanceof globalThis[name],
        });
        const Blob = lazy('Blob', ['Blob', 'File']);
        const ReadableStream = lazy('ReadableStream');
        const Response = lazy('Response');`),
    );
  },
};

/** Signing cookies and making ids takes cryptography, whose 5 ms are better spent by the request that needs it. */
const lazyCrypto: Plugin = {
  name: 'lazy-crypto',
  setup: (build) => {
    build.onResolve({ filter: /^(node:)?crypto$/ }, () => ({ path: 'crypto', namespace: 'lazy-crypto' }));
    build.onLoad({ filter: /.*/, namespace: 'lazy-crypto' }, () =>
      load(
        `module.exports = new Proxy({}, { get: (_target, key) => process.getBuiltinModule('node:crypto')[key] });`,
      ),
    );
  },
};

/**
 * Three packages bring a table of media types each. All are given the newest one, less the entries that say nothing but
 * where they come from: a type without an entry is treated alike.
 */
const oneMediaTypeTable: Plugin = {
  name: 'one-media-type-table',
  setup: (build) => {
    const own = createRequire(`${build.initialOptions.absWorkingDir}/`);
    build.onResolve({ filter: /^mime-db$/ }, () => ({ path: own.resolve('mime-db/db.json') }));
    build.onLoad({ filter: /[\\/]mime-db[\\/]db\.json$/ }, async ({ path }) => {
      const types = Object.entries(JSON.parse(await readFile(path, 'utf8')) as Record<string, object>);
      const telling = types.filter(([, type]) => Object.keys(type).some((key) => key !== 'source'));
      // A string is parsed faster than code.
      return load(
        `module.exports = JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(telling)))});`,
      );
    });
  },
};

/**
 * Body parsers bring 490 kB of tables to decode text. Node decodes what the web uses by itself: UTF-8, UTF-16, and the
 * Latin, Cyrillic, Greek, Arabic, Hebrew, Thai, Chinese, Japanese and Korean sets; UTF-7, UTF-32 and those of old
 * terminals are answered with 415.
 */
const nativeDecoder: Plugin = {
  name: 'native-decoder',
  setup: (build) => {
    build.onResolve({ filter: /^iconv-lite$/ }, ({ path }) => ({ path, namespace: 'native-decoder' }));
    build.onLoad({ filter: /.*/, namespace: 'native-decoder' }, () =>
      load(`
        const create = (name) => new TextDecoder(name.toLowerCase() === 'utf16' ? 'utf-16le' : name);
        exports.encodingExists = (name) => {
          try { return create(name) !== undefined; } catch { return false; }
        };
        exports.getDecoder = (name) => {
          if (!exports.encodingExists(name)) throw new Error('Encoding not recognized: ' + name);
          const decoder = create(name);
          return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
        };
        exports.decode = (bytes, name) => create(name).decode(bytes);`),
    );
  },
};

/** It colours debug lines on a terminal, and is there only when a development tool brings it. */
const noColours: Plugin = {
  name: 'no-colours',
  setup: (build) => {
    build.onResolve({ filter: /^supports-color$/ }, ({ path }) => ({ path, namespace: 'no-colours' }));
    build.onLoad({ filter: /.*/, namespace: 'no-colours' }, () => load('module.exports = false;'));
  },
};

/** A map of all packages would be larger than the code; the stack of an error still has their names. */
const ownSourceMap: Plugin = {
  name: 'own-source-map',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) =>
      load(await readFile(path, 'utf8')),
    );
  },
};

/** A module whose source map says nothing. */
function load(code: string): OnLoadResult {
  const map = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');
  return { contents: `${code}\n//# sourceMappingURL=data:application/json;base64,${map}`, loader: 'js' };
}

export const plugins: Plugin[] = [
  ownManifest,
  lazyGlobals,
  lazyCrypto,
  oneMediaTypeTable,
  nativeDecoder,
  noColours,
  ownSourceMap,
];
