import { choice } from './choice.ts';

export const via = choice('via', 'by the public address or on this machine', {
  public: {
    says: 'by the public address, as Azure does',
    phrase: { is: 'by the public address', not: 'not by the public address' },
    test: (facts) => (facts.via === undefined ? undefined : facts.via === 'public'),
  },
  local: {
    says: 'on this machine',
    phrase: { is: 'from this machine', not: 'not from this machine' },
    test: (facts) => (facts.via === undefined ? undefined : facts.via === 'local'),
  },
});
