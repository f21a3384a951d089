import './theme/fonts.css';
import './theme/page.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api.ts';
import { App } from './app.tsx';
import { Locked } from './frame/locked.tsx';
import { followLinks, openSession } from './session.ts';
import { ThemeProvider } from './theme/index.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
const root = createRoot(place);

/** Asks the host for a session until one answer or the other is sure; a host that is just starting up gets its time. */
async function start(): Promise<void> {
  const allowed = await openSession().catch(() => null);
  if (allowed === null) setTimeout(start, 1_000);
  root.render(
    <ThemeProvider>
      {allowed === true ? (
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      ) : (
        <Locked reason={allowed === null ? 'unreachable' : 'refused'} />
      )}
    </ThemeProvider>,
  );
}

followLinks();
void start();
