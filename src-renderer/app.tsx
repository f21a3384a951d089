import { useEffect } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { followLive } from './follow-live.ts';
import { Frame } from './frame/frame.tsx';
import { Locked } from './frame/locked.tsx';
import { NotOpened } from './frame/not-opened.tsx';
import { WindowStateProvider } from './frame/window-state.tsx';
import { live } from './live.ts';
import { Attributes } from './screens/attributes/attributes.tsx';
import { AzureLogs } from './screens/azure-logs/azure-logs.tsx';
import { Bundle } from './screens/bundle/bundle.tsx';
import { Companion } from './screens/companion/companion.tsx';
import { Compare } from './screens/compare/compare.tsx';
import { DataAccess } from './screens/data-access/data-access.tsx';
import { Directory } from './screens/directory/directory.tsx';
import { Feed } from './screens/feed/feed.tsx';
import { FeedWhere } from './screens/feed/where.tsx';
import { Overview } from './screens/overview/overview.tsx';
import { Practice } from './screens/practice/practice.tsx';
import { Replay } from './screens/replay/replay.tsx';
import { Settings } from './screens/settings/settings.tsx';
import { Landing } from './screens/setup/landing.tsx';
import { Setup } from './screens/setup/setup.tsx';
import { Announcer } from './ui/announcer.tsx';
import { useLive } from './ui/use-live.ts';

/** The window: connection, frame and screens. */
export function App() {
  useEffect(() => {
    const unfollow = followLive();
    const stop = live.start();
    return () => {
      stop();
      unfollow();
    };
  }, []);
  const { link, trouble } = useLive();
  if (link === 'refused') return <Locked reason="refused" />;
  if (trouble !== null) {
    return (
      <Announcer>
        <NotOpened trouble={trouble} />
      </Announcer>
    );
  }
  return (
    <Announcer>
      <WindowStateProvider>
        <Router hook={useHashLocation}>
          <Switch>
            <Route path="/companion/:labels?/:step?">
              {({ labels, step }) => (
                <Companion key={step} labels={labels === 'older' ? 'older' : 'today'} from={step} />
              )}
            </Route>
            <Route>
              <Frame>
                <Switch>
                  <Route path="/setup/:step?">{({ step }) => <Setup step={step} />}</Route>
                  <Route path="/overview" component={Overview} />
                  <Route path="/feed/where/:query">
                    <FeedWhere />
                  </Route>
                  <Route path="/feed/:code?">{({ code }) => <Feed code={code ?? null} />}</Route>
                  <Route path="/replay/:code/:edit?">
                    {({ code, edit }) => <Replay code={code} edit={edit === 'edit'} />}
                  </Route>
                  <Route path="/bundle" component={Bundle} />
                  <Route path="/compare/:first/:second">
                    {({ first, second }) => <Compare first={first} second={second} />}
                  </Route>
                  <Route path="/directory/:tab?/:id?">{({ tab, id }) => <Directory tab={tab} id={id ?? null} />}</Route>
                  <Route path="/attributes/:type?">
                    {({ type }) => <Attributes type={type === 'groups' ? 'Group' : 'User'} />}
                  </Route>
                  <Route path="/data-and-access" component={DataAccess} />
                  <Route path="/practice" component={Practice} />
                  <Route path="/azure-logs/:import?/:part?">
                    {(params) => (
                      <AzureLogs
                        id={/^\d+$/.test(params.import ?? '') ? Number(params.import) : null}
                        part={params.part}
                      />
                    )}
                  </Route>
                  <Route path="/settings/:section?">{({ section }) => <Settings section={section} />}</Route>
                  <Route>
                    <Landing />
                  </Route>
                </Switch>
              </Frame>
            </Route>
          </Switch>
        </Router>
      </WindowStateProvider>
    </Announcer>
  );
}
