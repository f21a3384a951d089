import { attribute, byName } from './define.ts';
import type { Schema } from './types.ts';

const ignored = { mutability: 'readOnly', returned: 'never' } as const;

/** The enterprise User extension (RFC 7643 §4.3, §8.7.1). */
export const enterpriseUserSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: "The user's place in the organisation.",
  attributes: byName([
    attribute('employeeNumber', 'string', 'The number or code the organisation knows the user by.'),
    attribute('costCenter', 'string', 'Cost centre.'),
    attribute('organization', 'string', 'Organisation.'),
    attribute('division', 'string', 'Division.'),
    attribute('department', 'string', 'Department.'),
    attribute('manager', 'complex', "The user's manager.", {}, [
      attribute('value', 'string', "The manager's id.", { caseExact: true }),
      // Senders send these along, but the id says it all.
      attribute('$ref', 'reference', "The manager's address.", { ...ignored, referenceTypes: ['User'] }),
      attribute('displayName', 'string', "The manager's display name.", ignored),
    ]),
  ]),
};
