'use strict';

// ES5 and CommonJS, as is the bin that asks it: every Node.js that there ever was can read this and say which one is needed.

var version = process.versions.node;
var range = require('../package.json').engines.node;

/** Whether a version is in a range of `^a.b.c` and `>=a.b.c`, with `||` between. */
function isIn(given, alternatives) {
  return alternatives.split('||').some(function (alternative) {
    var parts = /^\s*(\^|>=)(\d+)\.(\d+)/.exec(alternative);
    var numbers = given.split('.').map(Number);
    var isMajor = numbers[0] === Number(parts[2]);
    return (isMajor && numbers[1] >= Number(parts[3])) || (parts[1] === '>=' && numbers[0] > Number(parts[2]));
  });
}

/** What is wrong with the Node.js that runs this, and what to do about it; `undefined` where nothing is. */
exports.complaint = isIn(version, range)
  ? undefined
  : 'tsflask needs Node.js ' + range + '; this is ' + version + '. Get one from https://nodejs.org, or type: nvm install 24';
