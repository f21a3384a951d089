/** Whether an attribute of this name is a password (`password`, `userPassword`, `passwd`): accepted, never stored, never shown. */
export function isPasswordName(name: string): boolean {
  return /passw(or)?d$/i.test(name);
}
