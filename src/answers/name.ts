import { defineQuestion } from './question.ts';

// Prefixes that S3 keeps for itself; the state bucket begins with the name.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];

// npm refuses these as package names: https://github.com/npm/validate-npm-package-name
const npmReserved = ['node_modules', 'favicon.ico'];

// As a plain word in YAML, such as the name of a Compose project, these are no texts: https://yaml.org/type/bool.html
export const yamlWords = ['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'];

/**
 * 40 characters: the longest name we derive is `NAME-tfstate-ACCOUNT` (61), and a bucket may have 63; with a stage of 12 and
 * a suffix of 11, the names of the function and its role stay within their 64.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
const limit = 40;

export const name = defineQuestion({
  id: 'name',
  text: 'Name of the service',
  type: 'text',
  fix: 'Use a name such as my-api: lower-case letters, digits and dashes, starting with a letter.',
  check(value) {
    const text = String(value);
    const at = JSON.stringify(text);
    if (npmReserved.includes(text)) return { code: 'NAME_INVALID', problem: `npm does not accept ${at} as a package name.` };
    if (yamlWords.includes(text)) return { code: 'NAME_INVALID', problem: `${at} is a word that YAML takes for something else.` };
    if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text)) {
      return {
        code: 'NAME_INVALID',
        problem: `${at} is not a usable name: it becomes an npm package name and part of host names (a DNS label).`,
      };
    }
    const prefix = bucketPrefixes.find((reserved) => text.startsWith(reserved));
    if (prefix)
      return { code: 'NAME_INVALID', problem: `${at} begins with ${prefix}, which S3 keeps for itself in bucket names.` };
    if (text.length <= limit) return undefined;
    return {
      code: 'NAME_TOO_LONG',
      problem: `${at} has ${text.length} characters; ${limit} are allowed, so that NAME-tfstate-ACCOUNT fits the 63 characters of an S3 bucket and NAME-STAGE with its suffix the 64 of a Lambda function and of an IAM role.`,
    };
  },
});
