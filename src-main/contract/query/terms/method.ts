import { choice } from './choice.ts';

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

export const method = choice(
  'method',
  'the HTTP method',
  Object.fromEntries(
    methods.map((name) => [
      name,
      {
        phrase: { adjective: name, is: `by ${name}`, not: `other than ${name}` },
        test: (facts) => (facts.method === undefined ? undefined : facts.method === name),
      },
    ]),
  ),
);
