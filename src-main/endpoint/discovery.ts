import type { JsonObject } from '../contract/index.ts';
import {
  resourceTypeByName,
  resourceTypes,
  type SchemaRegistry,
  ScimError,
  schemaById,
  schemas,
  serviceProviderConfig,
} from '../scim/index.ts';
import { type Answer, answer } from './answer.ts';
import { maxOperations } from './bulk/index.ts';
import type { Exchange } from './exchange.ts';
import { bodyLimit } from './limits.ts';

/** The discovery answers (RFC 7644 §4). The same for everyone who comes by the same URL, so each is made once. */
export interface Discovery {
  serviceProviderConfig(exchange: Exchange): Answer;
  resourceTypes(exchange: Exchange): Answer;
  resourceType(exchange: Exchange): Answer;
  schemas(exchange: Exchange): Answer;
  schema(exchange: Exchange): Answer;
}

export function createDiscovery(registry: () => SchemaRegistry): Discovery {
  let made = new Map<string, string>();
  let madeFor = registry();

  /** A list that ignored its filter would look like the filtered one. */
  function refuseFilter(exchange: Exchange): void {
    if (exchange.parameters().has('filter')) throw new ScimError(403, 'Discovery can not be filtered (RFC 7644 §4).');
  }

  function once(
    exchange: Exchange,
    name: string,
    make: (baseUrl: string, schemas: SchemaRegistry) => JsonObject,
  ): Answer {
    refuseFilter(exchange);
    const now = registry();
    if (now !== madeFor) {
      made = new Map();
      madeFor = now;
    }
    const { baseUrl } = exchange.route;
    const key = `${name} ${baseUrl}`;
    let text = made.get(key);
    if (text === undefined) {
      text = JSON.stringify(make(baseUrl, now));
      made.set(key, text);
    }
    return answer(200, text, { stage: 'scim' });
  }

  function one(exchange: Exchange, what: string, found: JsonObject | null): Answer {
    if (found === null) {
      throw new ScimError(404, `There is no ${what} ${JSON.stringify(exchange.part('id').slice(0, 200))}.`);
    }
    return answer(200, JSON.stringify(found), { stage: 'scim' });
  }

  return {
    serviceProviderConfig: (exchange) =>
      once(exchange, 'config', (baseUrl) =>
        serviceProviderConfig(baseUrl, { maxOperations, maxPayloadSize: bodyLimit }),
      ),
    resourceTypes: (exchange) => once(exchange, 'types', resourceTypes),
    resourceType: (exchange) =>
      one(exchange, 'resource type', resourceTypeByName(exchange.route.baseUrl, exchange.part('id'), registry())),
    schemas: (exchange) => once(exchange, 'schemas', schemas),
    schema: (exchange) => one(exchange, 'schema', schemaById(exchange.route.baseUrl, exchange.part('id'), registry())),
  };
}
