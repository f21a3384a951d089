export { styleNonce, ThemeProvider, useDark } from './provider.tsx';
export { signal } from './theme.ts';
