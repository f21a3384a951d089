import type { Refusal } from './refusals.ts';

const quote = '"(?:[^"\\\\]|\\\\.)*"';
const field = /^(?<field>.+?) wants /.source;
const sentForField = /, (?:got|Azure sent) (?<sent>.*)\. In Azure it is the attribute (?<attribute>.*)\.$/.source;

/** Refusals of what a body holds (400): types, ServiceOps' rules, operations, members, the pilot's limit. */
export const refusedValues: readonly Refusal[] = [
  ['SP-PROFILE-REQUIRED', /^ServiceOps requires (?<attribute>.*), (?:got|Azure sent) no value\./s],
  [
    'SP-PROFILE-LENGTH',
    /^ServiceOps takes at most (?<most>\d+) characters in (?<attribute>.*?), (?:got|Azure sent) \d+: (?<sent>.*)\.$/s,
  ],
  [
    'SP-PROFILE-ALLOWED',
    /^ServiceOps takes only (?<allowed>.*?) in (?<attribute>.*?), (?:got|Azure sent) (?<sent>.*)\.$/s,
  ],
  ['SP-PILOT-LIMIT', /^This pilot expects (?<expected>\d+) users and takes (?<most>\d+) at most/],
  ['SP-NUMBER-SPELLING', new RegExp(`${field}a (?:whole )?number written as (?<read>[^,]*)${sentForField}`, 's')],
  [
    'SP-FIELD-NUMBER',
    new RegExp(`${field}(?<wanted>a (?:whole )?number(?: between -?\\d+ and \\d+)?)${sentForField}`, 's'),
  ],
  ['SP-FIELD-BOOLEAN', new RegExp(`${field}(?<wanted>true or false)${sentForField}`, 's')],
  ['SP-FIELD-DATE', new RegExp(`${field}(?<wanted>a date and time [^,]*)${sentForField}`, 's')],
  ['SP-FIELD-TEXT', new RegExp(`${field}text${sentForField}`, 's')],
  ['SP-MEMBER-FORM', /^members wants a list|^members: each member needs a value/],
  ['SP-PATCH-PATH', new RegExp(`^The path (?<path>${quote}) can't be read: (?<why>.*)\\.$`, 's')],
  ['SP-PATCH-PATH', /^Operation \d+: (?<why>"path" is not text)/],
  ['SP-PATCH-PATH-FILTER', /^Path, position (?<position>\d+) \(.*?\): (?<why>.*)\.$/s],
  ['SP-PATCH-OPERATIONS', /^A PATCH needs "Operations"|^"Operations" is empty|^Operation \d+ is not an object/],
  ['SP-PATCH-SCHEMA', /^The "schemas" of a PATCH must name (?<urn>\S+)\.$/],
  ['SP-PATCH-OP', /^Operation (?<operation>\d+): "op" is add, replace or remove, not (?<op>.*)\.$/s],
  ['SP-PATCH-NO-VALUE', /^Operation (?<operation>\d+): (?<op>\w+) needs a "value"/],
  ['SP-PATCH-NO-TARGET', /^No value of (?<attribute>\S+) satisfies the filter/],
  ['SP-PATCH-REMOVE-ALL', /^A remove needs a "path"/],
  [
    'SP-PATCH-BELOW',
    /^(?<attribute>.+?) (?:lies below a value that has no parts|is no list: there is nothing to filter)/s,
  ],
  ['SP-PATCH-TOO-COSTLY', /^The operations of this request cost too much together/],
  ['SP-NUMBER-SPELLING', /^(?<attribute>\S+) wants a (?:whole )?number written as (?<read>.*?), not (?<sent>.*)\.$/s],
  ['SP-VALUE-TYPE', /^(?<attribute>\S+) wants (?<wanted>a list of objects), and this list holds (?<sent>.*)\.$/s],
  ['SP-VALUE-TYPE', /^(?<attribute>.+?) wants (?<wanted>.*), not (?<sent>.*)\.$/s],
  ['SP-TOO-MANY-VALUES', /^(?<attribute>.+) holds more than (?<most>\d+) values/s],
  ['SP-RECORD-TOO-LARGE', /^This (?<type>user|group) would be larger than 2 MB/],
  ['SP-READ-ONLY', /^(?<attribute>.+) is read-only and can't be removed/s],
  ['SP-REQUIRED-EMPTIED', /^(?<attribute>\S+) is required and can't be (?:removed|empty)/],
  ['SP-REQUIRED', /^(?<attribute>\S+) is required\.$/],
  ['SP-MEMBER-GROUP', /^Members must be users; these are groups: (?<ids>.*)\.$/s],
  ['SP-MEMBER-PURGED', /^Members must exist; these users were purged here: (?<ids>.*)\.$/s],
  ['SP-MEMBER-UNKNOWN', /^There are no users with these ids to add as members: (?<ids>.*)\.$/s],
  ['SP-MEMBER-PART', /^(?<attribute>members\S*) can't be changed: add or remove whole members/],
];
