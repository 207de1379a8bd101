#!/usr/bin/env node
'use strict';

// `npm create tsflask my-api` is `tsflask new my-api`. ES5, so that an old Node.js comes as far as being told so.
var path = require('path');

var manifest = require.resolve('generator-tsflask/package.json');
process.argv.splice(2, 0, 'new');
require(path.join(path.dirname(manifest), require(manifest).bin.tsflask));
