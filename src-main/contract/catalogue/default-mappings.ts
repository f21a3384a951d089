/**
 * The attribute mappings of an untouched non-gallery SCIM application in Microsoft Entra ID, as plain data
 * (docs/entra.md §6). Direct mappings name a source attribute; expression mappings hold Entra's expression text.
 */
export interface AttributeMapping {
  /** The Entra attribute that flows; for expressions the first one they read. */
  source: string;
  /** Entra's expression, as the portal shows it; null for a direct mapping. */
  expression: string | null;
  /** The SCIM path in Entra's spelling, e.g. `emails[type eq "work"].value`. */
  target: string;
  /** Matching precedence: 1 is tried first; null when the attribute does not match. */
  matching: number | null;
  /** True when the value names other objects: it is sent by a PATCH of its own once those exist. */
  reference: boolean;
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function direct(source: string, target: string): AttributeMapping {
  return { source, expression: null, target, matching: null, reference: false };
}

function expression(source: string, text: string, target: string): AttributeMapping {
  return { source, expression: text, target, matching: null, reference: false };
}

/** "Provision Microsoft Entra ID Users". */
export const defaultUserMappings: readonly AttributeMapping[] = [
  { ...direct('userPrincipalName', 'userName'), matching: 1 },
  expression('IsSoftDeleted', 'Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'),
  direct('displayName', 'displayName'),
  direct('jobTitle', 'title'),
  direct('mail', 'emails[type eq "work"].value'),
  direct('preferredLanguage', 'preferredLanguage'),
  direct('givenName', 'name.givenName'),
  direct('surname', 'name.familyName'),
  expression('givenName', 'Join(" ", [givenName], [surname])', 'name.formatted'),
  direct('physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'),
  direct('streetAddress', 'addresses[type eq "work"].streetAddress'),
  direct('city', 'addresses[type eq "work"].locality'),
  direct('state', 'addresses[type eq "work"].region'),
  direct('postalCode', 'addresses[type eq "work"].postalCode'),
  direct('country', 'addresses[type eq "work"].country'),
  direct('telephoneNumber', 'phoneNumbers[type eq "work"].value'),
  direct('mobile', 'phoneNumbers[type eq "mobile"].value'),
  direct('facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'),
  direct('mailNickname', 'externalId'),
  direct('employeeId', `${enterprise}:employeeNumber`),
  direct('department', `${enterprise}:department`),
  { ...direct('manager', `${enterprise}:manager`), reference: true },
];

/** "Provision Microsoft Entra ID Groups". */
export const defaultGroupMappings: readonly AttributeMapping[] = [
  { ...direct('displayName', 'displayName'), matching: 1 },
  direct('objectId', 'externalId'),
  { ...direct('members', 'members'), reference: true },
];
