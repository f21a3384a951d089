export { createGuide, type GuideBook, guideAfterErasure, guideKey } from './guide.ts';
