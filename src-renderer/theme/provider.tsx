import {
  createDOMRenderer,
  FluentProvider,
  makeStyles,
  mergeClasses,
  RendererProvider,
  tokens,
} from '@fluentui/react-components';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useAppearance } from '../appearance.ts';
import { darkTheme, inOwnColours, lightTheme } from './theme.ts';

/** How much larger everything is on a shared screen. */
const PRESENTER_ZOOM = 1.2;

const useStyles = makeStyles({
  page: { height: '100vh', backgroundColor: tokens.colorNeutralBackground1 },
  // Also worn by what Fluent draws outside the page (tooltips, popovers), so no sizes and no background here.
  theme: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: '14px',
    lineHeight: '20px',
    color: tokens.colorNeutralForeground1,
    fontVariantNumeric: 'tabular-nums',
    // Inter's hyphens are as wide as its tabular digits: that is for columns, not for sentences.
    '& :is(h1, h2, h3, p)': { fontVariantNumeric: 'normal' },
    textRendering: 'geometricPrecision',
    colorScheme: 'light',
  },
  dark: { colorScheme: 'dark' },
  // Everything grows, and the page still fits the window.
  presenter: { height: `calc(100vh / ${PRESENTER_ZOOM})` },
});

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');
const forcedQuery = window.matchMedia('(forced-colors: active)');

function useMatches(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}

/** Whether the window is dark: as the admin chose, else as the system asks, followed while the window is open. */
export function useDark(): boolean {
  const { theme } = useAppearance();
  const systemDark = useMatches(darkQuery);
  return theme === 'system' ? systemDark : theme === 'dark';
}

/** The nonce that lets this page add style elements; absent where the host sends no style policy. */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.getAttribute('nonce') || undefined;
}

/** Fluent's theme, light or dark with the system, and its style renderer under the page's nonce. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [renderer] = useState(() => {
    const nonce = styleNonce();
    return createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } });
  });
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <Surface>{children}</Surface>
    </RendererProvider>
  );
}

/** Its own component: styles may only be made below the renderer that carries the nonce. */
function Surface({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const dark = useDark();
  const forced = useMatches(forcedQuery);
  const { presenter } = useAppearance();
  const worn = dark ? darkTheme : lightTheme;
  useEffect(() => {
    document.documentElement.style.zoom = presenter ? String(PRESENTER_ZOOM) : '';
  }, [presenter]);
  return (
    <FluentProvider
      theme={forced ? inOwnColours(worn) : worn}
      className={mergeClasses(styles.theme, dark && styles.dark)}
    >
      <div className={mergeClasses(styles.page, presenter && styles.presenter)}>{children}</div>
    </FluentProvider>
  );
}
