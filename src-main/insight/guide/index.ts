export { createGuide, type GuideBook } from './guide.ts';
