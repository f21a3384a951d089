/** A path that names a user's manager, in every form that is taken; a custom field of that name is another one. */
export const managerPath = /^(urn:ietf:params:scim:schemas:extension:enterprise:2\.0:User:)?manager(\.value)?$/i;
