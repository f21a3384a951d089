import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/*
 * docs/entra.md numbers what Microsoft Entra does. Each number has a test of the endpoint that is named after it: `quirk 7`,
 * `§1.12` or `entra.md §1.12`, `§4.1 test 9`, `§4.2 test 3`, `§4.4 Create_User`.
 */

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test/endpoint');
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');
/** What tests and groups of tests are called: texts that come first among the arguments of a call, or first in a row of cases. */
const names = [...tests.matchAll(/[([]\s*(?:'([^'\n]*)'|"([^"\n]*)")/g)].map(([, one, other]) => one ?? other ?? '');
const page = readFileSync(join(root, 'docs/entra.md'), 'utf8');

/** The text from one heading of the page to the next of its kind. */
function section(heading: string): string {
  const [, after = ''] = page.split(`\n${heading}`);
  const [level = '#'] = heading.split(' ');
  return after.split(`\n${level} `)[0] ?? '';
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
}

/** The numbers behind `word` in the names: `quirk 7`, `quirks 21 and 23`, `test 3, 4, 5`, `test 15 to 19`. */
function named(word: RegExp): Set<number> {
  const found = new Set<number>();
  const list = new RegExp(`${word.source} (\\d+(?:(?:, | and | to )\\d+)*)`, 'g');
  for (const name of names) {
    for (const [, numbers = ''] of name.matchAll(list)) {
      for (const part of numbers.split(/, | and /)) {
        const [from = 0, to = from] = part.split(' to ').map(Number);
        for (let number = from; number <= to; number += 1) found.add(number);
      }
    }
  }
  return found;
}

test('every quirk has a test', () => {
  const all = numbersIn(section('## 2. '));
  expect(all).toHaveLength(40);
  const tested = named(/quirks?/);
  expect(all.filter((number) => !tested.has(number))).toEqual([]);
});

test('every phase has a test', () => {
  const all = [...page.matchAll(/^#{3,4} (1\.\d+b?) /gm)].map(([, phase]) => phase);
  expect(all).toHaveLength(20);
  const tested = new Set(names.flatMap((name) => [...name.matchAll(/§(1\.\d+b?)/g)].map(([, phase]) => phase)));
  expect(all.filter((phase) => !tested.has(phase))).toEqual([]);
});

test("every one of the Validator's tests has a test", () => {
  const mandatory = numbersIn(section('### 4.1 '));
  expect(mandatory).toHaveLength(26);
  const tested = named(/§4\.1 test/);
  expect(mandatory.filter((number) => !tested.has(number))).toEqual([]);
  const preview = section('### 4.2 ').split(' · ');
  expect(preview).toHaveLength(7);
  expect([...named(/§4\.2 test/)].sort()).toEqual(preview.map((_, index) => index + 1));
});

test('every test of the gallery validation has a test', () => {
  const all = `Create_User Update_User Disable_User Delete_User User_Update_Manager Restore_User POD_User
    Create_Group Update_Group Delete_Group Group_Update_Add_Member Group_Update_Remove_Member POD_Group Restore_Group
    Schema_Discoverability SCIM_Null_Update SCIM_User_Create SCIM_Group_Create SCIM_User_Update SCIM_Group_Update
    SCIM_User_Pagination SCIM_Group_Pagination SCIM_Update_Manager Validate_Credentials Federated_Identity`.split(
    /\s+/,
  );
  expect(all).toHaveLength(25);
  const gallery = names.filter((name) => name.startsWith('§4.4 ')).flatMap((name) => name.split(/[ ,:]+/));
  expect(all.filter((name) => !gallery.includes(name))).toEqual([]);
});

test("every status of Microsoft's Postman collection has a test", () => {
  const all = ['200', '201', '400', '409', 'PATCH', 'PUT', 'DELETE', 'filters', 'startIndex=1&count=2'];
  const postman = names.filter((name) => name.startsWith('§4.5 ')).map((name) => name.split(/[ ,:]+/)[1]);
  expect(all.filter((status) => !postman.includes(status))).toEqual([]);
});
