/** What people call an attribute: `department` of the enterprise URN, `familyName` of `name.familyName`, `work e-mail`. */
export function leafOf(path: string): string {
  const inExtension = path.toLowerCase().startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path;
  const valuePath = /^(\w+)\[type eq "([^"]+)"\](?:\.(\w+))?$/.exec(inExtension);
  if (valuePath !== null) {
    const [, list = '', type = '', sub] = valuePath;
    if (list === 'emails') return `${type} e-mail`;
    if (list === 'phoneNumbers') return `${type} phone`;
    return sub === undefined || sub === 'value' ? `${type} ${list}` : sub;
  }
  const dot = inExtension.lastIndexOf('.');
  const leaf = dot < 0 ? inExtension : inExtension.slice(dot + 1);
  return leaf === 'value' && dot > 0 ? inExtension.slice(0, dot) : leaf;
}
