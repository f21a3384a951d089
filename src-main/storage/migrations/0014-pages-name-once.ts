/**
 * Nothing changes in what is stored so far. From here on `calls.shown_page` may say of a record that its references are those of
 * an earlier one, which older versions of the pilot can't read: they refuse the file by its number.
 */
export const pagesNameOnce = '';
