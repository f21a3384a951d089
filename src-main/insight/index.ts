/** What calls mean: sentences, outcomes, status and overview. The door of the room. */
export { createDescribe, type DescribeOptions, type Meaning } from './describe.ts';
export { createStatusReader, type StatusOptions, type StatusReader } from './status.ts';
